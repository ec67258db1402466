"""Let regions read what institutions plan, and remark on it"""

from alembic import op
import sqlalchemy as sa

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('readings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('module_id', sa.Integer(), nullable=False),
    sa.Column('asked', sa.String(), nullable=True),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['module_id'], ['modules.id'], name=op.f('fk_readings_module_id_modules'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_readings')),
    sa.UniqueConstraint('module_id', name=op.f('uq_readings_module_id')),
    sa.UniqueConstraint('uuid', name=op.f('uq_readings_uuid'))
    )
    op.create_table('reading_remarks',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('reading_id', sa.Integer(), nullable=False),
    sa.Column('region_id', sa.Integer(), nullable=False),
    sa.Column('section', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answer', sa.String(), nullable=True),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['reading_id'], ['readings.id'], name=op.f('fk_reading_remarks_reading_id_readings'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['region_id'], ['regions.organisation_id'], name=op.f('fk_reading_remarks_region_id_regions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reading_remarks')),
    sa.UniqueConstraint('uuid', name=op.f('uq_reading_remarks_uuid'))
    )
    with op.batch_alter_table('reading_remarks', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reading_remarks_reading_id'), ['reading_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_reading_remarks_region_id'), ['region_id'], unique=False)


def downgrade() -> None:
    op.drop_table('reading_remarks')
    op.drop_table('readings')
