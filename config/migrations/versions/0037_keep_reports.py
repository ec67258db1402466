"""Keep reports under a name"""

from alembic import op
import sqlalchemy as sa

revision = '0037'
down_revision = '0036'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('kept_reports',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('membership_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('by', sa.String(length=40), nullable=False),
    sa.Column('years', sa.Integer(), nullable=False),
    sa.Column('subject', sa.String(), nullable=True),
    sa.Column('every', sa.String(length=40), nullable=False),
    sa.Column('next_on', sa.Date(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['membership_id'], ['memberships.id'], name=op.f('fk_kept_reports_membership_id_memberships'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_kept_reports')),
    sa.UniqueConstraint('membership_id', 'name', name=op.f('uq_kept_reports_membership_id_name')),
    sa.UniqueConstraint('uuid', name=op.f('uq_kept_reports_uuid'))
    )
    with op.batch_alter_table('kept_reports', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_kept_reports_next_on'), ['next_on'], unique=False)


def downgrade() -> None:
    op.drop_table('kept_reports')
