"""What the processes of a run have compiled of the templates is kept where all of them look, since each would compile all of them anew."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from jinja2 import FileSystemBytecodeCache

FOLDER = "SEKSTI_TESTS_COMPILED"


@contextmanager
def kept() -> Iterator[None]:
    """Until the block ends there is a folder for it, which this process's own processes are told of; one that is there already is used."""
    if FOLDER in os.environ:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="seksti-tests-compiled-") as folder:
        os.environ[FOLDER] = folder
        try:
            yield
        finally:
            del os.environ[FOLDER]


def keep(app: Flask) -> None:
    """The app's templates are looked for there first; outside a run there is nowhere to look."""
    if FOLDER in os.environ:
        app.jinja_env.bytecode_cache = FileSystemBytecodeCache(os.environ[FOLDER])
