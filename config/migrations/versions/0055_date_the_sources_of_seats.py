"""Date the sources of seats"""

from datetime import UTC, date, datetime

from alembic import op
import sqlalchemy as sa

revision = '0055'
down_revision = '0054'
branch_labels = None
depends_on = None

# Those that quotas and commissions name already: whose seats a quota's are is told by them, so they are there before the registers are loaded again.
SOURCE = "carried on by Seksti until a newer strategy is loaded; Kompetanse for kvalitet. Strategi for etter- og videreutdanning 2012–2015"
KNOWN = (
    ("state-commissioned", True, "Bestilt av staten", "Bestilt av staten", "Commissioned by the state"),
    ("jointly-developed", False, "Utviklet av skoleeier, lærested og organisasjoner sammen", "Utvikla av skuleeigar, lærestad og organisasjonar saman",
     "Developed by owner, institution and unions together"),
    ("bought-by-owner", False, "Eksisterende tilbud som skoleeier kjøper", "Eksisterande tilbod som skuleeigar kjøper", "Existing offers that the owner buys"),
)  # fmt: skip


def upgrade() -> None:
    made = op.create_table('seat_sources',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('by_authority', sa.Boolean(), nullable=False),
    sa.Column('released_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('confirmed', sa.Boolean(), nullable=False),
    sa.Column('name_nb', sa.String(), nullable=False),
    sa.Column('name_nn', sa.String(), nullable=True),
    sa.Column('name_en', sa.String(), nullable=True),
    sa.Column('name_se', sa.String(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_seat_sources')),
    sa.UniqueConstraint('code', name=op.f('uq_seat_sources_code'))
    )
    dated = {"valid_from": date(2012, 1, 1), "valid_to": None, "released_at": datetime(2011, 12, 31, 23, tzinfo=UTC), "source": SOURCE, "confirmed": False}
    op.bulk_insert(made, [
        {"code": code, "position": position, "by_authority": by_authority, "name_nb": nb, "name_nn": nn, "name_en": en, "name_se": None, **dated}
        for position, (code, by_authority, nb, nn, en) in enumerate(KNOWN, 1)
    ])  # fmt: skip
    # One source was written in two ways: on quotas and on commissions.
    op.execute("UPDATE seat_commissions SET source = 'bought-by-owner' WHERE source = 'bought-by-the-owner'")


def downgrade() -> None:
    op.execute("UPDATE seat_commissions SET source = 'bought-by-the-owner' WHERE source = 'bought-by-owner'")
    op.drop_table('seat_sources')
