"""Teams: its activities become turns, cards become Adaptive Cards, posts become calls of the Bot Connector."""
