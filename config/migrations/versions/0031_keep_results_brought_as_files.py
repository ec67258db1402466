"""Keep results brought as files"""

from alembic import op
import sqlalchemy as sa

revision = '0031'
down_revision = '0030'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('trusted_signers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('certificate', sa.String(), nullable=False),
    sa.Column('fingerprint', sa.String(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('confirmed', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_trusted_signers')),
    sa.UniqueConstraint('fingerprint', name=op.f('uq_trusted_signers_fingerprint'))
    )
    op.create_table('elmo_files',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('stored_as', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('taken_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('signer_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_elmo_files_person_id_people'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['signer_id'], ['trusted_signers.id'], name=op.f('fk_elmo_files_signer_id_trusted_signers')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_elmo_files')),
    sa.UniqueConstraint('stored_as', name=op.f('uq_elmo_files_stored_as')),
    sa.UniqueConstraint('uuid', name=op.f('uq_elmo_files_uuid'))
    )
    with op.batch_alter_table('elmo_files', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_elmo_files_person_id'), ['person_id'], unique=False)

    op.create_table('claims_uploads',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('rows', sa.JSON(), nullable=False),
    sa.Column('refused', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['owner_id'], ['school_owners.organisation_id'], name=op.f('fk_claims_uploads_owner_id_school_owners')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_claims_uploads')),
    sa.UniqueConstraint('uuid', name=op.f('uq_claims_uploads_uuid'))
    )
    with op.batch_alter_table('claims_uploads', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_claims_uploads_owner_id'), ['owner_id'], unique=False)

    with op.batch_alter_table('prior_credits', schema=None) as batch_op:
        batch_op.add_column(sa.Column('elmo_file_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('source_key', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('elmo_about', sa.String(), nullable=True))
        batch_op.create_index(batch_op.f('ix_prior_credits_elmo_file_id'), ['elmo_file_id'], unique=False)
        batch_op.create_index('uq_prior_credits_brought_once', ['person_id', 'source_key'], unique=True, sqlite_where=sa.text("source_key IS NOT NULL AND state IN ('claimed', 'verified')"), postgresql_where=sa.text("source_key IS NOT NULL AND state IN ('claimed', 'verified')"))
        batch_op.create_foreign_key(batch_op.f('fk_prior_credits_elmo_file_id_elmo_files'), 'elmo_files', ['elmo_file_id'], ['id'], ondelete='SET NULL')


def downgrade() -> None:
    with op.batch_alter_table('prior_credits', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_prior_credits_elmo_file_id_elmo_files'), type_='foreignkey')
        batch_op.drop_index('uq_prior_credits_brought_once', sqlite_where=sa.text("source_key IS NOT NULL AND state IN ('claimed', 'verified')"), postgresql_where=sa.text("source_key IS NOT NULL AND state IN ('claimed', 'verified')"))
        batch_op.drop_index(batch_op.f('ix_prior_credits_elmo_file_id'))
        batch_op.drop_column('elmo_about')
        batch_op.drop_column('source_key')
        batch_op.drop_column('elmo_file_id')

    op.drop_table('claims_uploads')
    op.drop_table('elmo_files')
    op.drop_table('trusted_signers')
