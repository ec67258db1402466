"""Keep a ledger of what is paid and claimed back"""

from alembic import op
import sqlalchemy as sa

revision = '0048'
down_revision = '0047'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('repayment_rules',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('reason', sa.String(length=40), nullable=False),
    sa.Column('percent', sa.Integer(), nullable=False),
    sa.Column('autumn_before', sa.String(), nullable=True),
    sa.Column('spring_before', sa.String(), nullable=True),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('confirmed', sa.Boolean(), nullable=False),
    sa.CheckConstraint('percent BETWEEN 0 AND 100', name=op.f('ck_repayment_rules_no_more_than_the_whole')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_repayment_rules')),
    sa.UniqueConstraint('code', name=op.f('uq_repayment_rules_code'))
    )
    op.create_table('money_turns',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('seen_until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('settled_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_money_turns_person_id_people'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_money_turns'))
    )
    op.create_table('money_entries',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.Column('study_year', sa.Integer(), nullable=False),
    sa.Column('strand', sa.String(length=40), nullable=False),
    sa.Column('scheme_id', sa.Integer(), nullable=True),
    sa.Column('subject_id', sa.Integer(), nullable=True),
    sa.Column('application', sa.Uuid(), nullable=False),
    sa.Column('enrolment', sa.Uuid(), nullable=False),
    sa.Column('semester', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('oere', sa.BigInteger(), nullable=False),
    sa.Column('reason', sa.String(length=40), nullable=False),
    sa.Column('rule', sa.String(), nullable=True),
    sa.Column('source', sa.String(length=40), nullable=False),
    sa.Column('source_row', sa.Integer(), nullable=False),
    sa.Column('what', sa.String(length=40), nullable=False),
    sa.Column('happened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('booked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_up', sa.Boolean(), nullable=False),
    sa.CheckConstraint('oere <> 0', name=op.f('ck_money_entries_something_moved')),
    sa.ForeignKeyConstraint(['owner_id'], ['school_owners.organisation_id'], name=op.f('fk_money_entries_owner_id_school_owners')),
    sa.ForeignKeyConstraint(['scheme_id'], ['schemes.id'], name=op.f('fk_money_entries_scheme_id_schemes')),
    sa.ForeignKeyConstraint(['subject_id'], ['subjects.id'], name=op.f('fk_money_entries_subject_id_subjects')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_money_entries')),
    sa.UniqueConstraint('enrolment', 'semester', 'position', name=op.f('uq_money_entries_enrolment_semester_position')),
    sa.UniqueConstraint('uuid', name=op.f('uq_money_entries_uuid'))
    )
    with op.batch_alter_table('money_entries', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_money_entries_application'), ['application'], unique=False)
        batch_op.create_index(batch_op.f('ix_money_entries_owner_id'), ['owner_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_money_entries_study_year'), ['study_year'], unique=False)

    keep_entries()


def keep_entries() -> None:
    """An entry is neither changed nor deleted by any statement, whoever sends it."""
    if op.get_bind().dialect.name == "postgresql":
        raising = "BEGIN RAISE EXCEPTION 'an entry of the ledger never changes' USING ERRCODE = 'restrict_violation'; END"
        op.execute(f"CREATE FUNCTION money_entry_stays() RETURNS trigger LANGUAGE plpgsql AS $${raising}$$")
        op.execute("CREATE TRIGGER money_entry_stays BEFORE UPDATE OR DELETE ON money_entries FOR EACH ROW EXECUTE FUNCTION money_entry_stays()")
    else:
        for event in ("UPDATE", "DELETE"):
            op.execute(f"CREATE TRIGGER money_entry_stays_{event.lower()} BEFORE {event} ON money_entries BEGIN SELECT RAISE(ABORT, 'an entry of the ledger never changes'); END")


def downgrade() -> None:
    op.drop_table('money_entries')  # and its triggers with it
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION money_entry_stays")
    op.drop_table('money_turns')
    op.drop_table('repayment_rules')
