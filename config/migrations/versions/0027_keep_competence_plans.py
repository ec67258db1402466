"""Keep the competence plans of school owners"""

from alembic import op
import sqlalchemy as sa

revision = '0027'
down_revision = '0026'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('competence_plans',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('study_year', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('remarks_by', sa.Date(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_up', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_competence_plans')),
    sa.UniqueConstraint('uuid', name=op.f('uq_competence_plans_uuid'))
    )
    op.create_table('competence_plan_owners',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('plan_id', sa.Integer(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('adopted_on', sa.Date(), nullable=True),
    sa.Column('case_number', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['owner_id'], ['school_owners.organisation_id'], name=op.f('fk_competence_plan_owners_owner_id_school_owners')),
    sa.ForeignKeyConstraint(['plan_id'], ['competence_plans.id'], name=op.f('fk_competence_plan_owners_plan_id_competence_plans'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_competence_plan_owners')),
    sa.UniqueConstraint('plan_id', 'owner_id', name=op.f('uq_competence_plan_owners_plan_id_owner_id'))
    )
    op.create_index(op.f('ix_competence_plan_owners_owner_id'), 'competence_plan_owners', ['owner_id'], unique=False)
    op.create_table('plan_measures',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('plan_id', sa.Integer(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.Column('strand', sa.String(), nullable=False),
    sa.Column('funding', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=True),
    sa.Column('band', sa.String(), nullable=True),
    sa.Column('participants', sa.Integer(), nullable=False),
    sa.Column('completed', sa.Integer(), nullable=True),
    sa.Column('came_of_it', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['owner_id'], ['school_owners.organisation_id'], name=op.f('fk_plan_measures_owner_id_school_owners')),
    sa.ForeignKeyConstraint(['plan_id'], ['competence_plans.id'], name=op.f('fk_plan_measures_plan_id_competence_plans'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['subject_id'], ['subjects.id'], name=op.f('fk_plan_measures_subject_id_subjects')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_measures')),
    sa.UniqueConstraint('uuid', name=op.f('uq_plan_measures_uuid'))
    )
    op.create_index(op.f('ix_plan_measures_plan_id'), 'plan_measures', ['plan_id'], unique=False)
    op.create_table('plan_remarks',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('plan_id', sa.Integer(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('stance', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['owner_id'], ['school_owners.organisation_id'], name=op.f('fk_plan_remarks_owner_id_school_owners')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_plan_remarks_person_id_people'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['plan_id'], ['competence_plans.id'], name=op.f('fk_plan_remarks_plan_id_competence_plans'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_remarks'))
    )
    op.create_index(op.f('ix_plan_remarks_plan_id'), 'plan_remarks', ['plan_id'], unique=False)


def downgrade() -> None:
    op.drop_table('plan_remarks')
    op.drop_table('plan_measures')
    op.drop_table('competence_plan_owners')
    op.drop_table('competence_plans')
