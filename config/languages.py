"""Languages: English in the source, bokmål and nynorsk complete beside it; numbers and dates as each writes them."""

import hashlib
import io
import os
from datetime import date as Date
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from babel import localedata
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from flask import Flask, current_app, g, has_request_context, request
from flask_babel import Babel, format_date, format_datetime, format_decimal, get_locale, get_translations, lazy_gettext
from flask_babel import force_locale as in_language
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from config.clock import HOME

__all__ = ["LANGUAGES", "_", "_l", "address_by_language", "addressed", "date", "in_language", "kroner", "language", "moment", "ngettext", "number", "sourced"]

LANGUAGES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}
COOKIE = "language"
IN_ADDRESS = "lang"  # the name of the language in an address
TRANSLATIONS = Path(__file__).resolve().parent.parent / "translations"

_l = lazy_gettext


def language() -> str:
    """The language of this request: nb, nn or en."""
    locale = get_locale()
    return locale.language if locale else "en"


def gettext(said: str, /, **known: object) -> str:
    """A sentence in the language of this request, filled in."""
    spoken = _spoken().ugettext(said)
    return spoken % known if known else spoken


def ngettext(one: str, several: str, /, num: int, **known: object) -> str:
    """The one or the other of two sentences, by how many there are: `%(num)d`."""
    return _spoken().ungettext(one, several, num) % {"num": num, **known}


_ = gettext
_kept: dict[str, Translations] = {}


def _spoken() -> Translations:
    """The sentences of the language of this request. Kept by language, as a page asks for a hundred, and flask-babel looks for them anew each time."""
    spoken = language()
    found = _kept.get(spoken)
    if found is None:
        found = _kept[spoken] = get_translations()
    return found


def number(value: Decimal | int) -> str:
    """7.5 as 7,5 where commas are used; whole numbers without decimals; thousands grouped."""
    return format_decimal(value)


def kroner(oere: int) -> str:
    """Whole øre as kroner: 1 234 500 øre is kr 12 345, and 1 234 550 are kr 12 345,50."""
    return f"kr {format_decimal(Decimal(oere) / 100, '#,##0.00' if oere % 100 else None)}"


def date(day: Date | None, form: str = "long") -> str:
    if day and form == "long" and language() == "en":
        form = "d MMMM y"  # as Europe writes it
    return format_date(day, form) if day else ""


def moment(at: datetime | None) -> str:
    """A moment on the clock at home."""
    form = "d MMMM y HH:mm" if language() == "en" else "d. MMMM y 'kl.' HH.mm"  # as each writes it
    return format_datetime(at.astimezone(HOME), form, rebase=False) if at else ""


def sourced(said: str | None) -> str:
    """Where a row of a register comes from, as the register writes it in English, in the reader's language, whole or part by part; what a person wrote
    stands as it is."""
    if not said or (whole := gettext(said)) != said:
        return whole if said else ""
    return "; ".join(gettext(part) if part else part for part in said.split("; "))


def init_app(app: Flask) -> None:
    compile_all()
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(TRANSLATIONS)
    app.config["BABEL_DEFAULT_LOCALE"] = "en"
    Babel(app, locale_selector=chosen)
    _kept.clear()
    app.jinja_env.install_gettext_callables(lambda said: _spoken().ugettext(said), lambda one, several, num: _spoken().ungettext(one, several, num), newstyle=True)
    _read_locales()
    app.jinja_env.filters.update(number=number, date=date, moment=moment, kroner=kroner, sourced=sourced)
    app.context_processor(lambda: {"current_language": language(), "languages": LANGUAGES})


def _read_locales() -> None:
    """Reads what is known of each language now: a server's workers are made afterwards, and share it."""
    for code in LANGUAGES:
        localedata.load(code)


def chosen() -> str:
    """The language to answer in: the one in the address, then the person's, then the cookie, then what the browser asks for; bokmål for Norwegian of
    no kind."""
    if not has_request_context():
        return g.get("language") or "en"
    return asked_for(addressed() or g.get("language") or request.cookies.get(COOKIE), request.headers.get("Accept-Language", ""))


def address_by_language(app: Flask, *endpoints: str) -> None:
    """Lets these pages be asked for in a language by their address, `?lang=nn`. Never a page with a quick maker, which is told the language of the reader."""
    app.extensions.setdefault("addressed", set()).update(endpoints)


def addressed() -> str | None:
    """The language that stands in the address of a page that has one address a language."""
    asked = request.args.get(IN_ADDRESS)
    return asked if asked in LANGUAGES and request.endpoint in current_app.extensions.get("addressed", ()) else None


def without_language(address: str) -> str:
    """An address on this site, with no language in it."""
    path, _mark, query = address.partition("?")
    kept = [pair for pair in query.split("&") if pair and pair.partition("=")[0] != IN_ADDRESS]
    return f"{path}?{'&'.join(kept)}" if kept else path


@lru_cache(maxsize=1024)
def asked_for(chosen: str | None, accepted: str) -> str:
    """The language of a choice (a person's, a cookie's), else of an Accept-Language header."""
    if chosen in LANGUAGES:
        return chosen
    asked = parse_accept_header(accepted, LanguageAccept).best_match(["nb", "nn", "no", "en"])
    return {"no": "nb", None: "nb"}.get(asked, asked)


def compile_all() -> None:
    """Joins each language's .po files to the one compiled file that is read at run time, when they have changed."""
    for language_code in LANGUAGES:
        sources = sorted((TRANSLATIONS / language_code).glob("*.po"))
        if sources:
            _compile(language_code, sources)


def _compile(language_code: str, sources: list[Path]) -> None:
    folder = TRANSLATIONS / language_code / "LC_MESSAGES"
    digest = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()
    stamp = folder / "stamp.mo"
    if stamp.exists() and stamp.read_text() == digest:
        return
    folder.mkdir(exist_ok=True)
    written = io.BytesIO()
    write_mo(written, joined(language_code, sources))
    _replace(folder / "messages.mo", written.getvalue())
    _replace(stamp, digest.encode())


def joined(language_code: str, sources: list[Path]) -> Catalog:
    """One catalogue of all the messages in a language's files."""
    catalogue = Catalog(locale=language_code)
    for source in sources:
        with source.open("rb") as file:
            for message in read_po(file, locale=language_code):
                if message.id and message.string:
                    catalogue.add(message.id, message.string)
    return catalogue


def _replace(path: Path, content: bytes) -> None:
    fresh = path.with_suffix(f".{os.getpid()}.new")  # several processes may start, and find it wanting, at once
    fresh.write_bytes(content)
    fresh.replace(path)
