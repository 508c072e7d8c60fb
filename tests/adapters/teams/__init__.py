"""Teams, against a double of its connector, over real HTTP and with really signed tokens."""
