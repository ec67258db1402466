"""Let owners recognise credits in another subject"""

from alembic import op
import sqlalchemy as sa

revision = '0044'
down_revision = '0043'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('recognitions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('enrolment_id', sa.Integer(), nullable=True),
    sa.Column('claim_id', sa.Integer(), nullable=True),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('words', sa.String(), nullable=True),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.Column('credits', sa.Integer(), nullable=True),
    sa.Column('module_id', sa.Integer(), nullable=True),
    sa.Column('why', sa.String(), nullable=True),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('(enrolment_id IS NULL) <> (claim_id IS NULL)', name=op.f('ck_recognitions_of_one_thing')),
    sa.ForeignKeyConstraint(['claim_id'], ['prior_credits.id'], name=op.f('fk_recognitions_claim_id_prior_credits'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['decided_by_id'], ['people.id'], name=op.f('fk_recognitions_decided_by_id_people'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['enrolment_id'], ['enrolments.id'], name=op.f('fk_recognitions_enrolment_id_enrolments'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['module_id'], ['modules.id'], name=op.f('fk_recognitions_module_id_modules'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['owner_id'], ['school_owners.organisation_id'], name=op.f('fk_recognitions_owner_id_school_owners')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_recognitions_person_id_people'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['subject_id'], ['subjects.id'], name=op.f('fk_recognitions_subject_id_subjects')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recognitions')),
    sa.UniqueConstraint('uuid', name=op.f('uq_recognitions_uuid'))
    )
    with op.batch_alter_table('recognitions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_recognitions_owner_id'), ['owner_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_recognitions_person_id'), ['person_id'], unique=False)
        batch_op.create_index('uq_recognitions_claim', ['claim_id', 'subject_id'], unique=True, sqlite_where=sa.text("state IN ('asked', 'recognised') AND claim_id IS NOT NULL"), postgresql_where=sa.text("state IN ('asked', 'recognised') AND claim_id IS NOT NULL"))
        batch_op.create_index('uq_recognitions_seat', ['enrolment_id', 'subject_id'], unique=True, sqlite_where=sa.text("state IN ('asked', 'recognised') AND enrolment_id IS NOT NULL"), postgresql_where=sa.text("state IN ('asked', 'recognised') AND enrolment_id IS NOT NULL"))


def downgrade() -> None:
    op.drop_table('recognitions')
