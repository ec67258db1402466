"""Alembic's environment: the connection is handed in by config.database, the models by whoever built the app."""

from alembic import context

from config.database import db




def migrate() -> None:
    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()


migrate()
