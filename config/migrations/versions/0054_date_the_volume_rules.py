"""Date how the volume of a priority group may move"""

from alembic import op
import sqlalchemy as sa

revision = '0054'
down_revision = '0053'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('priority_group_rules',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('volume_rule', sa.String(length=40), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('confirmed', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['priority_groups.id'], name=op.f('fk_priority_group_rules_group_id_priority_groups')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_priority_group_rules')),
    sa.UniqueConstraint('group_id', 'valid_from', name=op.f('uq_priority_group_rules_group_id_valid_from'))
    )


def downgrade() -> None:
    op.drop_table('priority_group_rules')
