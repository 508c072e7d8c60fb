"""What else is said and kept: questions until they are answered, risks until they are closed, and notes."""
