"""What the environment and `.env` say, read once and checked: nothing else in the project reads either."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from dotenv import dotenv_values

from bot.problem import Problem

VAR = Path("var")
"""Where an installation that names no other place keeps its files."""
DEFAULT_STORE = "sqlite:///var/tandem.db"
SLACK_API = "https://slack.com/api/"
_ON, _OFF = frozenset({"1", "on", "true", "yes"}), frozenset({"0", "off", "false", "no"})
_KEY = re.compile(r"[A-Za-z0-9_-]{43}=")
_KEY_MISSING = (
    "TANDEM_SECRET_KEY is missing, and TANDEM_ENV is production: set 44 characters of URL-safe base64, as "
    "`python3 -c 'import base64, os; print(base64.urlsafe_b64encode(os.urandom(32)).decode())'` prints."
)
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_POSTGRES = frozenset({"postgres", "postgresql", "postgresql+psycopg"})


@dataclass(frozen=True, slots=True)
class ClockSetting:
    """`TANDEM_CLOCK`: where the core's clock starts (UTC) and how many times as fast as the machine's it runs."""

    start: datetime
    speed: float


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """What Slack gives the app; with an `app_token` it is served over Socket Mode."""

    bot_token: str = field(repr=False)
    signing_secret: str = field(repr=False)
    app_token: str | None = field(repr=False)
    api_url: str


@dataclass(frozen=True, slots=True)
class TeamsSettings:
    """What Microsoft gives the bot; `tenant` None means any organisation. The last three are for development."""

    app_id: str
    password: str = field(repr=False)
    tenant: str | None
    metadata_url: str | None
    token_issuer: str | None
    outgoing_token: str | None = field(repr=False)
    anonymous: bool


@dataclass(frozen=True, slots=True)
class Settings:
    """One installation's settings; the names of the environment stand in interface.md."""

    production: bool
    database_url: str = field(repr=False)
    database_owner_url: str | None = field(repr=False)
    host: str
    port: int
    public_url: str
    secret_key: str | None = field(repr=False)
    open_to_all: bool
    rehearsal: bool
    clock: ClockSetting | None
    templates: Path | None
    slack: SlackSettings | None
    teams: TeamsSettings | None = None

    @property
    def is_sqlite(self) -> bool:
        """Whether the records stand in an SQLite file."""
        return self.database_url.startswith("sqlite:")

    @property
    def overrides(self) -> tuple[Path, ...]:
        """The folders whose templates win over the shipped ones."""
        return (self.templates,) if self.templates else ()


def read_settings(environment: Mapping[str, str] | None = None, env_file: Path = Path(".env")) -> Settings:
    """The settings; the environment wins over `.env`. Raises Problem, naming the setting that cannot stand."""
    found = _Found({**_from_file(env_file), **_set(os.environ if environment is None else environment)})
    production = found.one_of("TANDEM_ENV", ("development", "production"), "development") == "production"
    host, port = found.text("HOST") or "127.0.0.1", found.port()
    return Settings(
        production=production,
        database_url=found.database("DATABASE_URL") or DEFAULT_STORE,
        database_owner_url=found.database("DATABASE_OWNER_URL"),
        host=host,
        port=port,
        public_url=found.address("PUBLIC_URL") or f"http://{f'[{host}]' if ':' in host else host}:{port}",
        secret_key=found.secret_key(),
        open_to_all=found.switch("TANDEM_OPEN", default=False),
        rehearsal=found.switch("TANDEM_REHEARSAL", default=not production),
        clock=found.clock(),
        templates=found.folder("TANDEM_TEMPLATES"),
        slack=found.slack(),
        teams=found.teams(),
    )


