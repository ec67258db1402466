"""`flask tick`: what waits for the clock. Each package adds its own tasks; all are found by query, so a round may be run at any
time, twice, or on several machines."""

import time
from collections.abc import Callable
from datetime import datetime

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from config.clock import now
from config.database import db
from config.logs import log

Task = Callable[[datetime], int]


def add(app: Flask, name: str, task: Task) -> None:
    """Adds a task: it is told the time, commits what it does, and gives the number of steps it took."""
    app.extensions.setdefault("tick", {})[name] = task


def init_app(app: Flask) -> None:
    app.cli.add_command(tick)


@click.command("tick")
@click.option("--every", type=click.IntRange(1), metavar="SECONDS", help="Go on for ever, with so many seconds between the rounds.")
@with_appcontext
def tick(every: int | None) -> None:
    """Do what waits for the clock: lapses, offers, reminders, mail. Safe to run at any time and on several machines."""
    failed = take_round()
    while every:
        time.sleep(every)
        failed = take_round()
    if failed:
        raise click.ClickException(f"These tasks failed, and the log says why: {', '.join(failed)}.")


def take_round() -> list[str]:
    """Runs every task once. One that fails does not keep the others from their work; gives the names of those."""
    tasks = current_app.extensions.get("tick", {})
    return [name for name, task in tasks.items() if not _done(name, task)]


def _done(name: str, task: Task) -> bool:
    with current_app.app_context():
        try:
            steps = task(now())
        except Exception:
            db.session.rollback()
            log.exception("task failed", task=name)
            return False
    if steps:
        log.info("task done", task=name, steps=steps)
    return True
