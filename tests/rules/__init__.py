"""Tests of the rules: tables of what people write and what it means."""
