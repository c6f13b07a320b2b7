"""What is laid aside while millions of rows come in is all there again afterwards."""

import pytest
from django.db import connection

from helpdesk.generating.databases import LAID_ASIDE, database

pytestmark = pytest.mark.django_db


def constraints():
    """Indexes, unique and foreign keys and checks of the big tables, with all that the database tells of them but their order."""
    with connection.cursor() as cursor:
        return {table: connection.introspection.get_constraints(cursor, table) for table in LAID_ASIDE}


def test_indexes_and_keys_are_laid_aside_and_brought_back():
    before = constraints()

    orders = database().lay_indexes_aside()
    without = constraints()
    database().bring_back(orders)

    assert len(orders) > 30
    assert sum(map(len, before.values())) - sum(map(len, without.values())) == len(orders)
    assert constraints() == before
