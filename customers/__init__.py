"""Customers: people who ask, with what staff know about them."""
