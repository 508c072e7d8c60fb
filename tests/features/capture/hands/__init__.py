"""A feature with a sentence that is heard without calling Tandem: `hand+`."""
