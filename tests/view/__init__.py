"""What Tandem says, and how markup becomes it."""
