"""What an editor can do: one function, one use case, one commit."""

from catalog.publishing.services.courses import create_course, edit_course, publish_course, withdraw_course
from catalog.publishing.services.modules import create_module, edit_module, publish_module, withdraw_module
from catalog.publishing.services.offerings import cancel_offering, create_offering, edit_offering, plan_offering, publish_offering

__all__ = [
    "cancel_offering", "create_course", "create_module", "create_offering", "edit_course", "edit_module", "edit_offering", "plan_offering",
    "publish_course", "publish_module", "publish_offering", "withdraw_course", "withdraw_module",
]  # fmt: skip
