"""Finding tickets by their words: what is kept for it, how it is kept in step, how it is read."""
