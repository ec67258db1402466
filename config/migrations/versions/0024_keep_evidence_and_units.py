"""Keep the evidence and the units of earlier education"""

from alembic import op
import sqlalchemy as sa

revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('credit_units',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('credits', sa.Integer(), nullable=True),
    sa.Column('name_nb', sa.String(), nullable=False),
    sa.Column('name_nn', sa.String(), nullable=True),
    sa.Column('name_en', sa.String(), nullable=True),
    sa.Column('name_se', sa.String(), nullable=True),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('confirmed', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_credit_units')),
    sa.UniqueConstraint('code', name=op.f('uq_credit_units_code'))
    )
    op.create_table('evidence',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('claim_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('stored_as', sa.String(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['claim_id'], ['prior_credits.id'], name=op.f('fk_evidence_claim_id_prior_credits'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evidence')),
    sa.UniqueConstraint('stored_as', name=op.f('uq_evidence_stored_as')),
    sa.UniqueConstraint('uuid', name=op.f('uq_evidence_uuid'))
    )
    with op.batch_alter_table('evidence', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_evidence_claim_id'), ['claim_id'], unique=False)

    with op.batch_alter_table('prior_credits', schema=None) as batch_op:
        batch_op.add_column(sa.Column('claimed_credits', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('unit', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('stated', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('country', sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('prior_credits', schema=None) as batch_op:
        batch_op.drop_column('country')
        batch_op.drop_column('stated')
        batch_op.drop_column('unit')
        batch_op.drop_column('claimed_credits')

    op.drop_table('evidence')
    op.drop_table('credit_units')
