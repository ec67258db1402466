"""Keep which module is meant to run in which semester"""

from alembic import op
import sqlalchemy as sa

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('planned_semesters',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('module_id', sa.Integer(), nullable=False),
    sa.Column('semester', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['module_id'], ['modules.id'], name=op.f('fk_planned_semesters_module_id_modules'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_planned_semesters')),
    sa.UniqueConstraint('module_id', 'semester', name=op.f('uq_planned_semesters_module_id_semester'))
    )
    with op.batch_alter_table('planned_semesters', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_planned_semesters_semester'), ['semester'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('planned_semesters', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_planned_semesters_semester'))

    op.drop_table('planned_semesters')
