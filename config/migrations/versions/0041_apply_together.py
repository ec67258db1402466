"""Let colleagues apply together"""

from alembic import op
import sqlalchemy as sa

revision = '0041'
down_revision = '0040'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('application_groups',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('cycle_id', sa.Integer(), nullable=False),
    sa.Column('strand', sa.String(length=40), nullable=False),
    sa.Column('founder_id', sa.Integer(), nullable=False),
    sa.Column('mode', sa.String(length=40), nullable=False),
    sa.Column('least', sa.Integer(), nullable=False),
    sa.Column('made_up', sa.Boolean(), nullable=False),
    sa.CheckConstraint('least > 1', name=op.f('ck_application_groups_least_is_two')),
    sa.ForeignKeyConstraint(['cycle_id'], ['cycles.id'], name=op.f('fk_application_groups_cycle_id_cycles')),
    sa.ForeignKeyConstraint(['founder_id'], ['people.id'], name=op.f('fk_application_groups_founder_id_people'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_application_groups')),
    sa.UniqueConstraint('uuid', name=op.f('uq_application_groups_uuid'))
    )
    with op.batch_alter_table('application_groups', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_application_groups_cycle_id'), ['cycle_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_application_groups_founder_id'), ['founder_id'], unique=False)

    op.create_table('group_fellows',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('application_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('invited_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("state <> 'joined' OR application_id IS NOT NULL", name=op.f('ck_group_fellows_joined_applies')),
    sa.ForeignKeyConstraint(['application_id'], ['applications.id'], name=op.f('fk_group_fellows_application_id_applications'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['group_id'], ['application_groups.id'], name=op.f('fk_group_fellows_group_id_application_groups'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_group_fellows_person_id_people'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_group_fellows')),
    sa.UniqueConstraint('group_id', 'person_id', name=op.f('uq_group_fellows_group_id_person_id'))
    )
    with op.batch_alter_table('group_fellows', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_group_fellows_person_id'), ['person_id'], unique=False)
        batch_op.create_index('uq_group_fellows_joined', ['application_id'], unique=True, sqlite_where=sa.text("state = 'joined'"), postgresql_where=sa.text("state = 'joined'"))

    with op.batch_alter_table('applications', schema=None) as batch_op:
        batch_op.add_column(sa.Column('people', sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('applications', schema=None) as batch_op:
        batch_op.drop_column('people')

    op.drop_table('group_fellows')
    op.drop_table('application_groups')
