"""Answers that others may keep and that other sites may read."""

from collections.abc import Callable
from functools import wraps

from flask import Blueprint, Response, current_app, make_response, request

from config.api import document
from config.http import READS


def same_while(version: Callable[[], str]) -> Callable:
    """A view that answers the same as long as a version does: whoever has that answer is told so, and it is not made again."""

    def wrap(view: Callable) -> Callable:
        @wraps(view)
        def tagged(*arguments, **named) -> Response:
            tag = f"{document.of(current_app).digest}-{version()}"
            answer = Response(status=304) if request.if_none_match.contains_weak(tag) else make_response(view(*arguments, **named))
            answer.set_etag(tag, weak=True)
            answer.headers["Cache-Control"] = "no-cache"
            return answer

        tagged.has_tag = True
        return tagged

    return wrap


def same_text(view: Callable) -> Callable:
    """A view whose answer is known to be the same only once it is made, as seats come and go without a new version."""

    @wraps(view)
    def tagged(*arguments, **named) -> Response:
        answer = make_response(view(*arguments, **named))
        answer.headers["Cache-Control"] = "no-cache"
        answer.add_etag(weak=True)
        return answer.make_conditional(request)

    tagged.has_tag = True
    return tagged


def open_to_other_sites(blueprint: Blueprint) -> None:
    """Lets the pages of any site read what these views answer. They tell nothing of who is asking, and cookies are not sent along."""

    @blueprint.after_request
    def allow(answer: Response) -> Response:
        if request.method in READS:
            answer.headers["Access-Control-Allow-Origin"] = "*"
            answer.headers["Access-Control-Expose-Headers"] = "ETag"
        if request.method == "OPTIONS":
            answer.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
            answer.headers["Access-Control-Allow-Headers"] = "If-None-Match"
        return answer
