"""Let regions decide on distance and travel"""

from alembic import op
import sqlalchemy as sa

revision = '0038'
down_revision = '0037'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('travel_times',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('region_id', sa.Integer(), nullable=False),
    sa.Column('county_id', sa.Integer(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['county_id'], ['counties.id'], name=op.f('fk_travel_times_county_id_counties')),
    sa.ForeignKeyConstraint(['region_id'], ['regions.organisation_id'], name=op.f('fk_travel_times_region_id_regions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_travel_times')),
    sa.UniqueConstraint('region_id', 'county_id', name=op.f('uq_travel_times_region_id_county_id'))
    )
    op.add_column('distance_rules', sa.Column('most_minutes', sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column('distance_rules', 'most_minutes')
    op.drop_table('travel_times')
