"""The rehearsal room: two rooms of one transfer on a web page, in front of the real core."""
