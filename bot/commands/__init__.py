"""The commands of `tandem`, each with its arguments beside it."""
