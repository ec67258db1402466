"""Keep owners' lists with their locks, remarks, costs, deputies and conditions"""

from alembic import op
import sqlalchemy as sa

revision = '0043'
down_revision = '0042'
branch_labels = None
depends_on = None

# Whether the list that a case was decided on is locked. What the teacher does (withdraws, sends anew) is no change of the list: its snapshot stands.
LOCKED = """
    OLD.state <> 'withdrawn' AND NEW.state <> 'withdrawn'
    AND NEW.employer <> 'not-sent' AND NOT (OLD.employer = 'not-sent' AND NEW.employer = 'with-head')
    AND (OLD.employer IN ('approved', 'refused', 'not-approved-no-answer') OR NEW.employer IN ('approved', 'refused') OR OLD.rank {differs} NEW.rank)
    AND (OLD.rank {differs} NEW.rank OR OLD.rank_reason {differs} NEW.rank_reason OR OLD.employer <> NEW.employer OR OLD.scheme_id {differs} NEW.scheme_id
        OR OLD.refusal_id {differs} NEW.refusal_id OR OLD.refusal_words {differs} NEW.refusal_words)
    AND EXISTS (
        SELECT 1 FROM list_locks JOIN owner_lists ON owner_lists.id = list_locks.list_id
        WHERE list_locks.unlocked_at IS NULL AND owner_lists.owner_id = OLD.owner_id AND owner_lists.cycle_id = OLD.cycle_id AND owner_lists.strand = OLD.strand
    )
"""
SNAPSHOT = "OLD.digest <> NEW.digest OR CAST(OLD.rows AS TEXT) <> CAST(NEW.rows AS TEXT) OR OLD.locked_at <> NEW.locked_at"


