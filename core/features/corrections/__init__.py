"""Corrections: what was recorded wrongly is put right or taken back, and the trail keeps how it read before."""
