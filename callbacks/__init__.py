"""The door for companies that carry our messages: they tell what became of one, or bring one. Never a page."""
