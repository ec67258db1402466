"""Production's web server: `gunicorn -c config/gunicorn.py wsgi:app`. `python3 wsgi.py` starts the same one.

The application is loaded once, with what it keeps of the catalogue, and the workers are its forks, so they share its memory; what is loaded is
frozen out of the garbage collector's way, so that the sharing lasts.
"""

import gc
import json
import logging
import os
import re
import sys
from datetime import timedelta
from urllib.parse import quote

from gunicorn import util
from gunicorn.glogging import Logger

from config.beforehand import make_all
from config.database import let_go
from config.http import HEADERS
from config.logs import SECRET_AFTER
from config.processes import end_with_parent
from config.settings import read

_settings = read()

bind = f"127.0.0.1:{_settings.port}"
workers = _settings.workers
worker_class = "sync"
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # nosec B108: only the workers' heartbeat, never a disk that may stall
preload_app = True
timeout = 60
graceful_timeout = 20
control_socket_disable = True
# Only a proxy that the settings name may say how the request came in.
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1,::1") if _settings.proxies else ""
limit_request_line = 4094
limit_request_fields = 60
limit_request_field_size = 8190

SECRET_IN_ADDRESS = re.compile(rf"^(/(?:{'|'.join(SECRET_AFTER)})/)[^/.]+")


def when_ready(server) -> None:
    app = server.app.wsgi()
    make_all(app)
    let_go(app)
    gc.collect()
    gc.freeze()


def post_fork(_server, _worker) -> None:
    end_with_parent()


class JsonLines(logging.Formatter):
    """What gunicorn itself says, as one JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps({"event": record.getMessage(), "level": record.levelname.lower(), "timestamp": self.formatTime(record)})


class Log(Logger):
    """A log that tells of requests and not of people: no addresses, no names, no query, no tokens."""

    def setup(self, cfg) -> None:
        super().setup(cfg)
        if _settings.log_format == "json":
            for handler in [*self.error_log.handlers, *self.access_log.handlers]:
                handler.setFormatter(JsonLines())

    def warning(self, msg, *args, **kwargs) -> None:
        """Of what is not HTTP nothing is told, as it may be anything, nor from where it came."""
        super().warning("A request that is not HTTP was refused." if msg.startswith("Invalid request from") else msg, *args, **kwargs)

    def exception(self, msg, *args, **kwargs) -> None:
        """That a worker was told to end while it still answered is no fault; that it took too long is one, and ends with a number."""
        ended = sys.exc_info()[1]
        if not isinstance(ended, SystemExit) or ended.code:
            super().exception(msg, *args, **kwargs)

    def access(self, resp, req, environ, request_time) -> None:
        """A line on a request. Its path is written as in an address, so that no line can be made up by one."""
        path = quote(SECRET_IN_ADDRESS.sub(r"\1*", environ.get("PATH_INFO", "-")), encoding="latin-1", safe="/*")
        milliseconds = request_time // timedelta(milliseconds=1)
        self.access_log.info("%s %s %s %s bytes %s ms", environ.get("REQUEST_METHOD", "-"), path, resp.status.split()[0], resp.sent, milliseconds)


def refuse(sock, status_int: int, reason: str, _told: str) -> None:
    """What the application never sees is answered in a sentence, with the headers of every answer, and repeats nothing of what was sent."""
    body = "The request could not be understood.\n" if status_int < 500 or status_int == 501 else "Something went wrong here.\n"
    fields = HEADERS | {"Connection": "close", "Content-Type": "text/plain; charset=utf-8", "Content-Length": str(len(body))}
    head = "\r\n".join([f"HTTP/1.1 {status_int} {reason}", *(f"{name}: {value}" for name, value in fields.items())])
    util.write_nonblock(sock, f"{head}\r\n\r\n{body}".encode("ascii"))


util.write_error = refuse  # gunicorn has no setting for it
logger_class = Log
accesslog = "-"
