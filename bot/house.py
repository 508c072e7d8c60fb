"""What the operator does at the command line goes through the one door, under the operator's own name."""

from __future__ import annotations

import getpass
from dataclasses import replace

from core.api import Core
from core.export import Scope
from core.features.transfers.administrators import GrantAdministrator
from core.features.transfers.installation import NoteExport
from core.kernel.access import OPERATOR
from core.kernel.clock import new_id
from core.kernel.door import Envelope
from core.kernel.ids import HOUSE, Identity
from core.kernel.messages import Command


def operator_name() -> str:
    """`operator` with the name of this machine's user, for the trail."""
    try:
        return f"operator {getpass.getuser()}"
    except (KeyError, OSError):  # a user id without a name, as in some containers
        return OPERATOR.name


def order(core: Core, command: Command) -> None:
    """Carry out a command of the operator's, in the house, with a writer of its own. Raises Refused."""
    envelope = Envelope(command, f"operator:{new_id()}", HOUSE, replace(OPERATOR, name=operator_name()))
    core.start()
    try:
        core.writer.submit(envelope, patience=None).result()
    finally:
        core.writer.close()


def grant(core: Core, identity: Identity) -> None:
    """Make an account an administrator. Raises Refused where it is one."""
    order(core, GrantAdministrator(identity=str(identity)))


def note_export(core: Core, scope: Scope) -> None:
    """Keep in the trail that an export is made (AT-1)."""
    order(core, NoteExport(transfer=(scope.transfer or "").upper(), side=scope.side or ""))
