"""Let teachers share progress and plans, and take it back"""

from alembic import op
import sqlalchemy as sa

revision = '0025'
down_revision = '0024'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('progress_shares',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('reader', sa.String(length=40), nullable=False),
    sa.Column('given_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_progress_shares_person_id_people'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_progress_shares')),
    sa.UniqueConstraint('uuid', name=op.f('uq_progress_shares_uuid'))
    )
    with op.batch_alter_table('progress_shares', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_progress_shares_person_id'), ['person_id'], unique=False)
        batch_op.create_index('uq_progress_shares_open', ['person_id', 'reader'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))

    op.create_table('plan_shares',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('plan_id', sa.Integer(), nullable=False),
    sa.Column('token_digest', sa.String(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['plan_id'], ['study_plans.id'], name=op.f('fk_plan_shares_plan_id_study_plans'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_shares')),
    sa.UniqueConstraint('token_digest', name=op.f('uq_plan_shares_token_digest')),
    sa.UniqueConstraint('uuid', name=op.f('uq_plan_shares_uuid'))
    )
    with op.batch_alter_table('plan_shares', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_plan_shares_plan_id'), ['plan_id'], unique=False)
        batch_op.create_index('uq_plan_shares_open', ['plan_id'], unique=True, sqlite_where=sa.text('ended_at IS NULL AND token_digest IS NULL'), postgresql_where=sa.text('ended_at IS NULL AND token_digest IS NULL'))


def downgrade() -> None:
    op.drop_table('plan_shares')
    op.drop_table('progress_shares')