def upgrade() -> None:
    op.create_table('cover_rates',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('hours_a_day', sa.Integer(), nullable=False),
    sa.Column('oere_an_hour', sa.Integer(), nullable=False),
    sa.Column('most_away', sa.Integer(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('confirmed', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cover_rates')),
    sa.UniqueConstraint('code', name=op.f('uq_cover_rates_code'))
    )
    op.create_table('deputies',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.Column('membership_id', sa.Integer(), nullable=False),
    sa.Column('given_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('given_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['given_by_id'], ['people.id'], name=op.f('fk_deputies_given_by_id_people'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['membership_id'], ['memberships.id'], name=op.f('fk_deputies_membership_id_memberships'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['owner_id'], ['school_owners.organisation_id'], name=op.f('fk_deputies_owner_id_school_owners')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deputies')),
    sa.UniqueConstraint('membership_id', name=op.f('uq_deputies_membership_id')),
    sa.UniqueConstraint('uuid', name=op.f('uq_deputies_uuid'))
    )
    with op.batch_alter_table('deputies', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_deputies_owner_id'), ['owner_id'], unique=False)

    op.create_table('owner_lists',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.Column('cycle_id', sa.Integer(), nullable=False),
    sa.Column('strand', sa.String(length=40), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('ranked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('budget_oere', sa.BigInteger(), nullable=True),
    sa.Column('work_year_oere', sa.Integer(), nullable=True),
    sa.Column('state_places', sa.Integer(), nullable=True),
    sa.Column('budget_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sharing', sa.String(), nullable=True),
    sa.Column('sharing_how', sa.String(), nullable=True),
    sa.Column('reminded_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('deputies_told_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('budget_oere >= 0', name=op.f('ck_owner_lists_budget_from_nought')),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycles.id'], name=op.f('fk_owner_lists_cycle_id_cycles')),
    sa.ForeignKeyConstraint(['owner_id'], ['school_owners.organisation_id'], name=op.f('fk_owner_lists_owner_id_school_owners')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_owner_lists')),
    sa.UniqueConstraint('owner_id', 'cycle_id', 'strand', name=op.f('uq_owner_lists_owner_id_cycle_id_strand')),
    sa.UniqueConstraint('uuid', name=op.f('uq_owner_lists_uuid'))
    )
    with op.batch_alter_table('owner_lists', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_owner_lists_cycle_id'), ['cycle_id'], unique=False)

    op.create_table('owners_together',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.Column('other_id', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('accepted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['other_id'], ['school_owners.organisation_id'], name=op.f('fk_owners_together_other_id_school_owners')),
    sa.ForeignKeyConstraint(['owner_id'], ['school_owners.organisation_id'], name=op.f('fk_owners_together_owner_id_school_owners')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_owners_together')),
    sa.UniqueConstraint('uuid', name=op.f('uq_owners_together_uuid'))
    )
    with op.batch_alter_table('owners_together', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_owners_together_other_id'), ['other_id'], unique=False)
        batch_op.create_index('uq_owners_together', ['owner_id', 'other_id'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))

    op.create_table('list_locks',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('list_id', sa.Integer(), nullable=False),
    sa.Column('locked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('locked_by_id', sa.Integer(), nullable=True),
    sa.Column('rows', sa.JSON(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('unlock_asked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('unlock_asked_by_id', sa.Integer(), nullable=True),
    sa.Column('unlock_why', sa.String(), nullable=True),
    sa.Column('unlocked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('unlocked_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['list_id'], ['owner_lists.id'], name=op.f('fk_list_locks_list_id_owner_lists')),
    sa.ForeignKeyConstraint(['locked_by_id'], ['people.id'], name=op.f('fk_list_locks_locked_by_id_people'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['unlock_asked_by_id'], ['people.id'], name=op.f('fk_list_locks_unlock_asked_by_id_people'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['unlocked_by_id'], ['people.id'], name=op.f('fk_list_locks_unlocked_by_id_people'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_list_locks')),
    sa.UniqueConstraint('uuid', name=op.f('uq_list_locks_uuid'))
    )
    with op.batch_alter_table('list_locks', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_list_locks_list_id'), ['list_id'], unique=False)
        batch_op.create_index('uq_list_locks_open', ['list_id'], unique=True, sqlite_where=sa.text('unlocked_at IS NULL'), postgresql_where=sa.text('unlocked_at IS NULL'))

    op.create_table('extra_costs',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('application_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('oere', sa.Integer(), nullable=False),
    sa.Column('noted_on', sa.Date(), nullable=False),
    sa.CheckConstraint('oere >= 0', name=op.f('ck_extra_costs_costs_from_nought')),
    sa.ForeignKeyConstraint(['application_id'], ['applications.id'], name=op.f('fk_extra_costs_application_id_applications'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_extra_costs')),
    sa.UniqueConstraint('application_id', 'kind', name=op.f('uq_extra_costs_application_id_kind'))
    )
    op.create_table('list_remarks',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.Column('cycle_id', sa.Integer(), nullable=False),
    sa.Column('strand', sa.String(length=40), nullable=False),
    sa.Column('application_id', sa.Integer(), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['application_id'], ['applications.id'], name=op.f('fk_list_remarks_application_id_applications'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycles.id'], name=op.f('fk_list_remarks_cycle_id_cycles')),
    sa.ForeignKeyConstraint(['owner_id'], ['school_owners.organisation_id'], name=op.f('fk_list_remarks_owner_id_school_owners')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_list_remarks_person_id_people'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_list_remarks')),
    sa.UniqueConstraint('uuid', name=op.f('uq_list_remarks_uuid'))
    )
    with op.batch_alter_table('list_remarks', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_list_remarks_application_id'), ['application_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_list_remarks_owner_id'), ['owner_id'], unique=False)

    op.create_table('sharing_answers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('application_id', sa.Integer(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('how', sa.String(), nullable=True),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('accepted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('followed_up_on', sa.Date(), nullable=True),
    sa.Column('followed_up_words', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['application_id'], ['applications.id'], name=op.f('fk_sharing_answers_application_id_applications'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sharing_answers')),
    sa.UniqueConstraint('application_id', name=op.f('uq_sharing_answers_application_id')),
    sa.UniqueConstraint('uuid', name=op.f('uq_sharing_answers_uuid'))
    )
    keep_locked()


def keep_locked() -> None:
    """A locked list and its snapshot change by no statement, whoever sends it."""
    if op.get_bind().dialect.name == "postgresql":
        _by_function("locked_list_stays", "applications", LOCKED.format(differs="IS DISTINCT FROM"), "the list is locked")
        _by_function("snapshot_stays", "list_locks", SNAPSHOT, "a snapshot never changes")
    else:
        _by_trigger("locked_list_stays", "applications", LOCKED.format(differs="IS NOT"), "the list is locked")
        _by_trigger("snapshot_stays", "list_locks", SNAPSHOT, "a snapshot never changes")


def _by_function(name: str, table: str, when: str, sentence: str) -> None:
    raising = f"BEGIN IF {when} THEN RAISE EXCEPTION '{sentence}' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END"
    op.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${raising}$$")
    op.execute(f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")


def _by_trigger(name: str, table: str, when: str, sentence: str) -> None:
    op.execute(f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, '{sentence}'); END")


def downgrade() -> None:
    for name, table in (("locked_list_stays", "applications"), ("snapshot_stays", "list_locks")):
        if op.get_bind().dialect.name == "postgresql":
            op.execute(f"DROP TRIGGER {name} ON {table}")
            op.execute(f"DROP FUNCTION {name}")
        else:
            op.execute(f"DROP TRIGGER {name}")
    op.drop_table('sharing_answers')
    op.drop_table('list_remarks')
    op.drop_table('extra_costs')
    op.drop_table('list_locks')
    op.drop_table('owners_together')
    op.drop_table('owner_lists')
    op.drop_table('deputies')
    op.drop_table('cover_rates')
