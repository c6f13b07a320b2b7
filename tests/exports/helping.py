"""Asking for a file and reading it back, in the words of tests."""

import csv
import io

from asgiref.sync import async_to_sync
from openpyxl import load_workbook

from exports.models import Export


def ask(desk, after_commit, where="/desk/tickets/export/?view=all", format="csv"):
    """Press Export; with `tasks_at_once` the file is there afterwards."""
    with after_commit():
        response = desk.post(where, {"format": format})
    assert response.status_code == 302, response.content.decode()[:500]
    return Export.objects.newest_first().first()


def fetched(desk, export):
    response = desk.get(f"/desk/exports/{export.pk}/file/")
    assert response.status_code == 200
    content = whole(response)
    assert len(content) == int(response["Content-Length"])
    return content


def whole(response):
    """What streams to a browser."""

    async def pieces():
        return [piece async for piece in response.streaming_content]

    return b"".join(async_to_sync(pieces)())


def read_csv(content):
    text = content.decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def sheet_of(content):
    return load_workbook(io.BytesIO(content)).active


def rows_of(desk, after_commit, where="/desk/tickets/export/?view=all"):
    return read_csv(fetched(desk, ask(desk, after_commit, where)))
