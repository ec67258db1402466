"""Take censuses of teachers' competence"""

from alembic import op
import sqlalchemy as sa

revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('censuses',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('period_first', sa.Integer(), nullable=False),
    sa.Column('opens_on', sa.Date(), nullable=False),
    sa.Column('answer_by', sa.Date(), nullable=False),
    sa.Column('reminders', sa.JSON(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_up', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_censuses')),
    sa.UniqueConstraint('uuid', name=op.f('uq_censuses_uuid'))
    )
    op.create_table('census_reminders',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('census_id', sa.Integer(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.Column('days', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['census_id'], ['censuses.id'], name=op.f('fk_census_reminders_census_id_censuses'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['owner_id'], ['school_owners.organisation_id'], name=op.f('fk_census_reminders_owner_id_school_owners')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_census_reminders')),
    sa.UniqueConstraint('census_id', 'owner_id', 'days', name=op.f('uq_census_reminders_census_id_owner_id_days'))
    )
    op.create_table('census_answers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('census_id', sa.Integer(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['census_id'], ['censuses.id'], name=op.f('fk_census_answers_census_id_censuses'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['owner_id'], ['school_owners.organisation_id'], name=op.f('fk_census_answers_owner_id_school_owners')),
    sa.ForeignKeyConstraint(['school_id'], ['schools.organisation_id'], name=op.f('fk_census_answers_school_id_schools')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_census_answers')),
    sa.UniqueConstraint('census_id', 'school_id', name=op.f('uq_census_answers_census_id_school_id')),
    sa.UniqueConstraint('uuid', name=op.f('uq_census_answers_uuid'))
    )
    op.create_index(op.f('ix_census_answers_owner_id'), 'census_answers', ['owner_id'], unique=False)
    op.create_index(op.f('ix_census_answers_school_id'), 'census_answers', ['school_id'], unique=False)
    op.create_table('census_lines',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('answer_id', sa.Integer(), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.Column('band', sa.String(), nullable=False),
    sa.Column('teachers', sa.Integer(), nullable=False),
    sa.Column('without', sa.Integer(), nullable=False),
    sa.Column('unknown', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['answer_id'], ['census_answers.id'], name=op.f('fk_census_lines_answer_id_census_answers'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['subject_id'], ['subjects.id'], name=op.f('fk_census_lines_subject_id_subjects')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_census_lines')),
    sa.UniqueConstraint('answer_id', 'subject_id', 'band', name=op.f('uq_census_lines_answer_id_subject_id_band'))
    )


def downgrade() -> None:
    op.drop_table('census_lines')
    op.drop_table('census_answers')
    op.drop_table('census_reminders')
    op.drop_table('censuses')
