"""State which modules cannot be taken in the same semester"""

from alembic import op
import sqlalchemy as sa

revision = '0040'
down_revision = '0039'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('term_clashes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('module_id', sa.Integer(), nullable=False),
    sa.Column('other_id', sa.Integer(), nullable=False),
    sa.Column('source', sa.String(), nullable=True),
    sa.CheckConstraint('module_id != other_id', name=op.f('ck_term_clashes_not_itself')),
    sa.ForeignKeyConstraint(['module_id'], ['modules.id'], name=op.f('fk_term_clashes_module_id_modules'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['other_id'], ['modules.id'], name=op.f('fk_term_clashes_other_id_modules'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_term_clashes')),
    sa.UniqueConstraint('module_id', 'other_id', name=op.f('uq_term_clashes_module_id_other_id'))
    )
    with op.batch_alter_table('term_clashes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_term_clashes_module_id'), ['module_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_term_clashes_other_id'), ['other_id'], unique=False)


def downgrade() -> None:
    op.drop_table('term_clashes')
