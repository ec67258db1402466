"""Open calendars by an address, and count the changes of a gathering"""

from alembic import op
import sqlalchemy as sa

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('feeds',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('token_digest', sa.String(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_feeds_organisation_id_organisations')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_feeds_person_id_people'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_feeds')),
    sa.UniqueConstraint('token_digest', name=op.f('uq_feeds_token_digest')),
    sa.UniqueConstraint('uuid', name=op.f('uq_feeds_uuid'))
    )
    with op.batch_alter_table('feeds', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_feeds_person_id'), ['person_id'], unique=False)
        batch_op.create_index('uq_feeds_open', ['person_id', 'kind'], unique=True, sqlite_where=sa.text('ended_at IS NULL AND organisation_id IS NULL'), postgresql_where=sa.text('ended_at IS NULL AND organisation_id IS NULL'))
        batch_op.create_index('uq_feeds_open_of_body', ['person_id', 'kind', 'organisation_id'], unique=True, sqlite_where=sa.text('ended_at IS NULL AND organisation_id IS NOT NULL'), postgresql_where=sa.text('ended_at IS NULL AND organisation_id IS NOT NULL'))

    with op.batch_alter_table('gatherings', schema=None) as batch_op:
        batch_op.add_column(sa.Column('sequence', sa.Integer(), server_default='0', nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('gatherings', schema=None) as batch_op:
        batch_op.drop_column('sequence')

    with op.batch_alter_table('feeds', schema=None) as batch_op:
        batch_op.drop_index('uq_feeds_open_of_body', sqlite_where=sa.text('ended_at IS NULL AND organisation_id IS NOT NULL'), postgresql_where=sa.text('ended_at IS NULL AND organisation_id IS NOT NULL'))
        batch_op.drop_index('uq_feeds_open', sqlite_where=sa.text('ended_at IS NULL AND organisation_id IS NULL'), postgresql_where=sa.text('ended_at IS NULL AND organisation_id IS NULL'))
        batch_op.drop_index(batch_op.f('ix_feeds_person_id'))

    op.drop_table('feeds')
