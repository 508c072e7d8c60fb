"""A whole feature in a folder of its own, badges for visitors: that no other file is touched for it is the design."""
