"""Asking for a rating after closing, and keeping the answer."""
