"""A file between preview and confirmation, and what was published at once while it can be taken back."""

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from config.database import Key, Moment, PublicId, db


class BulkUpload(db.Model):
    """A file that an editor sent in. Kept in the database, so that any node can carry it out; let go of once it is carried out."""

    __tablename__ = "bulk_uploads"

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institutions.organisation_id"), index=True)
    name: Mapped[str]
    content: Mapped[bytes | None]
    at: Mapped[Moment]
    parts_done: Mapped[int] = mapped_column(default=0, server_default="0")  # a large file is seen and confirmed part by part
    done_at: Mapped[Moment | None]  # once all its parts are
    report: Mapped[dict | None] = mapped_column(JSON(none_as_null=True))  # values.Report.as_kept of the parts that are carried out


class BulkPublication(db.Model):
    """What an editor published, or announced, at once. `things`: [kind, public id, state before] in the order of publishing; `left`: those not published, each with
    what is missing; `stayed`: after it was taken back, those that stayed, each with the code of the reason."""

    __tablename__ = "bulk_publications"

    id: Mapped[Key]
    uuid: Mapped[PublicId]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institutions.organisation_id"), index=True)
    at: Mapped[Moment]
    things: Mapped[list] = mapped_column(JSON, default=list)
    left: Mapped[list] = mapped_column(JSON, default=list)
    undone_at: Mapped[Moment | None]
    stayed: Mapped[list] = mapped_column(JSON, default=list)
