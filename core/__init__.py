"""Everything that Tandem knows about joint meetings, free of any platform."""
