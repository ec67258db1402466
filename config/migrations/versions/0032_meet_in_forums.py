"""Meet in the forums of regions"""

from alembic import op
import sqlalchemy as sa

revision = '0032'
down_revision = '0031'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('governor_notes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('county_id', sa.Integer(), nullable=False),
    sa.Column('governor_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_up', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['county_id'], ['counties.id'], name=op.f('fk_governor_notes_county_id_counties')),
    sa.ForeignKeyConstraint(['governor_id'], ['organisations.id'], name=op.f('fk_governor_notes_governor_id_organisations')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_governor_notes_person_id_people'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_governor_notes')),
    sa.UniqueConstraint('uuid', name=op.f('uq_governor_notes_uuid'))
    )
    op.create_index(op.f('ix_governor_notes_county_id'), 'governor_notes', ['county_id'], unique=False)
    op.create_table('forum_meetings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('region_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('held_on', sa.Date(), nullable=False),
    sa.Column('place', sa.String(), nullable=True),
    sa.Column('agenda', sa.String(), nullable=True),
    sa.Column('minutes', sa.String(), nullable=True),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('made_up', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['region_id'], ['regions.organisation_id'], name=op.f('fk_forum_meetings_region_id_regions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_forum_meetings')),
    sa.UniqueConstraint('uuid', name=op.f('uq_forum_meetings_uuid'))
    )
    op.create_index(op.f('ix_forum_meetings_region_id'), 'forum_meetings', ['region_id'], unique=False)
    op.create_table('forum_parties',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('region_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_forum_parties_organisation_id_organisations')),
    sa.ForeignKeyConstraint(['region_id'], ['regions.organisation_id'], name=op.f('fk_forum_parties_region_id_regions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_forum_parties')),
    sa.UniqueConstraint('uuid', name=op.f('uq_forum_parties_uuid'))
    )
    op.create_index(op.f('ix_forum_parties_region_id'), 'forum_parties', ['region_id'], unique=False)
    op.create_table('forum_decisions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=True),
    sa.Column('band', sa.String(), nullable=True),
    sa.Column('party_id', sa.Integer(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('done_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['meeting_id'], ['forum_meetings.id'], name=op.f('fk_forum_decisions_meeting_id_forum_meetings'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['party_id'], ['forum_parties.id'], name=op.f('fk_forum_decisions_party_id_forum_parties')),
    sa.ForeignKeyConstraint(['subject_id'], ['subjects.id'], name=op.f('fk_forum_decisions_subject_id_subjects')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_forum_decisions')),
    sa.UniqueConstraint('uuid', name=op.f('uq_forum_decisions_uuid'))
    )
    op.create_index(op.f('ix_forum_decisions_meeting_id'), 'forum_decisions', ['meeting_id'], unique=False)
    op.create_index(op.f('ix_forum_decisions_subject_id'), 'forum_decisions', ['subject_id'], unique=False)
    op.create_table('forum_presences',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('party_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['forum_meetings.id'], name=op.f('fk_forum_presences_meeting_id_forum_meetings'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['party_id'], ['forum_parties.id'], name=op.f('fk_forum_presences_party_id_forum_parties')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_forum_presences')),
    sa.UniqueConstraint('meeting_id', 'party_id', name=op.f('uq_forum_presences_meeting_id_party_id'))
    )


def downgrade() -> None:
    op.drop_table('forum_presences')
    op.drop_table('forum_decisions')
    op.drop_table('forum_parties')
    op.drop_table('forum_meetings')
    op.drop_table('governor_notes')
