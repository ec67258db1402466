"""Know county governors and the counties they look after"""

from alembic import op
import sqlalchemy as sa

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('governor_counties',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('governor_id', sa.Integer(), nullable=False),
    sa.Column('county_id', sa.Integer(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('confirmed', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['county_id'], ['counties.id'], name=op.f('fk_governor_counties_county_id_counties')),
    sa.ForeignKeyConstraint(['governor_id'], ['organisations.id'], name=op.f('fk_governor_counties_governor_id_organisations')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_governor_counties')),
    sa.UniqueConstraint('governor_id', 'county_id', 'valid_from', name=op.f('uq_governor_counties_governor_id_county_id_valid_from'))
    )
    with op.batch_alter_table('governor_counties', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_governor_counties_county_id'), ['county_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_governor_counties_governor_id'), ['governor_id'], unique=False)


def downgrade() -> None:
    op.drop_table('governor_counties')
