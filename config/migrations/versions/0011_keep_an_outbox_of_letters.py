"""Keep an outbox of letters"""

from alembic import op
import sqlalchemy as sa

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('mail_choices',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('topic', sa.String(), nullable=False),
    sa.Column('how', sa.String(length=40), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_mail_choices_person_id_people'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mail_choices')),
    sa.UniqueConstraint('person_id', 'topic', name=op.f('uq_mail_choices_person_id_topic'))
    )
    with op.batch_alter_table('mail_choices', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mail_choices_person_id'), ['person_id'], unique=False)

    op.create_table('letters',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('message_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('how', sa.String(length=40), nullable=True),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('held_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('went_with', sa.Uuid(), nullable=True),
    sa.Column('why', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['message_id'], ['messages.id'], name=op.f('fk_letters_message_id_messages'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_letters_person_id_people'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letters')),
    sa.UniqueConstraint('message_id', name=op.f('uq_letters_message_id')),
    sa.UniqueConstraint('uuid', name=op.f('uq_letters_uuid'))
    )
    with op.batch_alter_table('letters', schema=None) as batch_op:
        batch_op.create_index('ix_letters_due', ['state', 'due_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_letters_person_id'), ['person_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('letters', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_letters_person_id'))
        batch_op.drop_index('ix_letters_due')

    op.drop_table('letters')
    with op.batch_alter_table('mail_choices', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_mail_choices_person_id'))

    op.drop_table('mail_choices')
