"""Let a plan hold studies of one's own, which no catalogue knows"""

from alembic import op
import sqlalchemy as sa

revision = '0029'
down_revision = '0028'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('planned_studies', schema=None) as batch_op:
        batch_op.add_column(sa.Column('own', sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('planned_studies', schema=None) as batch_op:
        batch_op.drop_column('own')

