"""Adapters: what comes in from a platform, and what goes out to it."""
