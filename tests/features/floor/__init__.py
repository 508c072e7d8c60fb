"""Running the room, tested as chat."""
