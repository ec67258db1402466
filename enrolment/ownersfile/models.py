"""A file that an owner has sent, between its preview and its saving."""

from config.database import db
from enrolment.uploads.models import OwnersUpload


class ClaimsUpload(OwnersUpload, db.Model):
    """`rows`: values.Row as kept. `refused`: [line, name, why]."""

    __tablename__ = "claims_uploads"
