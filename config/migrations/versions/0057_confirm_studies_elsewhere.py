"""Confirm taking part in studies elsewhere"""

from alembic import op
import sqlalchemy as sa

revision = '0057'
down_revision = '0056'
branch_labels = None
depends_on = None

SAID = sa.text("event IN ('confirm', 'countersign')")


def upgrade() -> None:
    op.add_column('choices', sa.Column('semester', sa.Integer(), nullable=True))
    op.add_column('choices', sa.Column('semesters', sa.Integer(), nullable=True))
    op.drop_index('uq_participation_steps_said', table_name='participation_steps')
    with op.batch_alter_table('participation_steps', schema=None) as batch_op:
        batch_op.add_column(sa.Column('choice_id', sa.Integer(), nullable=True))
        batch_op.alter_column('enrolment_id', existing_type=sa.Integer(), nullable=True)
        batch_op.create_foreign_key(batch_op.f('fk_participation_steps_choice_id_choices'), 'choices', ['choice_id'], ['id'], ondelete='CASCADE')
        batch_op.create_check_constraint(batch_op.f('ck_participation_steps_of_a_seat_or_a_choice'), '(enrolment_id IS NULL) <> (choice_id IS NULL)')
    op.create_index('ix_participation_steps_choice_id', 'participation_steps', ['choice_id'])
    _said_once('uq_participation_steps_said', 'enrolment_id')
    _said_once('uq_participation_steps_said_elsewhere', 'choice_id')


def _said_once(name: str, of: str) -> None:
    op.create_index(name, 'participation_steps', [of, 'event', 'semester'], unique=True, sqlite_where=SAID, postgresql_where=SAID)


def downgrade() -> None:
    op.execute("DELETE FROM participation_steps WHERE enrolment_id IS NULL")
    for index in ('uq_participation_steps_said_elsewhere', 'uq_participation_steps_said', 'ix_participation_steps_choice_id'):
        op.drop_index(index, table_name='participation_steps')
    with op.batch_alter_table('participation_steps', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_participation_steps_of_a_seat_or_a_choice'), type_='check')
        batch_op.drop_constraint(batch_op.f('fk_participation_steps_choice_id_choices'), type_='foreignkey')
        batch_op.alter_column('enrolment_id', existing_type=sa.Integer(), nullable=False)
        batch_op.drop_column('choice_id')
    _said_once('uq_participation_steps_said', 'enrolment_id')
    op.drop_column('choices', 'semesters')
    op.drop_column('choices', 'semester')
