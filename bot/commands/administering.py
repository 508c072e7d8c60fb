"""`tandem admin`: who the administrators of the installation are."""

from __future__ import annotations

import argparse
import re

from adapters.rehearsal.cast import load_cast
from bot.command_line import Commands
from bot.cores import make_ready, real_core, training_core
from bot.house import grant as granted
from bot.problem import Problem
from bot.settings import Settings, read_settings
from core.api import Core, Identity
from core.kernel.errors import Refused
from core.kernel.ids import HOUSE

MORE = "An administrator may open transfers; the grant gives no right to any content."
_FORMS = {
    "slack": re.compile(r"([TE][A-Z0-9]+)/([UW][A-Z0-9]+)"),
    "teams": re.compile(r"([0-9a-fA-F-]{36})/([0-9a-fA-F-]{36})"),
    "rehearsal": re.compile(r"(?:(training)/)?([a-z0-9_-]+)"),
}
RIGHT = "slack:T…/U…, teams:TENANT/AADID or rehearsal:NAME"


def add(commands: Commands) -> None:
    """Add the commands."""
    admin = commands.group("admin", "name the administrators of the installation")
    parser = admin.add("grant", grant, "make an account an administrator", MORE)
    parser.add_argument("person", metavar="PERSON", help=RIGHT)
    admin.add("list", show, "list the administrators", MORE)


def grant(given: argparse.Namespace) -> int:
    """Make an account an administrator, in the store that its platform has."""
    identity = identity_of(given.person)
    settings = read_settings()
    core = training_core(settings) if identity.platform == "rehearsal" else real_core(settings)
    try:
        make_ready(core)
        granted(core, identity)
    except Refused as refused:
        print(refused)
    else:
        print(f"{identity} is an administrator now.")
    finally:
        core.store.close()
    return 0


def show(_: argparse.Namespace) -> int:
    """List those of the real store."""
    core = real_core(settings := read_settings())
    try:
        make_ready(core)
        _list(core, settings)
    finally:
        core.store.close()
    return 0


def _list(core: Core, settings: Settings) -> None:
    administrators = sorted(core.directories.look(HOUSE).administrators)
    if not administrators:
        anybody = " (TANDEM_OPEN lets anybody open a transfer)" if settings.open_to_all else ""
        print(f"There is no administrator yet{anybody}: `tandem admin grant slack:T…/U…` names one.")
    for identity in administrators:
        print(identity)


def identity_of(person: str) -> Identity:
    """The account that PERSON names. Raises Problem."""
    platform, _, rest = person.partition(":")
    form = _FORMS.get(platform)
    found = form.fullmatch(rest) if form else None
    if found is None:
        raise Problem(f"PERSON is {person[:80]!r}: it is {RIGHT}.")
    players = load_cast().by_slug if platform == "rehearsal" else {}
    if players and found[2] not in players:
        raise Problem(f"PERSON is {person[:80]!r}: the people of the rehearsal are known, one of {', '.join(players)}.")
    if platform == "teams":  # whose ids come in small letters, however they are copied
        return Identity(platform, found[1].lower(), found[2].lower())
    return Identity(platform, found[1] or "training", found[2])
