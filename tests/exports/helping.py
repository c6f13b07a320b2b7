"""Asking for a file and reading it back, in the words of tests."""

import csv
import io

from openpyxl import load_workbook

from exports.models import Export
from exports.services import fetch_export


def ask(desk, after_commit, where="/desk/tickets/export/?view=all", format="csv"):
    """Press Export; with `tasks_at_once` the file is there afterwards."""
    with after_commit():
        response = desk.post(where, {"format": format})
    assert response.status_code == 302, response.content.decode()[:500]
    return Export.objects.newest_first().first()


def fetched(desk, export):
    response = desk.get(f"/desk/exports/{export.pk}/file/")
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def read_csv(content):
    text = content.decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def sheet_of(content):
    return load_workbook(io.BytesIO(content)).active


def rows_of(desk, after_commit, where="/desk/tickets/export/?view=all"):
    return read_csv(fetched(desk, ask(desk, after_commit, where)))


def file_text(export):
    with fetch_export(export, by=export.user) as file:
        return file.read().decode()
