"""Checklists, from a meeting that opens one to the minutes that print it."""
