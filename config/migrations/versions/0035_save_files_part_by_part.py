"""Remember how many parts of a file are saved"""

from alembic import op
import sqlalchemy as sa

revision = '0035'
down_revision = '0034'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('bulk_uploads', sa.Column('parts_done', sa.Integer(), server_default='0', nullable=False))


def downgrade() -> None:
    op.drop_column('bulk_uploads', 'parts_done')
