"""Keep the files that editors send in, and what they publish at once"""

from alembic import op
import sqlalchemy as sa

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('bulk_publications',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('institution_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('things', sa.JSON(), nullable=False),
    sa.Column('left', sa.JSON(), nullable=False),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('stayed', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['institution_id'], ['institutions.organisation_id'], name=op.f('fk_bulk_publications_institution_id_institutions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bulk_publications')),
    sa.UniqueConstraint('uuid', name=op.f('uq_bulk_publications_uuid'))
    )
    op.create_index(op.f('ix_bulk_publications_institution_id'), 'bulk_publications', ['institution_id'], unique=False)

    op.create_table('bulk_uploads',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('institution_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('report', sa.JSON(), nullable=True),
    sa.ForeignKeyConstraint(['institution_id'], ['institutions.organisation_id'], name=op.f('fk_bulk_uploads_institution_id_institutions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bulk_uploads')),
    sa.UniqueConstraint('uuid', name=op.f('uq_bulk_uploads_uuid'))
    )
    op.create_index(op.f('ix_bulk_uploads_institution_id'), 'bulk_uploads', ['institution_id'], unique=False)


def downgrade() -> None:
    op.drop_table('bulk_uploads')
    op.drop_table('bulk_publications')
