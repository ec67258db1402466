"""Say who is admitted to a module, what it asks for, and which group a run is"""

from alembic import op
import sqlalchemy as sa

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

COLUMNS = {
    'modules': (
        ('selection', sa.String(length=40)), ('must_teach', sa.Boolean()), ('attendance', sa.Integer()), ('in_master', sa.Boolean()),
    ),
    'offerings': (('group_name', sa.String()),),
}


def upgrade() -> None:
    for table, columns in COLUMNS.items():
        for name, kind in columns:
            op.add_column(table, sa.Column(name, kind, nullable=True))
    op.create_table('bonus_points',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('module_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('points', sa.Integer(), nullable=False),
    sa.CheckConstraint('points > 0', name=op.f('ck_bonus_points_points_positive')),
    sa.ForeignKeyConstraint(['module_id'], ['modules.id'], name=op.f('fk_bonus_points_module_id_modules'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bonus_points'))
    )
    op.create_index(op.f('ix_bonus_points_module_id'), 'bonus_points', ['module_id'], unique=False)


def downgrade() -> None:
    op.drop_table('bonus_points')
    for table, columns in COLUMNS.items():
        for name, _kind in columns:
            op.drop_column(table, name)
