"""Tests of what is read in the room without calling Tandem."""
