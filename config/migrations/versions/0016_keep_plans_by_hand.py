"""Keep plans by hand, and how much one can carry a term"""

from alembic import op
import sqlalchemy as sa

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('workload_rules',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('soft', sa.Integer(), nullable=False),
    sa.Column('hard', sa.Integer(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('confirmed', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_workload_rules'))
    )
    op.create_table('study_plans',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('goal', sa.Integer(), nullable=False),
    sa.Column('before', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_study_plans_person_id_people'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['subject_id'], ['subjects.id'], name=op.f('fk_study_plans_subject_id_subjects')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_study_plans')),
    sa.UniqueConstraint('uuid', name=op.f('uq_study_plans_uuid'))
    )
    with op.batch_alter_table('study_plans', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_study_plans_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_study_plans_subject_id'), ['subject_id'], unique=False)

    op.create_table('planned_studies',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('plan_id', sa.Integer(), nullable=False),
    sa.Column('bucket', sa.String(length=40), nullable=False),
    sa.Column('semester', sa.Integer(), nullable=True),
    sa.Column('module_id', sa.Integer(), nullable=True),
    sa.Column('offering_id', sa.Integer(), nullable=True),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('credits', sa.Integer(), nullable=False),
    sa.CheckConstraint("(bucket = 'term') = (semester IS NOT NULL)", name=op.f('ck_planned_studies_term_has_semester')),
    sa.ForeignKeyConstraint(['module_id'], ['modules.id'], name=op.f('fk_planned_studies_module_id_modules'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['offering_id'], ['offerings.id'], name=op.f('fk_planned_studies_offering_id_offerings'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['plan_id'], ['study_plans.id'], name=op.f('fk_planned_studies_plan_id_study_plans'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_planned_studies')),
    sa.UniqueConstraint('uuid', name=op.f('uq_planned_studies_uuid'))
    )
    with op.batch_alter_table('planned_studies', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_planned_studies_module_id'), ['module_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_planned_studies_offering_id'), ['offering_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_planned_studies_plan_id'), ['plan_id'], unique=False)


def downgrade() -> None:
    op.drop_table('planned_studies')
    op.drop_table('study_plans')
    op.drop_table('workload_rules')
