"""What every answer has in common: headers, limits, refusals as a page or as problem JSON, and health."""

from uuid import uuid4

from flask import Flask, Response, current_app, g, jsonify, make_response, render_template, request
from flask.sessions import SecureCookieSessionInterface
from flask_wtf.csrf import CSRFError, CSRFProtect
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import BadHost, BadRequest, HTTPException, RequestEntityTooLarge, SecurityError
from werkzeug.middleware.proxy_fix import ProxyFix

from config.database import db, only_reads
from config.errors import BadInput, Refusal, StaleEdit, StepRefused, TooManyTries
from config.languages import _
from config.logs import log

csrf = CSRFProtect()

MOST_BYTES = 12 * 1024 * 1024  # the largest upload, a spreadsheet
MOST_FORM_BYTES = 1024 * 1024
MOST_FIELDS = 3000
READS = {"GET", "HEAD", "OPTIONS"}
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
NOT_INDEXED = {"X-Robots-Tag": "noindex, nofollow", "Cache-Control": "no-store"}  # of what only holders of its address may read
ONE_YEAR = "max-age=31536000; includeSubDomains"


def init_app(app: Flask) -> None:
    settings = app.config["SETTINGS"]
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=MOST_BYTES,
        MAX_FORM_MEMORY_SIZE=MOST_FORM_BYTES,
        MAX_FORM_PARTS=MOST_FIELDS,
        SESSION_COOKIE_NAME="__Host-seksti-page" if settings.production else "seksti-page",
        SESSION_COOKIE_SECURE=settings.production,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: a form left open overnight is not lost
        WTF_CSRF_SSL_STRICT=settings.production,
    )
    if settings.hosts:
        app.config["TRUSTED_HOSTS"] = list(settings.hosts)
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies, x_host=settings.proxies)
    app.session_interface = PageSessions()
    app.before_request(_begin)
    app.after_request(_add_headers)
    app.teardown_request(lambda _error: only_reads(False))
    _answer_refusals(app)
    _tell_health(app)


def protect_forms(app: Flask) -> None:
    """Refuses what is sent without the proof that a page of ours was its form. Called once it is known who is asking."""
    csrf.init_app(app)


def _begin() -> None:
    g.request_id = uuid4().hex
    only_reads(request.method in READS)
    _limit_body()
    _refuse_nameless_parts()
    if any("\x00" in part for pair in request.args.items(multi=True) for part in pair) or "\x00" in request.path:
        raise BadInput(_("The address holds a sign that cannot be used."))


def _limit_body() -> None:
    """What is too large is refused before it is read. Werkzeug limits the text and the fields of multipart forms alone, so the others are limited here."""
    if request.mimetype != "multipart/form-data":
        request.max_content_length = MOST_FORM_BYTES
    if (request.content_length or 0) > request.max_content_length:
        raise RequestEntityTooLarge
    if request.headers.get("Transfer-Encoding"):
        _read_pieces()
    if request.mimetype == "application/x-www-form-urlencoded" and request.get_data(cache=True).count(b"&") >= MOST_FIELDS:
        raise RequestEntityTooLarge


def _read_pieces() -> None:
    """A body of no stated length is read here, once: Werkzeug would cut it off at the limit, and the web server raises errors of its own for broken pieces."""
    try:
        body = request.get_data(cache=True)
    except HTTPException:
        raise
    except Exception:
        raise BadRequest from None
    if len(body) >= request.max_content_length:
        raise RequestEntityTooLarge


def _refuse_nameless_parts() -> None:
    """What has no name is in no form of ours, and no view expects it."""
    if request.mimetype == "multipart/form-data" and (None in request.form or None in request.files):
        raise BadRequest


def _add_headers(response):
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure or current_app.config["SETTINGS"].production:
        response.headers.setdefault("Strict-Transport-Security", ONE_YEAR)
    if request.endpoint != "static":
        _vary(response)
    if g.get("personal"):  # pages that know who is reading are kept by nobody
        response.headers["Cache-Control"] = "no-store"
    response.headers["X-Request-Id"] = g.get("request_id", "")
    return response


def _vary(response) -> None:
    """Written at once where nothing else varies yet: joining costs more than the five other headers."""
    if "Vary" in response.headers:
        response.vary.update(["Cookie", "Accept-Language"])
    else:
        response.headers["Vary"] = "Cookie, Accept-Language"


class PageSessions(SecureCookieSessionInterface):
    """Flask's signed cookie, with its signer made once and not at every request."""

    def __init__(self):
        self._signers = {}

    def get_signing_serializer(self, app: Flask):
        key = app.secret_key
        if key not in self._signers:
            self._signers[key] = super().get_signing_serializer(app)
        return self._signers[key]


def wants_json() -> bool:
    if request.path.startswith("/api/"):
        return True
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"


def _answer_refusals(app: Flask) -> None:
    app.register_error_handler(Refusal, _answer_refusal)
    app.register_error_handler(CSRFError, _answer_missing_token)
    app.register_error_handler(HTTPException, _http_refused)
    app.register_error_handler(StaleDataError, _overtaken)
    app.register_error_handler(OperationalError, _database_failed)
    app.register_error_handler(Exception, _failed)


def _answer_refusal(refusal: Refusal):
    _note(refusal.code, refusal.status)
    answer = _refused(refusal.code, refusal.status, _sentence(refusal), _facts(refusal))
    if isinstance(refusal, TooManyTries):
        answer.headers["Retry-After"] = str(refusal.wait)
    return answer


