"""Find at once which steps have been taken since a moment"""

from alembic import op

revision = '0050'
down_revision = '0049'
branch_labels = None
depends_on = None

TABLES = ('case_steps', 'enrolment_steps', 'participation_steps')


def upgrade() -> None:
    for table in TABLES:
        op.create_index(f'ix_{table}_at', table, ['at'], unique=False)


def downgrade() -> None:
    for table in TABLES:
        op.drop_index(f'ix_{table}_at', table_name=table)
