"""What an editor does with many things at once: one function, one use case, one commit."""

from catalog.bulk.services.publications import publish_drafts, take_back
from catalog.bulk.services.uploads import carry_out_upload, forget_old, keep_upload, look_through, preview_upload

__all__ = ["carry_out_upload", "forget_old", "keep_upload", "look_through", "preview_upload", "publish_drafts", "take_back"]