def _sentence(refusal: Refusal) -> str:
    """A step that a lifecycle does not have is named for programs, in the facts; a person is told what to do."""
    return _not_as_it_stands() if isinstance(refusal, StepRefused) else refusal.sentence


def _not_as_it_stands() -> str:
    return _("This cannot be done as it stands now: somebody may have been faster, or a date has passed. Load the page again to see.")


def _overtaken(_error: StaleDataError):
    """A row with a version was written by somebody else after it was read here, and before it was written (`version_id_col`)."""
    db.session.rollback()
    return _refused(StaleEdit.code, StaleEdit.status, _not_as_it_stands())


def _answer_missing_token(_error: CSRFError):
    _note("form-too-old", 400)
    sentence = _("The form has been open for too long, or you have signed in or out since. Go back, load the page again and send it once more.")
    return _refused("form-too-old", 400, sentence)


def _note(code: str, status: int) -> None:
    """One line for each refusal that may be somebody trying doors: which door, never who or what they sent."""
    if status in (400, 401, 403, 404, 429):
        log.info("refused", code=code, status=status, method=request.method, route=request.url_rule.rule if request.url_rule else None)


def _facts(refusal: Refusal) -> dict:
    facts = {name: str(value) for name, value in refusal.facts.items()}
    if isinstance(refusal, BadInput) and refusal.errors:
        facts["errors"] = {name: [str(sentence) for sentence in sentences] for name, sentences in refusal.errors.items()}
    return facts


SENTENCES = {
    400: lambda: _("The request could not be understood."),
    401: lambda: _("You must sign in first."),
    403: lambda: _("You may not do this."),
    404: lambda: _("There is no such page, or none that you may see."),
    405: lambda: _("This address cannot be used that way."),
    413: lambda: _("What you sent is too large. A file may be at most 12 MB, and the text of a form at most 1 MB."),
    415: lambda: _("This kind of content cannot be read here."),
    422: lambda: _("What you sent is not well formed."),
    429: lambda: _("Too many attempts. Wait a little and try again."),
    503: lambda: _("Seksti cannot reach its database just now. Nothing you sent has been saved. Try again in a minute."),
}


def _http_refused(error: HTTPException):
    status = error.code or 500
    if status < 400:
        return error  # a redirect of the router
    if isinstance(error, SecurityError | BadHost):  # a host that is not ours, or none at all: no address can be made for a page
        return Response(f"{SENTENCES[400]()}\n", 400, mimetype="text/plain")
    sentence = (SENTENCES.get(status) or (SENTENCES[400] if status < 500 else _went_wrong))()
    answer = _refused(error.name.lower().replace(" ", "-"), status, sentence)
    answer.headers.extend(pair for pair in error.get_headers() if pair[0] in ("Allow", "Retry-After", "WWW-Authenticate"))
    return answer


def _database_failed(error: DBAPIError):
    db.session.rollback()
    log.error("database failed", kind=type(error.orig).__name__, path=request.url_rule.rule if request.url_rule else None)
    answer = _refused("database-unavailable", 503, SENTENCES[503]())
    answer.headers["Retry-After"] = "30"
    return answer


def _failed(error: Exception):
    db.session.rollback()
    log.exception("request failed", kind=type(error).__name__, path=request.url_rule.rule if request.url_rule else None)
    return _refused("failed", 500, _went_wrong())


def _went_wrong() -> str:
    return _("Something went wrong here. It has been logged.")


def _refused(code: str, status: int, sentence: str, facts: dict | None = None):
    """One refusal, as RFC 9457 problem JSON or as a page."""
    if wants_json():
        known = {name: _places(fact) if name == "errors" else fact for name, fact in (facts or {}).items()}
        answer = jsonify(type=f"/problems/{code}", title=str(sentence), status=status, instance=g.get("request_id", ""), **known)
        answer.content_type = "application/problem+json"
    else:
        answer = _problem_page(code, status, sentence, facts or {})
    answer.status_code = status
    return answer


def _places(errors: dict[str, list[str]]) -> list[dict[str, str]]:
    """Each thing that is wrong, with where it stands: in the query of the address, else in what was sent (RFC 9457, 3.2; RFC 6901)."""
    return [{"detail": sentence, **_place(name)} for name, sentences in errors.items() for sentence in sentences]


def _place(name: str) -> dict[str, str]:
    if request.method in READS or name in request.args:
        return {"parameter": name}
    return {"pointer": "#" if name == "_schema" else f"#/{name.replace('~', '~0').replace('/', '~1')}"}


def _problem_page(code: str, status: int, sentence: str, facts: dict):
    """The page must come even where the database is gone, which the frame may need."""
    known = {"code": code, "status": status, "sentence": sentence, "facts": facts, "reference": g.get("request_id", "")}
    try:
        return make_response(render_template("problem.html", **known))
    except DBAPIError:
        return make_response(render_template("problem_bare.html", **known))


def _tell_health(app: Flask) -> None:
    @app.get("/healthz")
    def healthz():
        """This process answers."""
        return jsonify(status="ok")

    @app.get("/readyz")
    def readyz():
        """The database answers and its schema is in place."""
        db.session.execute(text("SELECT version_num FROM alembic_version"))
        return jsonify(status="ready")
