"""How far the making has come: one note in the database, written in the same transaction as the rows it speaks of.

Its table is made by the command and is no model: an installation that never generates anything knows nothing of it.
"""

import json

from django.db import connection

_TABLE = "generated_data"


def read():
    """The plan with its makings, or None before the first."""
    if _TABLE not in connection.introspection.table_names():
        return None
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT note FROM {_TABLE}")  # noqa: S608
        row = cursor.fetchone()
    return _with_numbers(json.loads(row[0])) if row else None


def forget():
    """The rows stay; nobody knows any more that they were made."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {_TABLE}")  # noqa: S608


def write(plan):
    """Keep the plan as it is now. Call it in the transaction that did what it says."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE IF NOT EXISTS {_TABLE} (note text NOT NULL)")
        cursor.execute(f"DELETE FROM {_TABLE}")  # noqa: S608
        cursor.execute(f"INSERT INTO {_TABLE} (note) VALUES (%s)", [json.dumps(plan)])  # noqa: S608


def _with_numbers(plan):
    """JSON knows no numbers as keys."""
    for workflow in plan["workflows"]:
        workflow["statuses"] = {int(pk): status for pk, status in workflow["statuses"].items()}
    return plan
