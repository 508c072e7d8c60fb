"""Meetings, told from outside."""
