"""Programs from outside that the tests run against: a database server, a chat server, a browser."""
