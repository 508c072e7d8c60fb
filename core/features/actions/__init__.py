"""Actions: who does what by when, asked, accepted, reminded of, and done."""
