"""Checklists: what must be ready before a meeting of a stage, whose it is, what shows it, and who checked."""
