"""Keep signing keys and statements of credits"""

from alembic import op
import sqlalchemy as sa

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('statements',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('holder', sa.String(), nullable=False),
    sa.Column('purpose', sa.String(), nullable=True),
    sa.Column('with_marks', sa.Boolean(), nullable=False),
    sa.Column('token_digest', sa.String(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_statements_person_id_people'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_statements')),
    sa.UniqueConstraint('token_digest', name=op.f('uq_statements_token_digest')),
    sa.UniqueConstraint('uuid', name=op.f('uq_statements_uuid'))
    )
    with op.batch_alter_table('statements', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_statements_person_id'), ['person_id'], unique=False)

    op.create_table('signing_keys',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('institution_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('public', sa.JSON(), nullable=False),
    sa.Column('certificate', sa.String(), nullable=False),
    sa.Column('sealed', sa.String(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['institution_id'], ['institutions.organisation_id'], name=op.f('fk_signing_keys_institution_id_institutions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_signing_keys')),
    sa.UniqueConstraint('uuid', name=op.f('uq_signing_keys_uuid'))
    )
    with op.batch_alter_table('signing_keys', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_signing_keys_institution_id'), ['institution_id'], unique=False)
        batch_op.create_index('uq_signing_keys_institution', ['institution_id'], unique=True, sqlite_where=sa.text("state = 'signing' AND institution_id IS NOT NULL"), postgresql_where=sa.text("state = 'signing' AND institution_id IS NOT NULL"))
        batch_op.create_index('uq_signing_keys_seksti', ['state'], unique=True, sqlite_where=sa.text("state = 'signing' AND institution_id IS NULL"), postgresql_where=sa.text("state = 'signing' AND institution_id IS NULL"))

    op.create_table('statement_lines',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('statement_id', sa.Integer(), nullable=False),
    sa.Column('voucher', sa.String(length=40), nullable=False),
    sa.Column('result_id', sa.Integer(), nullable=True),
    sa.Column('claim_id', sa.Integer(), nullable=True),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('code', sa.String(), nullable=True),
    sa.Column('institution', sa.String(), nullable=False),
    sa.Column('institution_number', sa.String(), nullable=True),
    sa.Column('vouched_by', sa.String(), nullable=False),
    sa.Column('credits', sa.Integer(), nullable=False),
    sa.Column('mark', sa.String(length=40), nullable=True),
    sa.Column('finished_on', sa.Date(), nullable=True),
    sa.Column('made_up', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['claim_id'], ['prior_credits.id'], name=op.f('fk_statement_lines_claim_id_prior_credits'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['result_id'], ['results.id'], name=op.f('fk_statement_lines_result_id_results'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['statement_id'], ['statements.id'], name=op.f('fk_statement_lines_statement_id_statements'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_statement_lines'))
    )
    with op.batch_alter_table('statement_lines', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_statement_lines_claim_id'), ['claim_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_statement_lines_result_id'), ['result_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_statement_lines_statement_id'), ['statement_id'], unique=False)


def downgrade() -> None:
    op.drop_table('statement_lines')
    op.drop_table('signing_keys')
    op.drop_table('statements')
