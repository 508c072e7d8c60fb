"""Minutes: what a meeting came to, posted at its end and kept word for word."""
