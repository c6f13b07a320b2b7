"""The heart: tickets, messages, history and the life of a ticket."""
