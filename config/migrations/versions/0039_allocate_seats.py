"""Keep quotas, allocation runs with their inputs and results, and who takes part"""

from alembic import op
import sqlalchemy as sa

revision = '0039'
down_revision = '0038'
branch_labels = None
depends_on = None
QUOTA = 'fk_enrolments_quota_id_quotas'


def upgrade() -> None:
    op.create_table('allocation_runs',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('cycle_id', sa.Integer(), nullable=False),
    sa.Column('strand', sa.String(length=40), nullable=False),
    sa.Column('rule_set', sa.String(), nullable=False),
    sa.Column('seed', sa.String(), nullable=False),
    sa.Column('judged_on', sa.Date(), nullable=False),
    sa.Column('frozen', sa.LargeBinary(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('result', sa.LargeBinary(), nullable=False),
    sa.Column('result_digest', sa.String(), nullable=False),
    sa.Column('counts', sa.JSON(), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('publish_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('halted', sa.String(), nullable=True),
    sa.Column('made_up', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycles.id'], name=op.f('fk_allocation_runs_cycle_id_cycles')),
    sa.ForeignKeyConstraint(['made_by_id'], ['people.id'], name=op.f('fk_allocation_runs_made_by_id_people'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_allocation_runs')),
    sa.UniqueConstraint('uuid', name=op.f('uq_allocation_runs_uuid'))
    )
    with op.batch_alter_table('allocation_runs', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_allocation_runs_cycle_id'), ['cycle_id'], unique=False)
        batch_op.create_index('uq_allocation_runs_one_out', ['cycle_id', 'strand'], unique=True, sqlite_where=sa.text("state IN ('being-told', 'published')"), postgresql_where=sa.text("state IN ('being-told', 'published')"))

    op.create_table('allocation_approvals',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_allocation_approvals_person_id_people')),
    sa.ForeignKeyConstraint(['run_id'], ['allocation_runs.id'], name=op.f('fk_allocation_approvals_run_id_allocation_runs'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_allocation_approvals')),
    sa.UniqueConstraint('run_id', 'person_id', name=op.f('uq_allocation_approvals_run_id_person_id'))
    )
    op.create_table('owner_teachers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.Column('hundredths', sa.Integer(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('confirmed', sa.Boolean(), nullable=False),
    sa.CheckConstraint('hundredths >= 0', name=op.f('ck_owner_teachers_posts_not_negative')),
    sa.ForeignKeyConstraint(['owner_id'], ['school_owners.organisation_id'], name=op.f('fk_owner_teachers_owner_id_school_owners')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_owner_teachers')),
    sa.UniqueConstraint('owner_id', 'valid_from', name=op.f('uq_owner_teachers_owner_id_valid_from'))
    )
    op.create_table('allocation_outcomes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('application_id', sa.Integer(), nullable=False),
    sa.Column('choice', sa.Integer(), nullable=True),
    sa.Column('money', sa.Boolean(), nullable=False),
    sa.Column('line', sa.JSON(), nullable=False),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['application_id'], ['applications.id'], name=op.f('fk_allocation_outcomes_application_id_applications'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['run_id'], ['allocation_runs.id'], name=op.f('fk_allocation_outcomes_run_id_allocation_runs'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_allocation_outcomes')),
    sa.UniqueConstraint('run_id', 'application_id', name=op.f('uq_allocation_outcomes_run_id_application_id'))
    )
    with op.batch_alter_table('allocation_outcomes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_allocation_outcomes_application_id'), ['application_id'], unique=False)
        batch_op.create_index('ix_allocation_outcomes_to_tell', ['run_id', 'told_at'], unique=False)

    op.create_table('quotas',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('offering_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('value', sa.String(), nullable=False),
    sa.Column('seats', sa.Integer(), nullable=False),
    sa.Column('release_on', sa.Date(), nullable=True),
    sa.Column('source', sa.String(length=40), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.CheckConstraint("(kind = 'open') = (value = '')", name=op.f('ck_quotas_open_is_for_all')),
    sa.CheckConstraint('seats >= 0', name=op.f('ck_quotas_seats_not_negative')),
    sa.ForeignKeyConstraint(['offering_id'], ['offerings.id'], name=op.f('fk_quotas_offering_id_offerings'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_quotas')),
    sa.UniqueConstraint('offering_id', 'kind', 'value', name=op.f('uq_quotas_offering_id_kind_value')),
    sa.UniqueConstraint('uuid', name=op.f('uq_quotas_uuid'))
    )
    op.create_table('participation_steps',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('enrolment_id', sa.Integer(), nullable=False),
    sa.Column('event', sa.String(length=40), nullable=False),
    sa.Column('semester', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_person_id', sa.Integer(), nullable=True),
    sa.Column('cause', sa.String(length=40), nullable=True),
    sa.Column('why', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['by_person_id'], ['people.id'], name=op.f('fk_participation_steps_by_person_id_people'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['enrolment_id'], ['enrolments.id'], name=op.f('fk_participation_steps_enrolment_id_enrolments'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_participation_steps')),
    sa.UniqueConstraint('uuid', name=op.f('uq_participation_steps_uuid'))
    )
    with op.batch_alter_table('participation_steps', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_participation_steps_enrolment_id'), ['enrolment_id'], unique=False)
        batch_op.create_index('uq_participation_steps_said', ['enrolment_id', 'event', 'semester'], unique=True, sqlite_where=sa.text("event IN ('confirm', 'countersign')"), postgresql_where=sa.text("event IN ('confirm', 'countersign')"))

    op.create_table('queue_decisions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('enrolment_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_person_id', sa.Integer(), nullable=True),
    sa.Column('from_place', sa.Integer(), nullable=False),
    sa.Column('to_place', sa.Integer(), nullable=False),
    sa.Column('why', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['by_person_id'], ['people.id'], name=op.f('fk_queue_decisions_by_person_id_people'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['enrolment_id'], ['enrolments.id'], name=op.f('fk_queue_decisions_enrolment_id_enrolments'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_queue_decisions')),
    sa.UniqueConstraint('uuid', name=op.f('uq_queue_decisions_uuid'))
    )
    with op.batch_alter_table('queue_decisions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_queue_decisions_enrolment_id'), ['enrolment_id'], unique=False)

    _know_the_quota_of_a_seat()


def _know_the_quota_of_a_seat() -> None:
    if op.get_bind().dialect.name == 'sqlite':  # adds no key to a table that is there, but takes one with its column
        op.execute(f'ALTER TABLE enrolments ADD COLUMN quota_id INTEGER CONSTRAINT {QUOTA} REFERENCES quotas (id)')
    else:
        op.add_column('enrolments', sa.Column('quota_id', sa.Integer(), nullable=True))
        op.create_foreign_key(op.f(QUOTA), 'enrolments', 'quotas', ['quota_id'], ['id'])
    op.create_index(op.f('ix_enrolments_quota_id'), 'enrolments', ['quota_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_enrolments_quota_id'), table_name='enrolments')
    op.drop_column('enrolments', 'quota_id')
    op.drop_table('queue_decisions')
    op.drop_table('participation_steps')
    op.drop_table('quotas')
    op.drop_table('allocation_outcomes')
    op.drop_table('owner_teachers')
    op.drop_table('allocation_approvals')
    op.drop_table('allocation_runs')
