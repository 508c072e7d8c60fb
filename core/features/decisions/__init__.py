"""Decisions: proposed by anyone who takes part, agreed when both companies said so, never quietly undone."""
