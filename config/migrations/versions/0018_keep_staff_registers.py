"""Keep the staff registers of school owners"""

from alembic import op
import sqlalchemy as sa

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('staff_uploads',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('rows', sa.JSON(), nullable=False),
    sa.Column('refused', sa.JSON(), nullable=False),
    sa.Column('remarks', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['owner_id'], ['school_owners.organisation_id'], name=op.f('fk_staff_uploads_owner_id_school_owners')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff_uploads')),
    sa.UniqueConstraint('uuid', name=op.f('uq_staff_uploads_uuid'))
    )
    op.create_index(op.f('ix_staff_uploads_owner_id'), 'staff_uploads', ['owner_id'], unique=False)
    op.create_table('staff',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_up', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['owner_id'], ['school_owners.organisation_id'], name=op.f('fk_staff_owner_id_school_owners')),
    sa.ForeignKeyConstraint(['school_id'], ['schools.organisation_id'], name=op.f('fk_staff_school_id_schools')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff')),
    sa.UniqueConstraint('owner_id', 'reference', name=op.f('uq_staff_owner_id_reference')),
    sa.UniqueConstraint('uuid', name=op.f('uq_staff_uuid'))
    )
    op.create_index(op.f('ix_staff_school_id'), 'staff', ['school_id'], unique=False)
    op.create_table('staff_teaching',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('staff_id', sa.Integer(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.Column('band', sa.String(), nullable=False),
    sa.Column('credits', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['school_id'], ['schools.organisation_id'], name=op.f('fk_staff_teaching_school_id_schools')),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_staff_teaching_staff_id_staff'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['subject_id'], ['subjects.id'], name=op.f('fk_staff_teaching_subject_id_subjects')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff_teaching')),
    sa.UniqueConstraint('staff_id', 'school_id', 'subject_id', 'band', name=op.f('uq_staff_teaching_staff_id_school_id_subject_id_band')),
    sa.UniqueConstraint('uuid', name=op.f('uq_staff_teaching_uuid'))
    )
    op.create_index(op.f('ix_staff_teaching_school_id'), 'staff_teaching', ['school_id'], unique=False)


def downgrade() -> None:
    op.drop_table('staff_teaching')
    op.drop_table('staff')
    op.drop_table('staff_uploads')
