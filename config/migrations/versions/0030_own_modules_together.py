"""Let several institutions own one module"""

from alembic import op
import sqlalchemy as sa

revision = '0030'
down_revision = '0029'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('module_partners',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('module_id', sa.Integer(), nullable=False),
    sa.Column('institution_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('share', sa.Integer(), nullable=True),
    sa.Column('place', sa.String(), nullable=True),
    sa.Column('turn', sa.Integer(), nullable=False),
    sa.CheckConstraint('share IS NULL OR share >= 0', name=op.f('ck_module_partners_share_not_negative')),
    sa.ForeignKeyConstraint(['institution_id'], ['institutions.organisation_id'], name=op.f('fk_module_partners_institution_id_institutions')),
    sa.ForeignKeyConstraint(['module_id'], ['modules.id'], name=op.f('fk_module_partners_module_id_modules'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_module_partners')),
    sa.UniqueConstraint('module_id', 'institution_id', name=op.f('uq_module_partners_module_id_institution_id')),
    sa.UniqueConstraint('uuid', name=op.f('uq_module_partners_uuid'))
    )
    with op.batch_alter_table('module_partners', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_module_partners_institution_id'), ['institution_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_module_partners_module_id'), ['module_id'], unique=False)

    op.add_column('modules', sa.Column('rotates_from', sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column('modules', 'rotates_from')
    op.drop_table('module_partners')
