"""The demo store: Narvan sells coffee gear, in four languages."""
