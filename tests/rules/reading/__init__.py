"""Tests of the reading of chat lines."""
