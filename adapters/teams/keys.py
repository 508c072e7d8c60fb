"""What Microsoft gives a bot, and where it is told to look for more: the installation's settings for Teams."""

from __future__ import annotations

from dataclasses import dataclass, field

OPENID_METADATA_URL = "https://login.botframework.com/v1/.well-known/openidconfiguration"
TOKEN_ISSUER = "https://api.botframework.com"  # noqa: S105 - an address, no secret
LOGIN_URL = "https://login.microsoftonline.com"


@dataclass(frozen=True, slots=True)
class TeamsKeys:
    """One bot's registration. `tenant` None means that any organisation may speak to it (an old multi-tenant bot).

    `outgoing_token` goes out in place of one from Microsoft's login; `anonymous` lets whoever speaks from this
    machine in without a token. Both are for development.
    """

    app_id: str
    password: str = field(default="", repr=False)
    tenant: str | None = None
    openid_metadata_url: str = OPENID_METADATA_URL
    token_issuer: str = TOKEN_ISSUER
    login_url: str = LOGIN_URL
    outgoing_token: str | None = field(default=None, repr=False)
    anonymous: bool = False
