"""The roads between the core and the places where people talk, one package for each."""
