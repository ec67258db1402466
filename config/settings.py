"""Every setting, read once from the environment. A wrong or missing one stops the start with a sentence."""

import json
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENTS = ("development", "test", "production")
KEYS_SEALED, KEYS_IN_FOLDER = "sealed", "folder"


class SettingWrong(SystemExit):
    """A setting is missing or not usable; the sentence says which and what it should be. Where nobody catches it, it ends the program with that
    sentence alone, under gunicorn and in every command too."""


@dataclass(frozen=True)
class Provider:
    """An OpenID Connect provider one can sign in with."""

    key: str
    name: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    scopes: str = "openid profile email"
    profile: str = "generic"  # generic, feide or idporten: which claims mean what
    groups: str = ""  # Feide's groups API, https://groups-api.dataporten.no/groups/me/groups, to know at which school somebody teaches


@dataclass(frozen=True)
class MailServer:
    """Where e-mail is handed in (SMTP), and whom it is from."""

    host: str
    port: int
    security: str  # tls (from the first byte), starttls (demanded) or none (this machine alone)
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True)
class Settings:
    environment: str
    secret_key: str = field(repr=False)
    database_url: str = field(repr=False)
    instance: Path
    port: int = 8000
    workers: int = 2
    proxies: int = 0
    hosts: tuple[str, ...] = ()
    providers: tuple[Provider, ...] = ()
    log_format: str = "text"
    mail: MailServer | None = None  # none = every message stays in the app
    keys: str = KEYS_SEALED  # where the private halves of signing keys are kept

    @property
    def address(self) -> str:
        """Where links from outside begin."""
        return f"https://{self.hosts[0].lstrip('.')}" if self.hosts else f"http://127.0.0.1:{self.port}"

    @property
    def production(self) -> bool:
        return self.environment == "production"

    @property
    def demo_sign_in(self) -> bool:
        """Signing in as a made-up person by one click; never in production."""
        return not self.production


DOCUMENTATION = {
    "SEKSTI_ENV": "development (as the default), test or production",
    "SECRET_KEY": "signs cookies; at least 32 characters; no default in production, made and kept in the instance folder elsewhere",
    "DATABASE_URL": "postgresql://user:password@host/name or sqlite:///path; an SQLite file in the instance folder as the default",
    "SEKSTI_INSTANCE": "folder for the embedded database and uploads; instance/ as the default",
    "PORT": "the port of `python3 wsgi.py`; 8000 as the default",
    "WEB_CONCURRENCY": "number of gunicorn workers; 2 as the default",
    "SEKSTI_HOSTS": "host names the site answers to, comma-separated; needed in production",
    "SEKSTI_PROXIES": "how many reverse proxies stand in front and set X-Forwarded-*; 0 as the default",
    "FORWARDED_ALLOW_IPS": "addresses of those proxies as gunicorn sees them, comma-separated; 127.0.0.1,::1 as the default",
    "SEKSTI_PROVIDERS": "OpenID Connect providers as a JSON list of objects with key, name, issuer, client_id, client_secret, scopes, profile, groups",
    "SEKSTI_LOG": "text or json; json as the default in production",
    "SEKSTI_SMTP": "the mail server: smtps://user:password@host, or smtp://user:password@host (STARTTLS); without it messages stay in the app",
    "SEKSTI_KEYS": "where private signing keys are kept: sealed (in the database, with SECRET_KEY; as the default) or folder (keys/ in the instance folder)",
    "SEKSTI_MAIL_FROM": "the address e-mail is from, such as Seksti <seksti@example.no>; needed with SEKSTI_SMTP",
}


