"""Changing tickets. Nothing else does."""