def check_serving(settings: Settings, alone: bool) -> None:
    """Refuse to serve with settings that are none for production; `alone` says that one process does all."""
    slack = settings.slack
    if slack and not (slack.signing_secret or slack.app_token):
        raise Problem(
            "SLACK_BOT_TOKEN is set, but neither SLACK_SIGNING_SECRET (HTTP) nor SLACK_APP_TOKEN (Socket Mode): "
            "set one of them, from the app's page 'Basic Information'."
        )
    check_teams(settings)
    if not settings.production:
        return
    refusals = {
        _KEY_MISSING: settings.secret_key is None,
        "TANDEM_CLOCK is for development only: unset it, or TANDEM_ENV=production.": settings.clock is not None,
        "TANDEM_REHEARSAL is on, and TANDEM_ENV is production: the room is for training; unset it.": settings.rehearsal,
        "DATABASE_URL is SQLite, which serves one process in production: use `tandem run`, or PostgreSQL.": (
            settings.is_sqlite and not alone
        ),
    }
    for sentence, holds in refusals.items():
        if holds:
            raise Problem(sentence)


def check_teams(settings: Settings) -> None:
    """Refuse a bot that could not answer, and what is for development where others could reach it. Raises Problem."""
    teams = settings.teams
    if teams is None:
        return
    names = {"TEAMS_OUTGOING_TOKEN": teams.outgoing_token is not None, "TEAMS_ANONYMOUS": teams.anonymous}
    for name, is_set in names.items():
        if is_set and (settings.production or settings.host not in _LOOPBACK):
            raise Problem(f"{name} is for development on this machine alone: unset it, or TANDEM_ENV and HOST.")
    if not (teams.password or teams.outgoing_token or teams.anonymous):
        raise Problem(
            "MICROSOFT_APP_ID is set without MICROSOFT_APP_PASSWORD: take a client secret from the bot's app "
            "registration, 'Certificates & secrets'."
        )


def _from_file(path: Path) -> dict[str, str]:
    try:
        return _set(dotenv_values(path, interpolate=False)) if path.is_file() else {}
    except (OSError, UnicodeDecodeError) as error:
        raise Problem(f"{path} cannot be read ({type(error).__name__}): it holds NAME=value lines in UTF-8.") from error


def _set(values: Mapping[str, str | None]) -> dict[str, str]:
    """The values that say something: a name with nothing behind it is a name not set."""
    return {name: value.strip() for name, value in values.items() if value and value.strip()}


