"""Corrections as people make them, on both databases."""
