"""Adds those who take part to the app."""

from flask import Flask

from enrolment.progress import models as progress  # noqa: F401
from enrolment.registers.cli import registers
from enrolment.results import models as results  # noqa: F401
from enrolment.schools import models as schools  # noqa: F401


def init_app(app: Flask) -> None:
    app.cli.add_command(registers)
