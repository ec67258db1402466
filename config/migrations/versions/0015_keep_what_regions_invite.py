"""Keep what regions ask institutions to offer, and what they answer"""

from alembic import op
import sqlalchemy as sa

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('invitations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('region_id', sa.Integer(), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.Column('band', sa.String(), nullable=False),
    sa.Column('credits', sa.Integer(), nullable=False),
    sa.Column('semester', sa.Integer(), nullable=False),
    sa.Column('wanted', sa.String(), nullable=False),
    sa.Column('answer_by', sa.Date(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['region_id'], ['regions.organisation_id'], name=op.f('fk_invitations_region_id_regions')),
    sa.ForeignKeyConstraint(['subject_id'], ['subjects.id'], name=op.f('fk_invitations_subject_id_subjects')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitations')),
    sa.UniqueConstraint('uuid', name=op.f('uq_invitations_uuid'))
    )
    op.create_index(op.f('ix_invitations_region_id'), 'invitations', ['region_id'], unique=False)
    op.create_index(op.f('ix_invitations_subject_id'), 'invitations', ['subject_id'], unique=False)
    op.create_table('invitation_replies',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('invitation_id', sa.Integer(), nullable=False),
    sa.Column('institution_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('offering_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['institution_id'], ['institutions.organisation_id'], name=op.f('fk_invitation_replies_institution_id_institutions')),
    sa.ForeignKeyConstraint(['invitation_id'], ['invitations.id'], name=op.f('fk_invitation_replies_invitation_id_invitations'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['offering_id'], ['offerings.id'], name=op.f('fk_invitation_replies_offering_id_offerings'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitation_replies')),
    sa.UniqueConstraint('invitation_id', 'institution_id', name=op.f('uq_invitation_replies_invitation_id_institution_id')),
    sa.UniqueConstraint('uuid', name=op.f('uq_invitation_replies_uuid'))
    )
    op.create_index(op.f('ix_invitation_replies_institution_id'), 'invitation_replies', ['institution_id'], unique=False)
    op.create_index(op.f('ix_invitation_replies_invitation_id'), 'invitation_replies', ['invitation_id'], unique=False)
    op.create_index(op.f('ix_invitation_replies_offering_id'), 'invitation_replies', ['offering_id'], unique=False)


def downgrade() -> None:
    op.drop_table('invitation_replies')
    op.drop_table('invitations')
