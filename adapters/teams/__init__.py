"""Teams: its activities become turns, cards become Adaptive Cards, posts become calls of the Bot Connector.

What begins the adapter itself is `adapters.teams.adapter`: importing the SDK behind it takes most of a second.
"""

from adapters.teams.checks import teams_checks as teams_checks
from adapters.teams.keys import TeamsKeys as TeamsKeys
from adapters.teams.manifest import teams_package as teams_package
