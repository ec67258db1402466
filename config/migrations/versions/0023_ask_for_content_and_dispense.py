"""Ask for content among credits, rank a bare pass by rule, keep equivalent modules and dispensations"""

from alembic import op
import sqlalchemy as sa

revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('equivalence_sets',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_equivalence_sets')),
    sa.UniqueConstraint('uuid', name=op.f('uq_equivalence_sets_uuid'))
    )
    op.create_table('content_blocks',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=True),
    sa.Column('band', sa.String(length=40), nullable=True),
    sa.Column('tag', sa.String(length=40), nullable=False),
    sa.Column('credits', sa.Integer(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('confirmed', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['subject_id'], ['subjects.id'], name=op.f('fk_content_blocks_subject_id_subjects')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_content_blocks')),
    sa.UniqueConstraint('subject_id', 'band', 'tag', 'valid_from', name=op.f('uq_content_blocks_subject_id_band_tag_valid_from'))
    )
    with op.batch_alter_table('content_blocks', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_content_blocks_subject_id'), ['subject_id'], unique=False)

    op.create_table('dispensations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.Column('band', sa.String(length=40), nullable=True),
    sa.Column('credits', sa.Integer(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('why', sa.String(), nullable=False),
    sa.Column('source', sa.String(), nullable=True),
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('valid_to IS NULL OR valid_from <= valid_to', name=op.f('ck_dispensations_days_in_order')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['people.id'], name=op.f('fk_dispensations_decided_by_id_people'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['owner_id'], ['school_owners.organisation_id'], name=op.f('fk_dispensations_owner_id_school_owners')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_dispensations_person_id_people'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['subject_id'], ['subjects.id'], name=op.f('fk_dispensations_subject_id_subjects')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dispensations')),
    sa.UniqueConstraint('uuid', name=op.f('uq_dispensations_uuid'))
    )
    with op.batch_alter_table('dispensations', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_dispensations_owner_id'), ['owner_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_dispensations_person_id'), ['person_id'], unique=False)

    op.create_table('equivalence_set_modules',
    sa.Column('equivalence_set_id', sa.Integer(), nullable=False),
    sa.Column('module_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['equivalence_set_id'], ['equivalence_sets.id'], name=op.f('fk_equivalence_set_modules_equivalence_set_id_equivalence_sets'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['module_id'], ['modules.id'], name=op.f('fk_equivalence_set_modules_module_id_modules'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('equivalence_set_id', 'module_id', name=op.f('pk_equivalence_set_modules'))
    )
    with op.batch_alter_table('equivalence_set_modules', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_equivalence_set_modules_module_id'), ['module_id'], unique=False)

    with op.batch_alter_table('study_targets', schema=None) as batch_op:
        batch_op.add_column(sa.Column('bare_after', sa.String(), server_default='C', nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('study_targets', schema=None) as batch_op:
        batch_op.drop_column('bare_after')
    op.drop_table('equivalence_set_modules')
    op.drop_table('dispensations')
    op.drop_table('content_blocks')
    op.drop_table('equivalence_sets')
