"""Workflows to start from. They are data: whoever starts from one has a workflow of their own and changes it as they like."""

from automations.ready_made.jobs import JOBS
from automations.ready_made.orders import ORDERS
from automations.ready_made.simple import SIMPLE
from automations.ready_made.technical import TECHNICAL
from automations.ready_made.wishes import WISHES

READY_MADE = {each.key: each for each in (SIMPLE, TECHNICAL, ORDERS, WISHES, JOBS)}
