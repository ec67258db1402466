"""Find at once which applications wait for the employer"""

from alembic import op
import sqlalchemy as sa

revision = '0045'
down_revision = '0044'
branch_labels = None
depends_on = None

WAITS = sa.text("employer IN ('with-head', 'with-owner')")


def upgrade() -> None:
    op.create_index('ix_applications_waiting', 'applications', ['cycle_id', 'strand'], unique=False, sqlite_where=WAITS, postgresql_where=WAITS)


def downgrade() -> None:
    op.drop_index('ix_applications_waiting', table_name='applications')
