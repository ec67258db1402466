"""Lay the first tables"""

from alembic import op
import sqlalchemy as sa

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('attempts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('whose', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attempts'))
    )
    with op.batch_alter_table('attempts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_attempts_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_attempts_whose'), ['whose'], unique=False)

    op.create_table('catalog_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_catalog_version'))
    )
    op.create_table('counties',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('other_names', sa.String(), nullable=True),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('successor_codes', sa.String(), nullable=True),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('name_nb', sa.String(), nullable=False),
    sa.Column('name_nn', sa.String(), nullable=True),
    sa.Column('name_en', sa.String(), nullable=True),
    sa.Column('name_se', sa.String(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_counties')),
    sa.UniqueConstraint('code', name=op.f('uq_counties_code'))
    )
    op.create_table('organisations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('number', sa.String(), nullable=True),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('parent_id', sa.Integer(), nullable=True),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['parent_id'], ['organisations.id'], name=op.f('fk_organisations_parent_id_organisations')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_organisations')),
    sa.UniqueConstraint('number', name=op.f('uq_organisations_number')),
    sa.UniqueConstraint('uuid', name=op.f('uq_organisations_uuid'))
    )
    with op.batch_alter_table('organisations', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_organisations_kind'), ['kind'], unique=False)

    op.create_table('overlap_sets',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('credits', sa.Integer(), nullable=False),
    sa.Column('source', sa.String(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_overlap_sets')),
    sa.UniqueConstraint('uuid', name=op.f('uq_overlap_sets_uuid'))
    )
    op.create_table('people',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('name_is_own', sa.Boolean(), nullable=False),
    sa.Column('email', sa.String(), nullable=True),
    sa.Column('language', sa.String(), nullable=True),
    sa.Column('made_up', sa.Boolean(), nullable=False),
    sa.Column('story', sa.String(), nullable=True),
    sa.Column('disabled_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_people')),
    sa.UniqueConstraint('uuid', name=op.f('uq_people_uuid'))
    )
    op.create_table('priority_groups',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('volume_rule', sa.String(length=40), nullable=False),
    sa.Column('quotation', sa.String(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('confirmed', sa.Boolean(), nullable=False),
    sa.Column('name_nb', sa.String(), nullable=False),
    sa.Column('name_nn', sa.String(), nullable=True),
    sa.Column('name_en', sa.String(), nullable=True),
    sa.Column('name_se', sa.String(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_priority_groups')),
    sa.UniqueConstraint('number', name=op.f('uq_priority_groups_number'))
    )
    op.create_table('subjects',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('grep_code', sa.String(), nullable=True),
    sa.Column('grades', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('note', sa.String(), nullable=True),
    sa.Column('name_nb', sa.String(), nullable=False),
    sa.Column('name_nn', sa.String(), nullable=True),
    sa.Column('name_en', sa.String(), nullable=True),
    sa.Column('name_se', sa.String(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_subjects')),
    sa.UniqueConstraint('code', name=op.f('uq_subjects_code'))
    )
    op.create_table('events',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('person_uuid', sa.Uuid(), nullable=True),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('subject_uuid', sa.Uuid(), nullable=False),
    sa.Column('event', sa.String(), nullable=False),
    sa.Column('from_state', sa.String(), nullable=True),
    sa.Column('to_state', sa.String(), nullable=True),
    sa.Column('why', sa.String(), nullable=True),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_events_organisation_id_organisations')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_events'))
    )
    with op.batch_alter_table('events', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_events_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_events_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_events_person_uuid'), ['person_uuid'], unique=False)
        batch_op.create_index(batch_op.f('ix_events_subject_uuid'), ['subject_uuid'], unique=False)

    op.create_table('identities',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('issuer', sa.String(), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_identities_person_id_people'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_identities')),
    sa.UniqueConstraint('issuer', 'subject', name=op.f('uq_identities_issuer_subject'))
    )
    with op.batch_alter_table('identities', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_identities_person_id'), ['person_id'], unique=False)

    op.create_table('institutions',
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('short_name', sa.String(), nullable=False),
    sa.Column('dbh_code', sa.String(), nullable=True),
    sa.Column('type', sa.String(), nullable=False),
    sa.Column('domain', sa.String(), nullable=True),
    sa.Column('historic', sa.Boolean(), nullable=False),
    sa.Column('successor_code', sa.String(), nullable=True),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('confirmed', sa.Boolean(), nullable=False),
    sa.Column('name_nb', sa.String(), nullable=False),
    sa.Column('name_nn', sa.String(), nullable=True),
    sa.Column('name_en', sa.String(), nullable=True),
    sa.Column('name_se', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_institutions_organisation_id_organisations')),
    sa.PrimaryKeyConstraint('organisation_id', name=op.f('pk_institutions')),
    sa.UniqueConstraint('code', name=op.f('uq_institutions_code')),
    sa.UniqueConstraint('dbh_code', name=op.f('uq_institutions_dbh_code'))
    )
    op.create_table('memberships',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(length=40), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('told_by', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_memberships_organisation_id_organisations')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_memberships_person_id_people'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_memberships')),
    sa.UniqueConstraint('person_id', 'organisation_id', 'role', name=op.f('uq_memberships_person_id_organisation_id_role')),
    sa.UniqueConstraint('uuid', name=op.f('uq_memberships_uuid'))
    )
    with op.batch_alter_table('memberships', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_memberships_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_memberships_person_id'), ['person_id'], unique=False)

    op.create_table('messages',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('address', sa.String(), nullable=True),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_messages_person_id_people'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_messages')),
    sa.UniqueConstraint('uuid', name=op.f('uq_messages_uuid'))
    )
    with op.batch_alter_table('messages', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_messages_person_id'), ['person_id'], unique=False)

    op.create_table('municipalities',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('official_name', sa.String(), nullable=True),
    sa.Column('parallel_names', sa.String(), nullable=True),
    sa.Column('county_id', sa.Integer(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['county_id'], ['counties.id'], name=op.f('fk_municipalities_county_id_counties')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_municipalities')),
    sa.UniqueConstraint('code', name=op.f('uq_municipalities_code'))
    )
    with op.batch_alter_table('municipalities', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_municipalities_county_id'), ['county_id'], unique=False)

    op.create_table('regions',
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('confirmed', sa.Boolean(), nullable=False),
    sa.Column('name_nb', sa.String(), nullable=False),
    sa.Column('name_nn', sa.String(), nullable=True),
    sa.Column('name_en', sa.String(), nullable=True),
    sa.Column('name_se', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_regions_organisation_id_organisations')),
    sa.PrimaryKeyConstraint('organisation_id', name=op.f('pk_regions')),
    sa.UniqueConstraint('code', name=op.f('uq_regions_code'))
    )
    op.create_table('requirements',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.Column('band', sa.String(length=40), nullable=False),
    sa.Column('credits', sa.Integer(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('confirmed', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['subject_id'], ['subjects.id'], name=op.f('fk_requirements_subject_id_subjects')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_requirements')),
    sa.UniqueConstraint('subject_id', 'band', 'valid_from', name=op.f('uq_requirements_subject_id_band_valid_from'))
    )
    with op.batch_alter_table('requirements', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_requirements_subject_id'), ['subject_id'], unique=False)

    op.create_table('study_targets',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=True),
    sa.Column('credits', sa.Integer(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('confirmed', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['subject_id'], ['subjects.id'], name=op.f('fk_study_targets_subject_id_subjects')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_study_targets'))
    )
    op.create_table('subject_priorities',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('confirmed', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['priority_groups.id'], name=op.f('fk_subject_priorities_group_id_priority_groups')),
    sa.ForeignKeyConstraint(['subject_id'], ['subjects.id'], name=op.f('fk_subject_priorities_subject_id_subjects')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_subject_priorities')),
    sa.UniqueConstraint('subject_id', 'group_id', 'valid_from', name=op.f('uq_subject_priorities_subject_id_group_id_valid_from'))
    )
    with op.batch_alter_table('subject_priorities', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_subject_priorities_group_id'), ['group_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_subject_priorities_subject_id'), ['subject_id'], unique=False)

    op.create_table('courses',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('institution_id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(), nullable=False),
    sa.Column('code', sa.String(), nullable=True),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('language', sa.String(), nullable=True),
    sa.Column('subject_id', sa.Integer(), nullable=True),
    sa.Column('grades', sa.Integer(), nullable=False),
    sa.Column('strand', sa.String(length=40), nullable=False),
    sa.Column('credits', sa.Integer(), nullable=True),
    sa.Column('summary', sa.String(), nullable=True),
    sa.Column('for_whom', sa.String(), nullable=True),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('row_key', sa.String(), nullable=True),
    sa.Column('row_digest', sa.String(), nullable=True),
    sa.Column('stated', sa.JSON(), nullable=False),
    sa.Column('source_url', sa.String(), nullable=True),
    sa.Column('evidence', sa.String(), nullable=True),
    sa.Column('note', sa.String(), nullable=True),
    sa.Column('made_up', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['institution_id'], ['institutions.organisation_id'], name=op.f('fk_courses_institution_id_institutions')),
    sa.ForeignKeyConstraint(['subject_id'], ['subjects.id'], name=op.f('fk_courses_subject_id_subjects')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_courses')),
    sa.UniqueConstraint('institution_id', 'slug', name=op.f('uq_courses_institution_id_slug')),
    sa.UniqueConstraint('uuid', name=op.f('uq_courses_uuid'))
    )
    with op.batch_alter_table('courses', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_courses_institution_id'), ['institution_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_courses_row_key'), ['row_key'], unique=False)
        batch_op.create_index(batch_op.f('ix_courses_state'), ['state'], unique=False)
        batch_op.create_index(batch_op.f('ix_courses_subject_id'), ['subject_id'], unique=False)

    op.create_table('distance_rules',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('region_id', sa.Integer(), nullable=True),
    sa.Column('most_days', sa.Integer(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('confirmed', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['region_id'], ['regions.organisation_id'], name=op.f('fk_distance_rules_region_id_regions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_distance_rules'))
    )
    with op.batch_alter_table('distance_rules', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_distance_rules_region_id'), ['region_id'], unique=False)

    op.create_table('region_counties',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('region_id', sa.Integer(), nullable=False),
    sa.Column('county_id', sa.Integer(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('confirmed', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['county_id'], ['counties.id'], name=op.f('fk_region_counties_county_id_counties')),
    sa.ForeignKeyConstraint(['region_id'], ['regions.organisation_id'], name=op.f('fk_region_counties_region_id_regions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_region_counties')),
    sa.UniqueConstraint('region_id', 'county_id', 'valid_from', name=op.f('uq_region_counties_region_id_county_id_valid_from'))
    )
    with op.batch_alter_table('region_counties', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_region_counties_county_id'), ['county_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_region_counties_region_id'), ['region_id'], unique=False)

    op.create_table('region_institutions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('region_id', sa.Integer(), nullable=False),
    sa.Column('institution_id', sa.Integer(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('confirmed', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['institution_id'], ['institutions.organisation_id'], name=op.f('fk_region_institutions_institution_id_institutions')),
    sa.ForeignKeyConstraint(['region_id'], ['regions.organisation_id'], name=op.f('fk_region_institutions_region_id_regions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_region_institutions')),
    sa.UniqueConstraint('region_id', 'institution_id', 'valid_from', name=op.f('uq_region_institutions_region_id_institution_id_valid_from'))
    )
    with op.batch_alter_table('region_institutions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_region_institutions_institution_id'), ['institution_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_region_institutions_region_id'), ['region_id'], unique=False)

    op.create_table('school_owners',
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('municipality_id', sa.Integer(), nullable=True),
    sa.Column('county_id', sa.Integer(), nullable=True),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('inferred', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['county_id'], ['counties.id'], name=op.f('fk_school_owners_county_id_counties')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipalities.id'], name=op.f('fk_school_owners_municipality_id_municipalities')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_school_owners_organisation_id_organisations')),
    sa.PrimaryKeyConstraint('organisation_id', name=op.f('pk_school_owners')),
    sa.UniqueConstraint('key', name=op.f('uq_school_owners_key'))
    )
    op.create_table('sign_ins',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('token_digest', sa.String(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('membership_id', sa.Integer(), nullable=True),
    sa.Column('provider', sa.String(), nullable=False),
    sa.Column('provider_session', sa.String(), nullable=True),
    sa.Column('id_token', sa.String(), nullable=True),
    sa.Column('browser', sa.String(), nullable=True),
    sa.Column('began_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['membership_id'], ['memberships.id'], name=op.f('fk_sign_ins_membership_id_memberships'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_sign_ins_person_id_people'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_ins')),
    sa.UniqueConstraint('token_digest', name=op.f('uq_sign_ins_token_digest')),
    sa.UniqueConstraint('uuid', name=op.f('uq_sign_ins_uuid'))
    )
    with op.batch_alter_table('sign_ins', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_ins_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_sign_ins_provider_session'), ['provider_session'], unique=False)

    op.create_table('modules',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('institution_id', sa.Integer(), nullable=False),
    sa.Column('course_id', sa.Integer(), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=True),
    sa.Column('slug', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=True),
    sa.Column('credits', sa.Integer(), nullable=True),
    sa.Column('short_reason', sa.String(), nullable=True),
    sa.Column('language', sa.String(), nullable=True),
    sa.Column('subject_id', sa.Integer(), nullable=True),
    sa.Column('grades', sa.Integer(), nullable=False),
    sa.Column('strand', sa.String(length=40), nullable=False),
    sa.Column('summary', sa.String(), nullable=True),
    sa.Column('knowledge', sa.String(), nullable=True),
    sa.Column('skills', sa.String(), nullable=True),
    sa.Column('competence', sa.String(), nullable=True),
    sa.Column('admission', sa.String(), nullable=True),
    sa.Column('assessment_form', sa.String(), nullable=True),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('row_key', sa.String(), nullable=True),
    sa.Column('row_digest', sa.String(), nullable=True),
    sa.Column('stated', sa.JSON(), nullable=False),
    sa.Column('source_url', sa.String(), nullable=True),
    sa.Column('evidence', sa.String(), nullable=True),
    sa.Column('note', sa.String(), nullable=True),
    sa.Column('made_up', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['course_id'], ['courses.id'], name=op.f('fk_modules_course_id_courses')),
    sa.ForeignKeyConstraint(['institution_id'], ['institutions.organisation_id'], name=op.f('fk_modules_institution_id_institutions')),
    sa.ForeignKeyConstraint(['subject_id'], ['subjects.id'], name=op.f('fk_modules_subject_id_subjects')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_modules')),
    sa.UniqueConstraint('institution_id', 'code', name=op.f('uq_modules_institution_id_code')),
    sa.UniqueConstraint('institution_id', 'slug', name=op.f('uq_modules_institution_id_slug')),
    sa.UniqueConstraint('uuid', name=op.f('uq_modules_uuid'))
    )
    with op.batch_alter_table('modules', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_modules_course_id'), ['course_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_modules_institution_id'), ['institution_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_modules_row_key'), ['row_key'], unique=False)
        batch_op.create_index(batch_op.f('ix_modules_state'), ['state'], unique=False)
        batch_op.create_index(batch_op.f('ix_modules_subject_id'), ['subject_id'], unique=False)

    op.create_table('schools',
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('municipality_id', sa.Integer(), nullable=True),
    sa.Column('municipality_code', sa.String(), nullable=False),
    sa.Column('grades', sa.Integer(), nullable=False),
    sa.Column('private', sa.Boolean(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=True),
    sa.Column('source', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipalities.id'], name=op.f('fk_schools_municipality_id_municipalities')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_schools_organisation_id_organisations')),
    sa.ForeignKeyConstraint(['owner_id'], ['school_owners.organisation_id'], name=op.f('fk_schools_owner_id_school_owners')),
    sa.PrimaryKeyConstraint('organisation_id', name=op.f('pk_schools'))
    )
    with op.batch_alter_table('schools', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_schools_municipality_id'), ['municipality_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_schools_owner_id'), ['owner_id'], unique=False)

    op.create_table('content_tags',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('module_id', sa.Integer(), nullable=False),
    sa.Column('tag', sa.String(length=40), nullable=False),
    sa.Column('sentence', sa.String(), nullable=False),
    sa.Column('address', sa.String(), nullable=True),
    sa.Column('credits', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['module_id'], ['modules.id'], name=op.f('fk_content_tags_module_id_modules'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_content_tags')),
    sa.UniqueConstraint('module_id', 'tag', name=op.f('uq_content_tags_module_id_tag'))
    )
    with op.batch_alter_table('content_tags', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_content_tags_module_id'), ['module_id'], unique=False)

    op.create_table('offerings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('module_id', sa.Integer(), nullable=False),
    sa.Column('semester', sa.Integer(), nullable=True),
    sa.Column('semesters', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('mode', sa.String(length=40), nullable=False),
    sa.Column('delivery', sa.String(length=40), nullable=True),
    sa.Column('part_time', sa.Boolean(), nullable=True),
    sa.Column('place', sa.String(), nullable=True),
    sa.Column('municipality_id', sa.Integer(), nullable=True),
    sa.Column('gatherings_text', sa.String(), nullable=True),
    sa.Column('gathering_days', sa.Integer(), nullable=True),
    sa.Column('language', sa.String(), nullable=True),
    sa.Column('fee_text', sa.String(), nullable=True),
    sa.Column('fee_oere', sa.Integer(), nullable=True),
    sa.Column('seats', sa.Integer(), nullable=True),
    sa.Column('minimum', sa.Integer(), nullable=True),
    sa.Column('opens_on', sa.Date(), nullable=True),
    sa.Column('apply_by', sa.Date(), nullable=True),
    sa.Column('queue_closes_on', sa.Date(), nullable=True),
    sa.Column('starts_on', sa.Date(), nullable=True),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('cancelled_reason', sa.String(), nullable=True),
    sa.Column('told_over', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('seats_taken', sa.Integer(), nullable=False),
    sa.Column('waiting', sa.Integer(), nullable=False),
    sa.Column('next_ticket', sa.Integer(), nullable=False),
    sa.Column('row_key', sa.String(), nullable=True),
    sa.Column('row_digest', sa.String(), nullable=True),
    sa.Column('stated', sa.JSON(), nullable=False),
    sa.Column('source_url', sa.String(), nullable=True),
    sa.Column('evidence', sa.String(), nullable=True),
    sa.Column('note', sa.String(), nullable=True),
    sa.Column('made_up', sa.Boolean(), nullable=False),
    sa.CheckConstraint('seats IS NULL OR seats_taken <= seats', name=op.f('ck_offerings_never_oversold')),
    sa.CheckConstraint('seats_taken >= 0 AND waiting >= 0', name=op.f('ck_offerings_counts_not_negative')),
    sa.ForeignKeyConstraint(['module_id'], ['modules.id'], name=op.f('fk_offerings_module_id_modules')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipalities.id'], name=op.f('fk_offerings_municipality_id_municipalities')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_offerings')),
    sa.UniqueConstraint('uuid', name=op.f('uq_offerings_uuid'))
    )
    with op.batch_alter_table('offerings', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_offerings_module_id'), ['module_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_offerings_row_key'), ['row_key'], unique=False)
        batch_op.create_index(batch_op.f('ix_offerings_semester'), ['semester'], unique=False)
        batch_op.create_index(batch_op.f('ix_offerings_state'), ['state'], unique=False)

    op.create_table('overlap_set_modules',
    sa.Column('overlap_set_id', sa.Integer(), nullable=False),
    sa.Column('module_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['module_id'], ['modules.id'], name=op.f('fk_overlap_set_modules_module_id_modules'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['overlap_set_id'], ['overlap_sets.id'], name=op.f('fk_overlap_set_modules_overlap_set_id_overlap_sets'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('overlap_set_id', 'module_id', name=op.f('pk_overlap_set_modules'))
    )
    with op.batch_alter_table('overlap_set_modules', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_overlap_set_modules_module_id'), ['module_id'], unique=False)

    op.create_table('prerequisites',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('module_id', sa.Integer(), nullable=False),
    sa.Column('required', sa.Boolean(), nullable=False),
    sa.Column('required_module_id', sa.Integer(), nullable=True),
    sa.Column('subject_id', sa.Integer(), nullable=True),
    sa.Column('credits', sa.Integer(), nullable=True),
    sa.CheckConstraint('(required_module_id IS NULL) != (subject_id IS NULL)', name=op.f('ck_prerequisites_module_or_subject')),
    sa.CheckConstraint('(subject_id IS NULL) = (credits IS NULL)', name=op.f('ck_prerequisites_subject_with_credits')),
    sa.ForeignKeyConstraint(['module_id'], ['modules.id'], name=op.f('fk_prerequisites_module_id_modules'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['required_module_id'], ['modules.id'], name=op.f('fk_prerequisites_required_module_id_modules')),
    sa.ForeignKeyConstraint(['subject_id'], ['subjects.id'], name=op.f('fk_prerequisites_subject_id_subjects')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_prerequisites'))
    )
    with op.batch_alter_table('prerequisites', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_prerequisites_module_id'), ['module_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_prerequisites_required_module_id'), ['required_module_id'], unique=False)

    op.create_table('prior_credits',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.Column('module_id', sa.Integer(), nullable=True),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('institution', sa.String(), nullable=False),
    sa.Column('credits', sa.Integer(), nullable=False),
    sa.Column('finished_on', sa.Date(), nullable=True),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('claimed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('owner_id', sa.Integer(), nullable=True),
    sa.Column('why', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['decided_by_id'], ['people.id'], name=op.f('fk_prior_credits_decided_by_id_people'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['module_id'], ['modules.id'], name=op.f('fk_prior_credits_module_id_modules')),
    sa.ForeignKeyConstraint(['owner_id'], ['school_owners.organisation_id'], name=op.f('fk_prior_credits_owner_id_school_owners')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_prior_credits_person_id_people'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['subject_id'], ['subjects.id'], name=op.f('fk_prior_credits_subject_id_subjects')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_prior_credits')),
    sa.UniqueConstraint('uuid', name=op.f('uq_prior_credits_uuid'))
    )
    with op.batch_alter_table('prior_credits', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_prior_credits_owner_id'), ['owner_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_prior_credits_person_id'), ['person_id'], unique=False)

    op.create_table('teachers',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=True),
    sa.Column('home_id', sa.Integer(), nullable=True),
    sa.Column('basis', sa.String(length=40), nullable=False),
    sa.ForeignKeyConstraint(['home_id'], ['municipalities.id'], name=op.f('fk_teachers_home_id_municipalities')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_teachers_person_id_people'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['school_id'], ['schools.organisation_id'], name=op.f('fk_teachers_school_id_schools')),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_teachers'))
    )
    with op.batch_alter_table('teachers', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_teachers_school_id'), ['school_id'], unique=False)

    op.create_table('enrolments',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('offering_id', sa.Integer(), nullable=False),
    sa.Column('module_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('ticket', sa.Integer(), nullable=False),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('offered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reply_by', sa.DateTime(timezone=True), nullable=True),
    sa.Column('made_up', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['module_id'], ['modules.id'], name=op.f('fk_enrolments_module_id_modules')),
    sa.ForeignKeyConstraint(['offering_id'], ['offerings.id'], name=op.f('fk_enrolments_offering_id_offerings')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_enrolments_person_id_people'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_enrolments')),
    sa.UniqueConstraint('uuid', name=op.f('uq_enrolments_uuid'))
    )
    with op.batch_alter_table('enrolments', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_enrolments_module_id'), ['module_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_enrolments_person_id'), ['person_id'], unique=False)
        batch_op.create_index('ix_enrolments_queue', ['offering_id', 'state', 'ticket'], unique=False)
        batch_op.create_index('ix_enrolments_reply', ['state', 'reply_by'], unique=False)
        batch_op.create_index('uq_enrolments_one_active', ['person_id', 'offering_id'], unique=True, sqlite_where=sa.text("state IN ('waiting', 'offered', 'placed')"), postgresql_where=sa.text("state IN ('waiting', 'offered', 'placed')"))
        batch_op.create_index('uq_enrolments_one_held', ['person_id', 'module_id'], unique=True, sqlite_where=sa.text("state IN ('offered', 'placed')"), postgresql_where=sa.text("state IN ('offered', 'placed')"))

    op.create_table('gatherings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('offering_id', sa.Integer(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=True),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('iso_year', sa.Integer(), nullable=True),
    sa.Column('iso_week', sa.Integer(), nullable=True),
    sa.Column('online', sa.Boolean(), nullable=False),
    sa.Column('place', sa.String(), nullable=True),
    sa.Column('municipality_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('starts_on IS NULL OR ends_on >= starts_on', name=op.f('ck_gatherings_ends_after_it_starts')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipalities.id'], name=op.f('fk_gatherings_municipality_id_municipalities')),
    sa.ForeignKeyConstraint(['offering_id'], ['offerings.id'], name=op.f('fk_gatherings_offering_id_offerings'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_gatherings')),
    sa.UniqueConstraint('uuid', name=op.f('uq_gatherings_uuid'))
    )
    with op.batch_alter_table('gatherings', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_gatherings_offering_id'), ['offering_id'], unique=False)

    op.create_table('teaching',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.Column('band', sa.String(length=40), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['teachers.person_id'], name=op.f('fk_teaching_person_id_teachers'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['subject_id'], ['subjects.id'], name=op.f('fk_teaching_subject_id_subjects')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_teaching')),
    sa.UniqueConstraint('person_id', 'subject_id', 'band', name=op.f('uq_teaching_person_id_subject_id_band'))
    )
    with op.batch_alter_table('teaching', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_teaching_person_id'), ['person_id'], unique=False)

    op.create_table('enrolment_steps',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('enrolment_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('event', sa.String(), nullable=False),
    sa.Column('from_state', sa.String(length=40), nullable=True),
    sa.Column('to_state', sa.String(length=40), nullable=False),
    sa.Column('by_person_id', sa.Integer(), nullable=True),
    sa.Column('why', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['by_person_id'], ['people.id'], name=op.f('fk_enrolment_steps_by_person_id_people'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['enrolment_id'], ['enrolments.id'], name=op.f('fk_enrolment_steps_enrolment_id_enrolments'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_enrolment_steps'))
    )
    with op.batch_alter_table('enrolment_steps', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_enrolment_steps_enrolment_id'), ['enrolment_id'], unique=False)

    op.create_table('results',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('enrolment_id', sa.Integer(), nullable=False),
    sa.Column('mark', sa.String(length=40), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['enrolment_id'], ['enrolments.id'], name=op.f('fk_results_enrolment_id_enrolments'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['people.id'], name=op.f('fk_results_recorded_by_id_people'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_results')),
    sa.UniqueConstraint('enrolment_id', name=op.f('uq_results_enrolment_id')),
    sa.UniqueConstraint('uuid', name=op.f('uq_results_uuid'))
    )


def downgrade() -> None:
    op.drop_table('results')
    with op.batch_alter_table('enrolment_steps', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_enrolment_steps_enrolment_id'))

    op.drop_table('enrolment_steps')
    with op.batch_alter_table('teaching', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_teaching_person_id'))

    op.drop_table('teaching')
    with op.batch_alter_table('gatherings', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_gatherings_offering_id'))

    op.drop_table('gatherings')
    with op.batch_alter_table('enrolments', schema=None) as batch_op:
        batch_op.drop_index('uq_enrolments_one_held', sqlite_where=sa.text("state IN ('offered', 'placed')"), postgresql_where=sa.text("state IN ('offered', 'placed')"))
        batch_op.drop_index('uq_enrolments_one_active', sqlite_where=sa.text("state IN ('waiting', 'offered', 'placed')"), postgresql_where=sa.text("state IN ('waiting', 'offered', 'placed')"))
        batch_op.drop_index('ix_enrolments_reply')
        batch_op.drop_index('ix_enrolments_queue')
        batch_op.drop_index(batch_op.f('ix_enrolments_person_id'))
        batch_op.drop_index(batch_op.f('ix_enrolments_module_id'))

    op.drop_table('enrolments')
    with op.batch_alter_table('teachers', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_teachers_school_id'))

    op.drop_table('teachers')
    with op.batch_alter_table('prior_credits', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_prior_credits_person_id'))
        batch_op.drop_index(batch_op.f('ix_prior_credits_owner_id'))

    op.drop_table('prior_credits')
    with op.batch_alter_table('prerequisites', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_prerequisites_required_module_id'))
        batch_op.drop_index(batch_op.f('ix_prerequisites_module_id'))

    op.drop_table('prerequisites')
    with op.batch_alter_table('overlap_set_modules', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_overlap_set_modules_module_id'))

    op.drop_table('overlap_set_modules')
    with op.batch_alter_table('offerings', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_offerings_state'))
        batch_op.drop_index(batch_op.f('ix_offerings_semester'))
        batch_op.drop_index(batch_op.f('ix_offerings_row_key'))
        batch_op.drop_index(batch_op.f('ix_offerings_module_id'))

    op.drop_table('offerings')
    with op.batch_alter_table('content_tags', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_content_tags_module_id'))

    op.drop_table('content_tags')
    with op.batch_alter_table('schools', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_schools_owner_id'))
        batch_op.drop_index(batch_op.f('ix_schools_municipality_id'))

    op.drop_table('schools')
    with op.batch_alter_table('modules', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_modules_subject_id'))
        batch_op.drop_index(batch_op.f('ix_modules_state'))
        batch_op.drop_index(batch_op.f('ix_modules_row_key'))
        batch_op.drop_index(batch_op.f('ix_modules_institution_id'))
        batch_op.drop_index(batch_op.f('ix_modules_course_id'))

    op.drop_table('modules')
    with op.batch_alter_table('sign_ins', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sign_ins_provider_session'))
        batch_op.drop_index(batch_op.f('ix_sign_ins_person_id'))

    op.drop_table('sign_ins')
    op.drop_table('school_owners')
    with op.batch_alter_table('region_institutions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_region_institutions_region_id'))
        batch_op.drop_index(batch_op.f('ix_region_institutions_institution_id'))

    op.drop_table('region_institutions')
    with op.batch_alter_table('region_counties', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_region_counties_region_id'))
        batch_op.drop_index(batch_op.f('ix_region_counties_county_id'))

    op.drop_table('region_counties')
    with op.batch_alter_table('distance_rules', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_distance_rules_region_id'))

    op.drop_table('distance_rules')
    with op.batch_alter_table('courses', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_courses_subject_id'))
        batch_op.drop_index(batch_op.f('ix_courses_state'))
        batch_op.drop_index(batch_op.f('ix_courses_row_key'))
        batch_op.drop_index(batch_op.f('ix_courses_institution_id'))

    op.drop_table('courses')
    with op.batch_alter_table('subject_priorities', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_subject_priorities_subject_id'))
        batch_op.drop_index(batch_op.f('ix_subject_priorities_group_id'))

    op.drop_table('subject_priorities')
    op.drop_table('study_targets')
    with op.batch_alter_table('requirements', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_requirements_subject_id'))

    op.drop_table('requirements')
    op.drop_table('regions')
    with op.batch_alter_table('municipalities', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_municipalities_county_id'))

    op.drop_table('municipalities')
    with op.batch_alter_table('messages', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_messages_person_id'))

    op.drop_table('messages')
    with op.batch_alter_table('memberships', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_memberships_person_id'))
        batch_op.drop_index(batch_op.f('ix_memberships_organisation_id'))

    op.drop_table('memberships')
    op.drop_table('institutions')
    with op.batch_alter_table('identities', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_identities_person_id'))

    op.drop_table('identities')
    with op.batch_alter_table('events', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_events_subject_uuid'))
        batch_op.drop_index(batch_op.f('ix_events_person_uuid'))
        batch_op.drop_index(batch_op.f('ix_events_organisation_id'))
        batch_op.drop_index(batch_op.f('ix_events_at'))

    op.drop_table('events')
    op.drop_table('subjects')
    op.drop_table('priority_groups')
    op.drop_table('people')
    op.drop_table('overlap_sets')
    with op.batch_alter_table('organisations', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_organisations_kind'))

    op.drop_table('organisations')
    op.drop_table('counties')
    op.drop_table('catalog_version')
    with op.batch_alter_table('attempts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_attempts_whose'))
        batch_op.drop_index(batch_op.f('ix_attempts_at'))

    op.drop_table('attempts')
