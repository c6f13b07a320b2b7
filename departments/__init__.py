"""Departments: where a ticket lands, and who answers there."""
