"""Tables for spreadsheets: UTF-8 that they recognise, and cells that stay words, whatever somebody called a ticket."""

import csv
import io
import tempfile
from datetime import date

from common.moments import format_moment

#: First, so that spreadsheets read Persian, Polish and Russian instead of guessing.
BOM = "\ufeff"
#: What makes a spreadsheet calculate instead of showing, in plain and in full width.
FORMULA_SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20"
_ISOLATES = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069\x00"))


def csv_text(rows):
    """Lines of a CSV file. Numbers stay numbers; text that could be a formula begins with an apostrophe (OWASP)."""
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows([safe_cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8", errors="replace").decode()


def safe_cell(value):
    """The value as it may stand in a cell. Marks that only steer the direction on a page are left out."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return value
    if isinstance(value, date):
        return format_moment(value, "machine")
    text = str(value).translate(_ISOLATES)
    return f"'{text}" if text[:1] in "\t\r\n" and text or text.lstrip()[:1] in FORMULA_SIGNS and text.strip() else text


class CsvFile:
    """A table that grows on the disk. `size` counts what was written. The same shape as common.xlsx_export.XlsxFile."""

    content_type = "text/csv; charset=utf-8"

    def __init__(self, title, head, reader):
        self._file, self.size = tempfile.TemporaryFile(), 0  # noqa: SIM115  closed by close()
        self._write(BOM + csv_text([head]))

    def add(self, rows):
        self._write(csv_text(rows))

    def save(self, out):
        self._file.seek(0)
        for piece in iter(lambda: self._file.read(1 << 20), b""):
            out.write(piece)

    def close(self):
        self._file.close()

    def _write(self, text):
        piece = text.encode()
        self._file.write(piece)
        self.size += len(piece)
