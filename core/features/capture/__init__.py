"""What people say in a meeting without calling Tandem: read, proposed to who said it, and confirmed with one press."""
