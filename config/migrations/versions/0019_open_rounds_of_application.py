"""Open rounds of application, with their dates, rates and cases"""

from alembic import op
import sqlalchemy as sa

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('criteria',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('weight', sa.Integer(), nullable=False),
    sa.Column('agreed_by', sa.String(), nullable=True),
    sa.Column('released_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('confirmed', sa.Boolean(), nullable=False),
    sa.Column('name_nb', sa.String(), nullable=False),
    sa.Column('name_nn', sa.String(), nullable=True),
    sa.Column('name_en', sa.String(), nullable=True),
    sa.Column('name_se', sa.String(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_criteria')),
    sa.UniqueConstraint('code', name=op.f('uq_criteria_code'))
    )
    op.create_table('cycles',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('study_year', sa.Integer(), nullable=False),
    sa.Column('released_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('confirmed', sa.Boolean(), nullable=False),
    sa.Column('made_up', sa.Boolean(), nullable=False),
    sa.Column('name_nb', sa.String(), nullable=False),
    sa.Column('name_nn', sa.String(), nullable=True),
    sa.Column('name_en', sa.String(), nullable=True),
    sa.Column('name_se', sa.String(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cycles')),
    sa.UniqueConstraint('code', name=op.f('uq_cycles_code')),
    sa.UniqueConstraint('uuid', name=op.f('uq_cycles_uuid'))
    )
    with op.batch_alter_table('cycles', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_cycles_study_year'), ['study_year'], unique=False)

    op.create_table('refusal_reasons',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('confirmed', sa.Boolean(), nullable=False),
    sa.Column('name_nb', sa.String(), nullable=False),
    sa.Column('name_nn', sa.String(), nullable=True),
    sa.Column('name_en', sa.String(), nullable=True),
    sa.Column('name_se', sa.String(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_refusal_reasons')),
    sa.UniqueConstraint('code', name=op.f('uq_refusal_reasons_code'))
    )
    op.create_table('schemes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name_nb', sa.String(), nullable=False),
    sa.Column('name_nn', sa.String(), nullable=True),
    sa.Column('name_en', sa.String(), nullable=True),
    sa.Column('name_se', sa.String(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_schemes')),
    sa.UniqueConstraint('code', name=op.f('uq_schemes_code'))
    )
    op.create_table('work_year_costs',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('oere', sa.Integer(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('confirmed', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_work_year_costs')),
    sa.UniqueConstraint('code', name=op.f('uq_work_year_costs_code'))
    )
    op.create_table('cycle_dates',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('cycle_id', sa.Integer(), nullable=False),
    sa.Column('strand', sa.String(length=40), nullable=False),
    sa.Column('scheme_id', sa.Integer(), nullable=True),
    sa.Column('step', sa.String(length=40), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('source', sa.String(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycles.id'], name=op.f('fk_cycle_dates_cycle_id_cycles'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['scheme_id'], ['schemes.id'], name=op.f('fk_cycle_dates_scheme_id_schemes')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cycle_dates')),
    sa.UniqueConstraint('cycle_id', 'strand', 'scheme_id', 'step', name=op.f('uq_cycle_dates_cycle_id_strand_scheme_id_step')),
    sa.UniqueConstraint('uuid', name=op.f('uq_cycle_dates_uuid'))
    )
    with op.batch_alter_table('cycle_dates', schema=None) as batch_op:
        batch_op.create_index('uq_cycle_dates_common', ['cycle_id', 'strand', 'step'], unique=True, sqlite_where=sa.text('scheme_id IS NULL'), postgresql_where=sa.text('scheme_id IS NULL'))

    op.create_table('scheme_rates',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('scheme_id', sa.Integer(), nullable=False),
    sa.Column('strand', sa.String(length=40), nullable=False),
    sa.Column('subjects', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('state_percent', sa.Integer(), nullable=False),
    sa.Column('owner_percent', sa.Integer(), nullable=False),
    sa.Column('own_percent', sa.Integer(), nullable=False),
    sa.Column('stipend_oere', sa.Integer(), nullable=False),
    sa.Column('released_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('confirmed', sa.Boolean(), nullable=False),
    sa.CheckConstraint('state_percent + owner_percent + own_percent = 100', name=op.f('ck_scheme_rates_shares_make_the_whole')),
    sa.ForeignKeyConstraint(['scheme_id'], ['schemes.id'], name=op.f('fk_scheme_rates_scheme_id_schemes')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_scheme_rates')),
    sa.UniqueConstraint('code', name=op.f('uq_scheme_rates_code'))
    )
    with op.batch_alter_table('scheme_rates', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_scheme_rates_scheme_id'), ['scheme_id'], unique=False)

    op.create_table('applications',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('cycle_id', sa.Integer(), nullable=False),
    sa.Column('strand', sa.String(length=40), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=True),
    sa.Column('owner_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('employer', sa.String(length=40), nullable=False),
    sa.Column('money', sa.String(length=40), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('made_up', sa.Boolean(), nullable=False),
    sa.Column('why', sa.String(), nullable=True),
    sa.Column('talked_on', sa.Date(), nullable=True),
    sa.Column('funding', sa.JSON(), nullable=False),
    sa.Column('funding_reason', sa.String(), nullable=True),
    sa.Column('said', sa.JSON(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('recommended', sa.Boolean(), nullable=True),
    sa.Column('head_words', sa.String(), nullable=True),
    sa.Column('rank', sa.Integer(), nullable=True),
    sa.Column('rank_reason', sa.String(), nullable=True),
    sa.Column('scheme_id', sa.Integer(), nullable=True),
    sa.Column('refusal_id', sa.Integer(), nullable=True),
    sa.Column('refusal_words', sa.String(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('rank IS NULL OR rank > 0', name=op.f('ck_applications_ranks_from_one')),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycles.id'], name=op.f('fk_applications_cycle_id_cycles')),
    sa.ForeignKeyConstraint(['owner_id'], ['school_owners.organisation_id'], name=op.f('fk_applications_owner_id_school_owners')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_applications_person_id_people'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['refusal_id'], ['refusal_reasons.id'], name=op.f('fk_applications_refusal_id_refusal_reasons')),
    sa.ForeignKeyConstraint(['scheme_id'], ['schemes.id'], name=op.f('fk_applications_scheme_id_schemes')),
    sa.ForeignKeyConstraint(['school_id'], ['schools.organisation_id'], name=op.f('fk_applications_school_id_schools')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_applications')),
    sa.UniqueConstraint('person_id', 'cycle_id', 'strand', name=op.f('uq_applications_person_id_cycle_id_strand')),
    sa.UniqueConstraint('uuid', name=op.f('uq_applications_uuid'))
    )
    with op.batch_alter_table('applications', schema=None) as batch_op:
        batch_op.create_index('ix_applications_board', ['cycle_id', 'owner_id', 'state'], unique=False)
        batch_op.create_index(batch_op.f('ix_applications_owner_id'), ['owner_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_applications_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_applications_school_id'), ['school_id'], unique=False)
        batch_op.create_index('uq_applications_rank', ['owner_id', 'cycle_id', 'strand', 'rank'], unique=True, sqlite_where=sa.text('rank IS NOT NULL'), postgresql_where=sa.text('rank IS NOT NULL'))

    op.create_table('case_steps',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('application_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('track', sa.String(length=40), nullable=False),
    sa.Column('event', sa.String(), nullable=False),
    sa.Column('from_state', sa.String(), nullable=True),
    sa.Column('to_state', sa.String(), nullable=True),
    sa.Column('by_person_id', sa.Integer(), nullable=True),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('why', sa.String(), nullable=True),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('read_by', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['application_id'], ['applications.id'], name=op.f('fk_case_steps_application_id_applications'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['by_person_id'], ['people.id'], name=op.f('fk_case_steps_by_person_id_people'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_case_steps_organisation_id_organisations')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_steps'))
    )
    with op.batch_alter_table('case_steps', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_steps_application_id'), ['application_id'], unique=False)

    op.create_table('choices',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('application_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=True),
    sa.Column('scheme_id', sa.Integer(), nullable=True),
    sa.Column('also_part', sa.Boolean(), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=True),
    sa.Column('institution', sa.String(), nullable=True),
    sa.Column('title', sa.String(), nullable=True),
    sa.Column('credits', sa.Integer(), nullable=True),
    sa.Column('link', sa.String(), nullable=True),
    sa.CheckConstraint('position IS NULL OR position > 0', name=op.f('ck_choices_positions_from_one')),
    sa.ForeignKeyConstraint(['application_id'], ['applications.id'], name=op.f('fk_choices_application_id_applications'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['scheme_id'], ['schemes.id'], name=op.f('fk_choices_scheme_id_schemes')),
    sa.ForeignKeyConstraint(['subject_id'], ['subjects.id'], name=op.f('fk_choices_subject_id_subjects')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_choices')),
    sa.UniqueConstraint('uuid', name=op.f('uq_choices_uuid'))
    )
    with op.batch_alter_table('choices', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_choices_application_id'), ['application_id'], unique=False)
        batch_op.create_index('uq_choices_position', ['application_id', 'position'], unique=True, sqlite_where=sa.text('position IS NOT NULL'), postgresql_where=sa.text('position IS NOT NULL'))

    op.create_table('choice_runs',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('choice_id', sa.Integer(), nullable=False),
    sa.Column('offering_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('enrolment_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['choice_id'], ['choices.id'], name=op.f('fk_choice_runs_choice_id_choices'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['enrolment_id'], ['enrolments.id'], name=op.f('fk_choice_runs_enrolment_id_enrolments'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['offering_id'], ['offerings.id'], name=op.f('fk_choice_runs_offering_id_offerings')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_choice_runs')),
    sa.UniqueConstraint('choice_id', 'offering_id', name=op.f('uq_choice_runs_choice_id_offering_id'))
    )
    with op.batch_alter_table('choice_runs', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_choice_runs_enrolment_id'), ['enrolment_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_choice_runs_offering_id'), ['offering_id'], unique=False)


def downgrade() -> None:
    op.drop_table('choice_runs')
    op.drop_table('choices')
    op.drop_table('case_steps')
    op.drop_table('applications')
    op.drop_table('scheme_rates')
    op.drop_table('cycle_dates')
    op.drop_table('work_year_costs')
    op.drop_table('schemes')
    op.drop_table('refusal_reasons')
    op.drop_table('cycles')
    op.drop_table('criteria')
