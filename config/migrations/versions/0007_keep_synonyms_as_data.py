"""Keep synonyms as data, so that an administrator can edit them"""

from alembic import op
import sqlalchemy as sa

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('synonyms',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('asked', sa.String(), nullable=False),
    sa.Column('meant', sa.String(), nullable=False),
    sa.Column('why', sa.String(), nullable=True),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('confirmed', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_synonyms')),
    sa.UniqueConstraint('asked', 'meant', name=op.f('uq_synonyms_asked_meant')),
    sa.UniqueConstraint('uuid', name=op.f('uq_synonyms_uuid'))
    )


def downgrade() -> None:
    op.drop_table('synonyms')
