"""The composition root: command line, settings, wiring, the web server and the worker."""
