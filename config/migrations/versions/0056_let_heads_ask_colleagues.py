"""Let heads ask colleagues to apply together"""

from alembic import op
import sqlalchemy as sa

revision = '0056'
down_revision = '0055'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('group_askings',
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['asked_by_id'], ['people.id'], name=op.f('fk_group_askings_asked_by_id_people'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['group_id'], ['application_groups.id'], name=op.f('fk_group_askings_group_id_application_groups'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['school_id'], ['schools.organisation_id'], name=op.f('fk_group_askings_school_id_schools')),
    sa.PrimaryKeyConstraint('group_id', name=op.f('pk_group_askings'))
    )
    with op.batch_alter_table('group_askings', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_group_askings_asked_by_id'), ['asked_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_group_askings_school_id'), ['school_id'], unique=False)

    op.create_table('group_asked_runs',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('offering_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['group_askings.group_id'], name=op.f('fk_group_asked_runs_group_id_group_askings'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['offering_id'], ['offerings.id'], name=op.f('fk_group_asked_runs_offering_id_offerings'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_group_asked_runs')),
    sa.UniqueConstraint('group_id', 'offering_id', name=op.f('uq_group_asked_runs_group_id_offering_id'))
    )
    with op.batch_alter_table('group_asked_runs', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_group_asked_runs_offering_id'), ['offering_id'], unique=False)


def downgrade() -> None:
    op.drop_table('group_asked_runs')
    op.drop_table('group_askings')
