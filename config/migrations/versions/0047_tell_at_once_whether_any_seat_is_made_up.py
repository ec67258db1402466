"""Tell at once whether any seat is made up"""

from alembic import op
import sqlalchemy as sa

revision = '0047'
down_revision = '0046'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index('ix_enrolments_made_up', 'enrolments', ['id'], unique=False, sqlite_where=sa.text('made_up = 1'), postgresql_where=sa.text('made_up'))


def downgrade() -> None:
    op.drop_index('ix_enrolments_made_up', table_name='enrolments')
