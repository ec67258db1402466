"""Keep versions of the priorities"""

from alembic import op
import sqlalchemy as sa

revision = '0034'
down_revision = '0033'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('priority_versions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('holds_from', sa.Date(), nullable=False),
    sa.Column('release_on', sa.Date(), nullable=False),
    sa.Column('parties', sa.String(), nullable=True),
    sa.Column('note', sa.String(), nullable=True),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('released_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('made_up', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_priority_versions')),
    sa.UniqueConstraint('number', name=op.f('uq_priority_versions_number')),
    sa.UniqueConstraint('uuid', name=op.f('uq_priority_versions_uuid'))
    )
    op.create_table('priority_version_groups',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('volume_rule', sa.String(), nullable=False),
    sa.Column('seats', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['group_id'], ['priority_groups.id'], name=op.f('fk_priority_version_groups_group_id_priority_groups')),
    sa.ForeignKeyConstraint(['version_id'], ['priority_versions.id'], name=op.f('fk_priority_version_groups_version_id_priority_versions'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_priority_version_groups')),
    sa.UniqueConstraint('version_id', 'group_id', name=op.f('uq_priority_version_groups_version_id_group_id'))
    )
    op.create_table('priority_version_subjects',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['priority_groups.id'], name=op.f('fk_priority_version_subjects_group_id_priority_groups')),
    sa.ForeignKeyConstraint(['subject_id'], ['subjects.id'], name=op.f('fk_priority_version_subjects_subject_id_subjects')),
    sa.ForeignKeyConstraint(['version_id'], ['priority_versions.id'], name=op.f('fk_priority_version_subjects_version_id_priority_versions'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_priority_version_subjects')),
    sa.UniqueConstraint('version_id', 'subject_id', name=op.f('uq_priority_version_subjects_version_id_subject_id'))
    )
    op.create_table('seat_commissions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('region_id', sa.Integer(), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.Column('band', sa.String(), nullable=False),
    sa.Column('study_year', sa.Integer(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('seats', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['region_id'], ['regions.organisation_id'], name=op.f('fk_seat_commissions_region_id_regions')),
    sa.ForeignKeyConstraint(['subject_id'], ['subjects.id'], name=op.f('fk_seat_commissions_subject_id_subjects')),
    sa.ForeignKeyConstraint(['version_id'], ['priority_versions.id'], name=op.f('fk_seat_commissions_version_id_priority_versions'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_seat_commissions')),
    sa.UniqueConstraint('uuid', name=op.f('uq_seat_commissions_uuid')),
    sa.UniqueConstraint('version_id', 'region_id', 'subject_id', 'band', 'study_year', 'source', name=op.f('uq_seat_commissions_version_id_region_id_subject_id_band_study_year_source'))
    )
    op.create_index(op.f('ix_seat_commissions_region_id'), 'seat_commissions', ['region_id'], unique=False)


def downgrade() -> None:
    op.drop_table('seat_commissions')
    op.drop_table('priority_version_subjects')
    op.drop_table('priority_version_groups')
    op.drop_table('priority_versions')
