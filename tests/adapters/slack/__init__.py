"""Slack, against a double of it, over real HTTP and with real signatures."""
