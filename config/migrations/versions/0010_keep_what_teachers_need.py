"""Keep what teachers told their region that they need"""

from alembic import op
import sqlalchemy as sa

revision = '0010'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('needs_told',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('query', sa.String(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_needs_told_person_id_people'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_needs_told')),
    sa.UniqueConstraint('person_id', 'digest', name=op.f('uq_needs_told_person_id_digest')),
    sa.UniqueConstraint('uuid', name=op.f('uq_needs_told_uuid'))
    )
    op.create_index(op.f('ix_needs_told_person_id'), 'needs_told', ['person_id'], unique=False)


def downgrade() -> None:
    op.drop_table('needs_told')
