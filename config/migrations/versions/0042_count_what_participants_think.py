"""Count what participants think"""

from alembic import op
import sqlalchemy as sa

revision = '0042'
down_revision = '0041'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('evaluation_questions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name_nb', sa.String(), nullable=False),
    sa.Column('name_nn', sa.String(), nullable=True),
    sa.Column('name_en', sa.String(), nullable=True),
    sa.Column('name_se', sa.String(), nullable=True),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('confirmed', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evaluation_questions')),
    sa.UniqueConstraint('code', name=op.f('uq_evaluation_questions_code'))
    )
    op.create_table('evaluation_tallies',
    sa.Column('offering_id', sa.Integer(), nullable=False),
    sa.Column('question_id', sa.Integer(), nullable=False),
    sa.Column('value', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('shown', sa.Integer(), nullable=False),
    sa.CheckConstraint('shown >= 0 AND shown <= number', name=op.f('ck_evaluation_tallies_shown_within')),
    sa.ForeignKeyConstraint(['offering_id'], ['offerings.id'], name=op.f('fk_evaluation_tallies_offering_id_offerings'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['question_id'], ['evaluation_questions.id'], name=op.f('fk_evaluation_tallies_question_id_evaluation_questions')),
    sa.PrimaryKeyConstraint('offering_id', 'question_id', 'value', name=op.f('pk_evaluation_tallies'))
    )
    op.create_table('evaluation_turnouts',
    sa.Column('offering_id', sa.Integer(), nullable=False),
    sa.Column('answers', sa.Integer(), nullable=False),
    sa.Column('shown', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['offering_id'], ['offerings.id'], name=op.f('fk_evaluation_turnouts_offering_id_offerings'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('offering_id', name=op.f('pk_evaluation_turnouts'))
    )
    op.create_table('evaluations_answered',
    sa.Column('enrolment_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['enrolment_id'], ['enrolments.id'], name=op.f('fk_evaluations_answered_enrolment_id_enrolments'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('enrolment_id', name=op.f('pk_evaluations_answered'))
    )


def downgrade() -> None:
    op.drop_table('evaluations_answered')
    op.drop_table('evaluation_turnouts')
    op.drop_table('evaluation_tallies')
    op.drop_table('evaluation_questions')
