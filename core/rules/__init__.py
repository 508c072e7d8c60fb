"""Rules that need neither store, network nor clock: what comes in decides what comes out."""