def read(environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings of this process. Raises SettingWrong."""
    environment = _environment(environ)
    instance = Path(environ.get("SEKSTI_INSTANCE") or ROOT / "instance").resolve()
    instance.mkdir(parents=True, exist_ok=True)
    return Settings(
        environment=environment,
        secret_key=_secret_key(environ, environment, instance),
        database_url=_database_url(environ, instance),
        instance=instance,
        port=_number(environ, "PORT", 8000, 1, 65535),
        workers=_number(environ, "WEB_CONCURRENCY", 2, 1, 64),
        proxies=_number(environ, "SEKSTI_PROXIES", 0, 0, 5),
        hosts=_hosts(environ, environment),
        providers=_providers(environ, environment),
        log_format=_one_of(environ, "SEKSTI_LOG", "json" if environment == "production" else "text", ("text", "json")),
        mail=_mail(environ),
        keys=_one_of(environ, "SEKSTI_KEYS", KEYS_SEALED, (KEYS_SEALED, KEYS_IN_FOLDER)),
    )


def _environment(environ: Mapping[str, str]) -> str:
    return _one_of(environ, "SEKSTI_ENV", "development", ENVIRONMENTS)


def _one_of(environ: Mapping[str, str], name: str, default: str, allowed: tuple[str, ...]) -> str:
    value = environ.get(name) or default
    if value not in allowed:
        raise SettingWrong(f"{name} is “{value}”; it must be one of {', '.join(allowed)}.")
    return value


def _number(environ: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    value = environ.get(name) or str(default)
    if not value.isdecimal() or not least <= int(value) <= most:
        raise SettingWrong(f"{name} is “{value}”; it must be a whole number between {least} and {most}.")
    return int(value)


def _secret_key(environ: Mapping[str, str], environment: str, instance: Path) -> str:
    key = environ.get("SECRET_KEY", "")
    if not key and environment != "production":
        return _kept_secret(instance / "secret-key")
    if len(key) < 32:
        raise SettingWrong("SECRET_KEY is missing or shorter than 32 characters; make one with: python3 -c 'import secrets; print(secrets.token_hex(32))'")
    return key


def _kept_secret(path: Path) -> str:
    """A secret of this instance alone, made at the first start. The exclusive open lets one process of several win."""
    try:
        with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_hex(32))
    except FileExistsError:
        pass
    return path.read_text().strip()


def _database_url(environ: Mapping[str, str], instance: Path) -> str:
    url = environ.get("DATABASE_URL") or f"sqlite:///{instance / 'seksti.sqlite'}"
    scheme, separator, rest = url.partition("://")
    if not separator or scheme not in ("sqlite", "postgres", "postgresql", "postgresql+psycopg"):
        raise SettingWrong("DATABASE_URL must begin with postgresql:// or sqlite:///.")
    return url if scheme == "sqlite" else f"postgresql+psycopg://{rest}"


def _hosts(environ: Mapping[str, str], environment: str) -> tuple[str, ...]:
    hosts = tuple(host.strip() for host in environ.get("SEKSTI_HOSTS", "").split(",") if host.strip())
    if environment == "production" and not hosts:
        raise SettingWrong("SEKSTI_HOSTS is missing; name the host names the site answers to, for example seksti.example.no.")
    return hosts


def _providers(environ: Mapping[str, str], environment: str) -> tuple[Provider, ...]:
    text = environ.get("SEKSTI_PROVIDERS", "").strip()
    if not text:
        return ()
    try:
        entries = json.loads(text)
    except ValueError as error:
        raise SettingWrong(f"SEKSTI_PROVIDERS is not JSON: {error}.") from None
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise SettingWrong("SEKSTI_PROVIDERS must be a JSON list of providers, each within {}.")
    providers = tuple(_provider(entry, number) for number, entry in enumerate(entries, 1))
    for provider in providers:
        _check_provider(provider, environment)
    return providers


def _provider(entry: Mapping[str, object], number: int) -> Provider:
    known = {one.name: one.default is MISSING for one in fields(Provider)}
    lacking = [name for name, needed in known.items() if needed and name not in entry]
    if lacking:
        raise SettingWrong(f"In SEKSTI_PROVIDERS, provider {number} has no {', '.join(lacking)}.")
    odd = [name for name, value in entry.items() if name not in known or not isinstance(value, str)]
    if odd:
        raise SettingWrong(f"In SEKSTI_PROVIDERS, provider {number} says “{odd[0]}”, which is not text or not one of {', '.join(known)}.")
    return Provider(**entry)


def _check_provider(provider: Provider, environment: str) -> None:
    if not provider.key.isidentifier():
        raise SettingWrong(f"SEKSTI_PROVIDERS: the key “{provider.key}” must be letters, digits and underscores, as it stands in addresses.")
    if provider.profile not in ("generic", "feide", "idporten"):
        raise SettingWrong(f"SEKSTI_PROVIDERS: the profile of “{provider.key}” must be generic, feide or idporten.")
    if environment == "production" and urlsplit(provider.issuer).scheme != "https":
        raise SettingWrong(f"SEKSTI_PROVIDERS: the issuer of “{provider.key}” must be an https:// address.")


SMTP_SCHEMES = {"smtps": ("tls", 465), "smtp": ("starttls", 587), "smtp+plain": ("none", 25)}
THIS_MACHINE = ("localhost", "127.0.0.1", "::1")


def _mail(environ: Mapping[str, str]) -> MailServer | None:
    text = environ.get("SEKSTI_SMTP", "").strip()
    if not text:
        return None
    parts, port = _smtp_address(text)
    security, usual = SMTP_SCHEMES[parts.scheme]
    if security == "none" and parts.hostname not in THIS_MACHINE:
        raise SettingWrong("SEKSTI_SMTP: smtp+plain:// sends without TLS and may only name this machine (localhost); use smtp:// or smtps://.")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return MailServer(parts.hostname, port or usual, security, _sender(environ), user, password)


def _smtp_address(text: str) -> tuple[SplitResult, int | None]:
    """The parts of the address. Its password is never repeated in a sentence."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise SettingWrong("SEKSTI_SMTP is not an address; write smtps://user:password@host:465 with special signs percent-encoded.") from None
    if parts.scheme not in SMTP_SCHEMES or not parts.hostname or parts.path not in ("", "/") or parts.query or parts.fragment:
        raise SettingWrong("SEKSTI_SMTP must be smtps://host or smtp://host, with user:password@ and :port where they are needed and nothing after.")
    return parts, port


def _sender(environ: Mapping[str, str]) -> str:
    sender = environ.get("SEKSTI_MAIL_FROM", "").strip()
    _name, address = parseaddr(sender)
    if not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+", address) or not sender.isprintable():
        raise SettingWrong(f"SEKSTI_MAIL_FROM is “{sender}”; it must be an address such as Seksti <seksti@example.no>.")
    return sender
