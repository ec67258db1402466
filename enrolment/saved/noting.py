"""Remembers the latest searches of those who are signed in. Hangs after the search page, which knows nothing of it."""

from flask import Flask, Response, g, request
from sqlalchemy.exc import DBAPIError

from catalog.search import snapshot
from config.clock import now
from config.database import db, only_reads, start_writing
from config.http import READS
from config.logs import log
from enrolment.saved import replay, services

SEARCH_PAGE = "catalog.search"


def init_app(app: Flask) -> None:
    app.after_request(note_search)


def note_search(response: Response) -> Response:
    """A search that asks for something and was answered is remembered. Where that fails, the answer is still given."""
    if request.endpoint == SEARCH_PAGE and request.method == "GET" and response.status_code == 200 and g.get("actor"):
        query = replay.canonical(request.args.items(multi=True), snapshot.now())
        if query:
            _note(query)
    return response


def _note(query: str) -> None:
    start_writing()
    try:
        services.note_search(query, actor=g.actor, at=now())
    except DBAPIError as error:
        db.session.rollback()
        log.warning("search not remembered", kind=type(error).__name__)
    finally:
        only_reads(request.method in READS)
