"""Remind of the days of rounds"""

from alembic import op
import sqlalchemy as sa

revision = '0026'
down_revision = '0025'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('reminder_rules',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('step', sa.String(length=40), nullable=False),
    sa.Column('days_before', sa.Integer(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('confirmed', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reminder_rules')),
    sa.UniqueConstraint('code', name=op.f('uq_reminder_rules_code'))
    )
    op.create_table('reminded',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('cycle_date_id', sa.Integer(), nullable=False),
    sa.Column('rule_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['cycle_date_id'], ['cycle_dates.id'], name=op.f('fk_reminded_cycle_date_id_cycle_dates'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_reminded_person_id_people'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['rule_id'], ['reminder_rules.id'], name=op.f('fk_reminded_rule_id_reminder_rules')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reminded')),
    sa.UniqueConstraint('cycle_date_id', 'rule_id', 'person_id', 'day', name=op.f('uq_reminded_cycle_date_id_rule_id_person_id_day'))
    )
    with op.batch_alter_table('reminded', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reminded_person_id'), ['person_id'], unique=False)


def downgrade() -> None:
    op.drop_table('reminded')
    op.drop_table('reminder_rules')
