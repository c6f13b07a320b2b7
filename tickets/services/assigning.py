"""Whom a department gives a ticket to."""


def choose_assignee(ticket, department):
    """The person who gets this ticket by the department's way of assignment, or None."""
    return department.responsible
