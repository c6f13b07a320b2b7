"""Who is told, in which words, and whether it arrived."""
