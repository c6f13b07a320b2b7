"""Workflows and their statuses: the owner's words over a few fixed kinds."""
