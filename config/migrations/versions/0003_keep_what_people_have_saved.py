"""Keep what people have saved"""

from alembic import op
import sqlalchemy as sa

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('saved_searches',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('query', sa.String(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=True),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('alert', sa.String(length=40), nullable=False),
    sa.Column('next_on', sa.Date(), nullable=True),
    sa.Column('seen_studies', sa.LargeBinary(), nullable=False),
    sa.Column('seen_runs', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_saved_searches_person_id_people'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_searches')),
    sa.UniqueConstraint('person_id', 'digest', name=op.f('uq_saved_searches_person_id_digest')),
    sa.UniqueConstraint('uuid', name=op.f('uq_saved_searches_uuid'))
    )
    with op.batch_alter_table('saved_searches', schema=None) as batch_op:
        batch_op.create_index('ix_saved_searches_due', ['alert', 'next_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_saved_searches_person_id'), ['person_id'], unique=False)

    op.create_table('search_news',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('found', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_search_news_person_id_people'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_search_news')),
    sa.UniqueConstraint('uuid', name=op.f('uq_search_news_uuid'))
    )
    with op.batch_alter_table('search_news', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_search_news_person_id'), ['person_id'], unique=False)

    op.create_table('searches_made',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('query', sa.String(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_searches_made_person_id_people'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_searches_made')),
    sa.UniqueConstraint('person_id', 'digest', name=op.f('uq_searches_made_person_id_digest')),
    sa.UniqueConstraint('uuid', name=op.f('uq_searches_made_uuid'))
    )
    with op.batch_alter_table('searches_made', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_searches_made_person_id'), ['person_id'], unique=False)

    op.create_table('saved_studies',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('module_id', sa.Integer(), nullable=False),
    sa.Column('offering_id', sa.Integer(), nullable=True),
    sa.Column('note', sa.String(), nullable=True),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['module_id'], ['modules.id'], name=op.f('fk_saved_studies_module_id_modules'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['offering_id'], ['offerings.id'], name=op.f('fk_saved_studies_offering_id_offerings'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_saved_studies_person_id_people'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_studies')),
    sa.UniqueConstraint('person_id', 'offering_id', name=op.f('uq_saved_studies_person_id_offering_id')),
    sa.UniqueConstraint('uuid', name=op.f('uq_saved_studies_uuid'))
    )
    with op.batch_alter_table('saved_studies', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_saved_studies_module_id'), ['module_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_saved_studies_offering_id'), ['offering_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_saved_studies_person_id'), ['person_id'], unique=False)
        batch_op.create_index('uq_saved_studies_whole_module', ['person_id', 'module_id'], unique=True, sqlite_where=sa.text('offering_id IS NULL'), postgresql_where=sa.text('offering_id IS NULL'))


def downgrade() -> None:
    with op.batch_alter_table('saved_studies', schema=None) as batch_op:
        batch_op.drop_index('uq_saved_studies_whole_module', sqlite_where=sa.text('offering_id IS NULL'), postgresql_where=sa.text('offering_id IS NULL'))
        batch_op.drop_index(batch_op.f('ix_saved_studies_person_id'))
        batch_op.drop_index(batch_op.f('ix_saved_studies_offering_id'))
        batch_op.drop_index(batch_op.f('ix_saved_studies_module_id'))

    op.drop_table('saved_studies')
    with op.batch_alter_table('searches_made', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_searches_made_person_id'))

    op.drop_table('searches_made')
    with op.batch_alter_table('search_news', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_search_news_person_id'))

    op.drop_table('search_news')
    with op.batch_alter_table('saved_searches', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_saved_searches_person_id'))
        batch_op.drop_index('ix_saved_searches_due')

    op.drop_table('saved_searches')
