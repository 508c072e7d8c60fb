"""Transfers: two companies, their people and rooms, and who is not known yet."""
