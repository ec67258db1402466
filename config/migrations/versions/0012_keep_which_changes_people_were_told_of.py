"""Keep which changes of a run people were told of, and who left for one"""

from alembic import op
import sqlalchemy as sa

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None

FREE_BY = 'fk_enrolment_steps_free_by_id_run_changes'


def upgrade() -> None:
    op.create_table('run_changes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('offering_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('changes', sa.JSON(), nullable=False),
    sa.Column('free_until', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['offering_id'], ['offerings.id'], name=op.f('fk_run_changes_offering_id_offerings'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_run_changes')),
    sa.UniqueConstraint('uuid', name=op.f('uq_run_changes_uuid'))
    )
    op.create_index(op.f('ix_run_changes_offering_id'), 'run_changes', ['offering_id'], unique=False)
    _add_column()
    op.create_index(op.f('ix_enrolment_steps_free_by_id'), 'enrolment_steps', ['free_by_id'], unique=False)


def _add_column() -> None:
    """SQLite would make the table anew for a foreign key; this adds it in place."""
    if op.get_bind().dialect.name == 'sqlite':
        op.execute(f'ALTER TABLE enrolment_steps ADD COLUMN free_by_id INTEGER CONSTRAINT {FREE_BY} REFERENCES run_changes (id)')
    else:
        op.add_column('enrolment_steps', sa.Column('free_by_id', sa.Integer(), nullable=True))
        op.create_foreign_key(op.f(FREE_BY), 'enrolment_steps', 'run_changes', ['free_by_id'], ['id'])


def downgrade() -> None:
    op.drop_index(op.f('ix_enrolment_steps_free_by_id'), table_name='enrolment_steps')
    op.drop_column('enrolment_steps', 'free_by_id')
    op.drop_table('run_changes')
