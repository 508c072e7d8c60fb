"""A whole feature in a folder of its own: badges for visitors. That it works with no other file touched is the design."""
