"""Close batches of the ledger for accounting"""

from alembic import op
import sqlalchemy as sa

revision = '0049'
down_revision = '0048'
branch_labels = None
depends_on = None

# What of a closed batch stays; who closed it may be erased.
CLOSED = """
    OLD.closed_at IS NOT NULL AND (OLD.number <> NEW.number OR OLD.name <> NEW.name OR OLD.voucher_on <> NEW.voucher_on OR OLD.state <> NEW.state
        OR NEW.closed_at IS NULL OR OLD.closed_at <> NEW.closed_at OR OLD.digest <> NEW.digest OR CAST(OLD.columns AS TEXT) <> CAST(NEW.columns AS TEXT)
        OR CAST(OLD.lines AS TEXT) <> CAST(NEW.lines AS TEXT))
"""
GUARDS = (
    ("closed_batch_stays", "money_batches", "UPDATE", CLOSED), ("closed_batch_is_kept", "money_batches", "DELETE", "OLD.closed_at IS NOT NULL"),
    ("batch_entry_stays", "batch_entries", "UPDATE", "1 = 1"), ("batch_entry_is_kept", "batch_entries", "DELETE", "1 = 1"),
    ("batch_owner_stays", "batch_owners", "UPDATE", "1 = 1"), ("batch_owner_is_kept", "batch_owners", "DELETE", "1 = 1"),
)
SENTENCE = "a closed batch never changes"


def upgrade() -> None:
    op.create_table('export_columns',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('heading', sa.String(), nullable=False),
    sa.Column('what', sa.String(length=40), nullable=False),
    sa.Column('fixed', sa.String(), nullable=True),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('confirmed', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_export_columns')),
    sa.UniqueConstraint('code', name=op.f('uq_export_columns_code'))
    )
    op.create_table('account_codings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('strand', sa.String(length=40), nullable=True),
    sa.Column('scheme_id', sa.Integer(), nullable=True),
    sa.Column('account', sa.String(), nullable=False),
    sa.Column('counter_account', sa.String(), nullable=False),
    sa.Column('cost_centre', sa.String(), nullable=True),
    sa.Column('project', sa.String(), nullable=True),
    sa.Column('vat_code', sa.String(), nullable=True),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('confirmed', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['scheme_id'], ['schemes.id'], name=op.f('fk_account_codings_scheme_id_schemes')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account_codings')),
    sa.UniqueConstraint('code', name=op.f('uq_account_codings_code'))
    )
    op.create_table('money_batches',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('voucher_on', sa.Date(), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_by_id', sa.Integer(), nullable=True),
    sa.Column('columns', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('lines', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('digest', sa.String(), nullable=True),
    sa.Column('made_up', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['closed_by_id'], ['people.id'], name=op.f('fk_money_batches_closed_by_id_people'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_money_batches')),
    sa.UniqueConstraint('number', name=op.f('uq_money_batches_number')),
    sa.UniqueConstraint('uuid', name=op.f('uq_money_batches_uuid'))
    )
    with op.batch_alter_table('money_batches', schema=None) as batch_op:
        batch_op.create_index('uq_money_batches_one_open', ['state'], unique=True, sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))

    op.create_table('batch_owners',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('batch_id', sa.Integer(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.Column('brought_oere', sa.BigInteger(), nullable=False),
    sa.Column('entries_oere', sa.BigInteger(), nullable=False),
    sa.Column('paid_oere', sa.BigInteger(), nullable=False),
    sa.Column('carried_oere', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['batch_id'], ['money_batches.id'], name=op.f('fk_batch_owners_batch_id_money_batches')),
    sa.ForeignKeyConstraint(['owner_id'], ['school_owners.organisation_id'], name=op.f('fk_batch_owners_owner_id_school_owners')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_batch_owners')),
    sa.UniqueConstraint('batch_id', 'owner_id', name=op.f('uq_batch_owners_batch_id_owner_id'))
    )
    with op.batch_alter_table('batch_owners', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_batch_owners_owner_id'), ['owner_id'], unique=False)

    op.create_table('batch_entries',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('batch_id', sa.Integer(), nullable=False),
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['batch_id'], ['money_batches.id'], name=op.f('fk_batch_entries_batch_id_money_batches')),
    sa.ForeignKeyConstraint(['entry_id'], ['money_entries.id'], name=op.f('fk_batch_entries_entry_id_money_entries')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_batch_entries')),
    sa.UniqueConstraint('entry_id', name=op.f('uq_batch_entries_entry_id'))
    )
    with op.batch_alter_table('batch_entries', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_batch_entries_batch_id'), ['batch_id'], unique=False)

    keep_closed()


def keep_closed() -> None:
    """A closed batch and what is in it change by no statement, whoever sends it."""
    for name, table, event, when in GUARDS:
        if op.get_bind().dialect.name == "postgresql":
            gives = "NEW" if event == "UPDATE" else "OLD"
            raising = f"BEGIN IF {when} THEN RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'restrict_violation'; END IF; RETURN {gives}; END"
            op.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${raising}$$")
            op.execute(f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")
        else:
            op.execute(f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END")


def downgrade() -> None:
    op.drop_table('batch_entries')
    op.drop_table('batch_owners')
    op.drop_table('money_batches')  # and their triggers with them
    if op.get_bind().dialect.name == "postgresql":
        for name, *_rest in GUARDS:
            op.execute(f"DROP FUNCTION {name}")
    op.drop_table('account_codings')
    op.drop_table('export_columns')
