"""Keep yearly frames of state money in versions"""

from alembic import op
import sqlalchemy as sa

revision = '0046'
down_revision = '0045'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('frame_versions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('study_year', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('release_on', sa.Date(), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('released_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('made_up', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_frame_versions')),
    sa.UniqueConstraint('number', name=op.f('uq_frame_versions_number')),
    sa.UniqueConstraint('uuid', name=op.f('uq_frame_versions_uuid'))
    )
    with op.batch_alter_table('frame_versions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_frame_versions_study_year'), ['study_year'], unique=False)

    op.create_table('frames',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('strand', sa.String(length=40), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=True),
    sa.Column('scheme_id', sa.Integer(), nullable=True),
    sa.Column('oere', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('oere >= 0', name=op.f('ck_frames_frames_from_nought')),
    sa.ForeignKeyConstraint(['group_id'], ['priority_groups.id'], name=op.f('fk_frames_group_id_priority_groups')),
    sa.ForeignKeyConstraint(['scheme_id'], ['schemes.id'], name=op.f('fk_frames_scheme_id_schemes')),
    sa.ForeignKeyConstraint(['version_id'], ['frame_versions.id'], name=op.f('fk_frames_version_id_frame_versions'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_frames')),
    sa.UniqueConstraint('uuid', name=op.f('uq_frames_uuid')),
    sa.UniqueConstraint('version_id', 'strand', 'group_id', 'scheme_id', name=op.f('uq_frames_version_id_strand_group_id_scheme_id'))
    )


def downgrade() -> None:
    op.drop_table('frames')
    op.drop_table('frame_versions')
