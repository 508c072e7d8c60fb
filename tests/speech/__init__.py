"""What is said to Tandem, and how it is understood."""
