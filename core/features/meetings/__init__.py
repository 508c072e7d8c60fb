"""Meetings: planned, prepared with an agenda that posts itself, held, and ended."""
