"""A store: one stream of tickets with a face of its own."""
