"""Remember what a course, a module and a run was copied from"""

from alembic import op
import sqlalchemy as sa

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

TABLES = {'courses': False, 'modules': False, 'offerings': True}  # table -> whether one thing is copied once only


def upgrade() -> None:
    for table, once in TABLES.items():
        _add_column(table, f'fk_{table}_copied_from_id_{table}')
        op.create_index(op.f(f'ix_{table}_copied_from_id'), table, ['copied_from_id'], unique=once)


def _add_column(table: str, name: str) -> None:
    """SQLite would make the table anew for a foreign key, and the rows that stand under it would go with the old one; this adds it in place."""
    if op.get_bind().dialect.name == 'sqlite':
        op.execute(f'ALTER TABLE {table} ADD COLUMN copied_from_id INTEGER CONSTRAINT {name} REFERENCES {table} (id)')
    else:
        op.add_column(table, sa.Column('copied_from_id', sa.Integer(), nullable=True))
        op.create_foreign_key(op.f(name), table, table, ['copied_from_id'], ['id'])


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_index(op.f(f'ix_{table}_copied_from_id'), table_name=table)
        op.drop_column(table, 'copied_from_id')
