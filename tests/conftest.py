"""What every test may ask for: the app, a visitor, the database, and the registers."""

import gc
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis
from sqlalchemy import event

from config import database
from tests import compiled, postgres
from tests.databases import PostgresDatabase, SqliteDatabase
from tests.factories import MONDAY

ENGINE = os.environ.get("SEKSTI_TESTS_ON", "sqlite")  # or postgresql
CLUSTER = "SEKSTI_TESTS_CLUSTER"  # folder and password of the run's cluster, for the processes that share it
# That a sign-in was seen, and that somebody tried to sign in.
WRITTEN_WHILE_READING = {"sign_ins", "attempts"}

hypothesis.register_profile("seksti", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
hypothesis.register_profile("drill", hypothesis.get_profile("seksti"), max_examples=1000)
hypothesis.load_profile(os.environ.get("SEKSTI_TESTS_PROFILE", "seksti"))


def pytest_configure(config: pytest.Config) -> None:
    """The first process of a run starts the cluster, the others are told of it through their environment."""
    config.addinivalue_line("markers", "drill: takes minutes, run by `python3 -m tests drill`")
    started = ExitStack()
    config.add_cleanup(started.close)
    started.enter_context(compiled.kept())
    if ENGINE == "postgresql" and CLUSTER not in os.environ and not config.option.collectonly:
        cluster = started.enter_context(postgres.cluster())
        os.environ[CLUSTER] = f"{cluster.folder}|{cluster.password}"
        config.add_cleanup(lambda: os.environ.pop(CLUSTER))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What asks no database, or one of its own, is run once: with SQLite. Named on the command line it is run where it is asked for."""
    if ENGINE == "sqlite" or not set(map(str, config.args)) <= {"tests", str(config.rootpath / "tests")}:
        return
    elsewhere = [item for item in items if "_database" not in getattr(item, "fixturenames", ["_database"])]
    items[:] = [item for item in items if item not in set(elsewhere)]
    config.hook.pytest_deselected(items=elsewhere)


def pytest_collection_finish() -> None:
    """What has been loaded by now stays until the end, so the garbage collector need not look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_report_header() -> str:
    return f"database: {ENGINE}"


@pytest.fixture(scope="session")
def _database(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[SqliteDatabase | PostgresDatabase]:
    own = tmp_path_factory.getbasetemp()
    folder = own if worker_id == "master" else own.parent
    if ENGINE == "sqlite":
        made = SqliteDatabase(folder, worker_id, _migrate)
    else:
        place, password = os.environ[CLUSTER].split("|")
        made = PostgresDatabase(postgres.Cluster(Path(place), password), folder, worker_id, _migrate)
    made.photo("migrated")
    yield made
    made.close()


def _migrate(url: str) -> None:
    app = make_app(url)
    database.upgrade(app)
    database.let_go(app)


def make_app(url: str, **overrides) -> Flask:
    """The product on a database, on a Monday in November 2026. Forms need no token here; a test of that passes WTF_CSRF_ENABLED=True."""
    from wsgi import create_app

    environ = {"SEKSTI_ENV": "test", "SECRET_KEY": "a key for the tests, of more than 32 characters", "DATABASE_URL": url}
    environ["SEKSTI_INSTANCE"] = str(Path(tempfile.gettempdir()) / f"seksti-tests-{os.getuid()}")
    # The run's own server need not be asked before each transaction whether it is still there.
    options = {"SQLALCHEMY_ENGINE_OPTIONS": database.engine_options(url) | {"pool_pre_ping": False}}
    known = {"TESTING": True, "WTF_CSRF_ENABLED": False, "CLOCK": lambda: MONDAY}
    app = create_app({**environ, **overrides.pop("environ", {})}, **{**known, **options, **overrides})
    compiled.keep(app)
    if url.startswith("sqlite"):
        _hurry(app)
    return app


def _hurry(app: Flask) -> None:
    """What is thrown away need not reach the disk."""
    with app.app_context():
        event.listen(database.db.engine, "connect", lambda connection, _record: connection.execute("PRAGMA synchronous=OFF"))


@pytest.fixture(scope="session")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder for uploads and the like, one for each test process."""
    return tmp_path_factory.mktemp("instance")


@pytest.fixture(scope="session")
def _app(_database, instance: Path) -> Iterator[Flask]:
    app = make_app(_database.url, environ={"SEKSTI_INSTANCE": str(instance)})
    app.test_client_class = Visitor
    yield app
    database.let_go(app)


@pytest.fixture
def app(_app: Flask, _database) -> Iterator[Flask]:
    """The product on a migrated, empty database; what the test leaves in it, and in app.config, is gone afterwards."""
    before = dict(_app.config)
    yield _app
    _app.config.clear()
    _app.config.update(before)
    with _app.app_context():
        database.db.session.remove()
    _database.restore("migrated")


@pytest.fixture
def db(app: Flask) -> Iterator[database.SQLAlchemy]:
    """The database, inside an app context, so that queries and services can be called."""
    with app.app_context():
        yield database.db
        database.db.session.rollback()


@pytest.fixture
def client(db, app: Flask) -> "Visitor":
    """A visitor who reads English and is not signed in. Another one: app.test_client()."""
    return app.test_client()


class Visitor(FlaskClient):
    """Asks as a process of its own would: the test's transaction ends first, and its rows are read anew afterwards."""

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"

    def open(self, *arguments, **options):
        _end_transaction()
        with self.application.app_context():  # one of its own: what Flask keeps for a request must not live on in the next
            return super().open(*arguments, **options)


def _end_transaction() -> None:
    try:
        session = database.db.session()
    except RuntimeError:  # no app context, so no transaction
        return
    assert not (session.new or session.dirty or session.deleted), "Commit what the test has changed before a page is asked for."
    session.rollback()


@pytest.fixture
def database_url(app: Flask, _database) -> str:
    """The address of the test's database, for a process of its own."""
    return _database.url


@pytest.fixture
def another_app(database_url: str) -> Iterator[Callable[..., Flask]]:
    """Makes the product once more on the test's database, with other settings: another_app(environ={…}, WTF_CSRF_ENABLED=True)."""
    made: list[Flask] = []

    def make(**overrides) -> Flask:
        made.append(make_app(database_url, **overrides))
        made[-1].test_client_class = Visitor
        return made[-1]

    yield make
    for app in made:
        database.let_go(app)


@pytest.fixture
def fresh_database_url(_database) -> str:
    """The address of a database without tables."""
    return _database.fresh("fresh")


@pytest.fixture(scope="session")
def _photo_with_registers(_app: Flask, _database) -> str:
    result = _app.test_cli_runner().invoke(args=["registers", "load"])
    assert result.exit_code == 0, result.output
    database.let_go(_app)
    photo = _database.photo("registers")
    _database.restore("migrated")
    return photo


@pytest.fixture
def registers(db, _photo_with_registers: str, _database) -> None:
    """All registers shipped with the project are loaded: regions, municipalities, institutions, subjects, schools, owners."""
    db.session.rollback()
    _database.restore(_photo_with_registers)


@pytest.fixture(scope="session")
def _photo_with_halves(_app: Flask, _database) -> tuple[str, tuple]:
    from tests.access import world

    with _app.app_context():
        made = world.make()
        database.db.session.expunge_all()
    photo = _database.photo("halves")
    _database.restore("migrated")
    return photo, made


@pytest.fixture
def halves(app: Flask, _photo_with_halves: tuple[str, tuple], _database) -> Iterator[tuple]:
    """The world of tests/access: what is mine and what is the neighbour's, as they were made. The database as in `db`."""
    photo, made = _photo_with_halves
    _database.restore(photo)
    rows = [row for half in made for row in half.rows()]
    with app.app_context():
        database.db.session.add_all(rows)
        database.db.session.expire_all()
        yield made
        database.db.session.rollback()
        database.db.session.expunge_all()


@pytest.fixture
def content(app: Flask, _database) -> Callable[[], dict[str, list[str]]]:
    """All that is in the database, by table, without what may be written while one only reads."""

    def read() -> dict[str, list[str]]:
        database.db.session.rollback()
        return {table: rows for table, rows in _database.content().items() if table not in WRITTEN_WHILE_READING}

    return read


@pytest.fixture
def count_queries(db):
    """`with count_queries() as seen:` collects the statements sent to the database meanwhile."""

    @contextmanager
    def counting() -> Iterator[list[str]]:
        seen: list[str] = []

        def note(_connection, _cursor, statement: str, *_rest) -> None:
            seen.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        yield seen
        event.remove(db.engine, "before_cursor_execute", note)

    return counting
