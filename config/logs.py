"""Structured logs: what happened, never to whom. A line holds names of routes and kinds of errors, not what people wrote."""

import logging
import re
import sys
from typing import Any

import structlog

log = structlog.get_logger("seksti")

SECRET_AFTER = ("feeds", "check", "shared-plans")  # in an address, what follows one of these opens something to whoever holds it
TELLTALE = re.compile(rf"[\w.+-]+@[\w-]+\.[\w.]+|\b\d{{11}}\b|(?:{'|'.join(f'(?<=/{one}/)' for one in SECRET_AFTER)})(?!<)[^/.\s]+")


def init(log_format: str) -> None:
    """Sets up logging of this process, as text for people or as JSON lines for machines."""
    last = structlog.processors.JSONRenderer() if log_format == "json" else structlog.dev.ConsoleRenderer(colors=False)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _where_it_failed,
            _mask,
            last,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )


def _where_it_failed(_logger, _method, event: dict) -> dict:
    """Keeps the places of a traceback and drops its message, which may quote what a person wrote."""
    if event.pop("exc_info", None):
        trace = sys.exc_info()[2]
        places = []
        while trace:
            file = "/".join(trace.tb_frame.f_code.co_filename.rsplit("/", 2)[-2:])
            places.append(f"{file}:{trace.tb_lineno}")
            trace = trace.tb_next
        event["places"] = places[-12:]
    return event


def _mask(_logger, _method, event: dict) -> dict:
    """The last guard: e-mail addresses, numbers as long as a national identity number and secrets in addresses never reach a log."""
    return _masked(event)


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return TELLTALE.sub("…", value)
    if isinstance(value, dict):
        return {name: _masked(part) for name, part in value.items()}
    return [_masked(part) for part in value] if isinstance(value, list | tuple) else value