class _Found:
    """The raw values, and how each kind is read."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values

    def text(self, name: str) -> str | None:
        return self._values.get(name)

    def _read(self, name: str, right: str, read: Callable[[str], bool]) -> str | None:
        value = self.text(name)
        if value is not None and not read(value):
            raise Problem(f"{name} is {value[:80]!r}: {right}")
        return value

    def one_of(self, name: str, options: tuple[str, ...], default: str) -> str:
        return self._read(name, f"it is {' or '.join(options)}.", lambda value: value in options) or default

    def switch(self, name: str, default: bool) -> bool:
        value = self._read(name, "it is 1 or 0.", lambda value: value.lower() in _ON | _OFF)
        return default if value is None else value.lower() in _ON

    def port(self) -> int:
        right = "it is a number from 0 (any free port) to 65535, such as 8080."
        value = self._read(
            "PORT", right, lambda value: value.isascii() and value.isdecimal() and int(value[:6]) <= 65535
        )
        return int(value) if value else 8080

    def address(self, name: str) -> str | None:
        def whole(value: str) -> bool:
            try:
                parts = urlsplit(value)
                return parts.scheme in ("http", "https") and bool(parts.hostname) and not (parts.query + parts.fragment)
            except ValueError:
                return False

        value = self._read(name, "it is an address such as https://tandem.example.com.", whole)
        return value.rstrip("/") if value else None

    def database(self, name: str) -> str | None:
        """The value itself is never shown: it holds a password."""
        value = self.text(name)
        if value is None:
            return None
        scheme, _, rest = value.partition("://")
        if scheme == "sqlite" and rest.startswith("/") and len(rest) > 1 and not rest.startswith("/:memory:"):
            return value
        if scheme in _POSTGRES and rest:
            return value
        what = f"is of the kind {scheme[:20]!r} or names no database" if rest else "is no database's address"
        raise Problem(f"{name} {what}: it is sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME.")

    def secret_key(self) -> str | None:
        value = self.text("TANDEM_SECRET_KEY")
        if value is not None and not _KEY.fullmatch(value):
            raise Problem(
                "TANDEM_SECRET_KEY is 44 characters of URL-safe base64, the last one '='; "
                f"what it holds is {len(value)} long."
            )
        return value

    def folder(self, name: str) -> Path | None:
        value = self._read(name, "there is no such folder.", lambda value: Path(value).is_dir())
        return Path(value) if value else None

    def clock(self) -> ClockSetting | None:
        value = self.text("TANDEM_CLOCK")
        return None if value is None else read_clock(value)

    def slack(self) -> SlackSettings | None:
        secret, app_token = self.text("SLACK_SIGNING_SECRET"), self.text("SLACK_APP_TOKEN")
        token = self.text("SLACK_BOT_TOKEN")
        if token is None:
            if secret or app_token:
                raise Problem(
                    f"{'SLACK_SIGNING_SECRET' if secret else 'SLACK_APP_TOKEN'} is set without SLACK_BOT_TOKEN: "
                    "take it (xoxb-…) from the app's page 'OAuth & Permissions'."
                )
            return None
        for name, given, start in (("SLACK_BOT_TOKEN", token, "xoxb-"), ("SLACK_APP_TOKEN", app_token, "xapp-")):
            if given and not given.startswith(start):
                raise Problem(f"{name} does not begin with {start}: it is another token of the app.")
        api = self.address("SLACK_API_URL")
        return SlackSettings(token, secret or "", app_token, f"{api}/" if api else SLACK_API)

    def teams(self) -> TeamsSettings | None:
        app_id, tenant = self.text("MICROSOFT_APP_ID"), self.text("MICROSOFT_APP_TENANT_ID")
        kind = self.one_of("MICROSOFT_APP_TYPE", ("SingleTenant", "MultiTenant"), "SingleTenant")
        anonymous = self.switch("TEAMS_ANONYMOUS", default=False)
        if app_id is None:
            if self.text("MICROSOFT_APP_PASSWORD"):
                raise Problem(
                    "MICROSOFT_APP_PASSWORD is set without MICROSOFT_APP_ID: take it from the bot's page "
                    "'Configuration' in the Azure portal."
                )
            return None
        if kind == "SingleTenant" and tenant is None and not anonymous:
            raise Problem(
                "MICROSOFT_APP_ID is set without MICROSOFT_APP_TENANT_ID: take the id of your organisation from the "
                "bot's page 'Configuration' in the Azure portal."
            )
        return TeamsSettings(
            app_id=app_id.lower(),  # as tokens and activities spell both ids
            password=self.text("MICROSOFT_APP_PASSWORD") or "",
            tenant=tenant.lower() if tenant and kind == "SingleTenant" else None,
            metadata_url=self.address("TEAMS_OPENID_METADATA_URL"),
            token_issuer=self.text("TEAMS_TOKEN_ISSUER"),
            outgoing_token=self.text("TEAMS_OUTGOING_TOKEN"),
            anonymous=anonymous,
        )


def read_clock(value: str) -> ClockSetting:
    """`2026-03-12T14:00:00Z@600` as a start and a speed. Raises Problem."""
    start, _, speed = value.partition("@")
    try:
        at, times = datetime.fromisoformat(start), float(speed or 1)
    except ValueError:
        at, times = None, 0.0
    if at is None or at.tzinfo is None or not 0 < times <= 1_000_000:
        raise Problem(
            f"TANDEM_CLOCK is {value[:80]!r}: it is a time with its offset and a speed, such as "
            "2026-03-12T14:00:00Z@600."
        )
    return ClockSetting(at.astimezone(UTC), times)
