"""Spreadsheets of any length in little memory: typed cells, words that never calculate, right to left where the reader reads so."""

import contextlib
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from django.utils.translation import get_language_bidi

from common.csv_export import safe_cell
from common.lazily import lazily
from common.moments import format_moment

openpyxl = lazily("openpyxl")
cells, styles = lazily("openpyxl.cell"), lazily("openpyxl.styles")

#: What a spreadsheet holds in one cell, and without rounding.
LONGEST_CELL, LARGEST_NUMBER = 32_000, 10**15
#: Dates before it are unknown to spreadsheets.
FIRST_YEAR = 1900
COLUMN_WIDTH = 22
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\']")


class XlsxFile:
    """Rows go to the disk as they come. `size` counts what was written, unpacked."""

    content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def __init__(self, title, head, reader):
        self.reader, self.size = reader, 0
        self._book = openpyxl.Workbook(write_only=True)
        self._sheet = self._book.create_sheet(_NOT_IN_TITLES.sub(" ", str(title))[:31])
        self._sheet.sheet_view.rightToLeft = get_language_bidi()
        self._sheet.freeze_panes = "A2"
        for number in range(len(head)):
            self._sheet.column_dimensions[_letters(number)].width = COLUMN_WIDTH
        self._sheet.append([self._headed(words) for words in head])

    def add(self, rows):
        for row in rows:
            self._sheet.append([self._cell(value) for value in row])

    def save(self, out):
        """Pack everything into this open binary file."""
        self._book.save(out)

    def close(self):
        """Leave nothing on the disk, whether it was saved or not."""
        with contextlib.suppress(Exception):
            self._sheet.close()
        with contextlib.suppress(OSError, AttributeError):
            Path(self._sheet._writer.out).unlink()

    def _headed(self, words):
        cell = cells.WriteOnlyCell(self._sheet, value=xlsx_text(words))
        cell.font = styles.Font(bold=True)
        return cell

    def _cell(self, value):
        value = xlsx_value(value, self.reader)
        if isinstance(value, str):
            self.size += len(value.encode())
            return self._words(value)
        self.size += 8
        if isinstance(value, date):
            cell = cells.WriteOnlyCell(self._sheet, value=value)
            cell.number_format = "yyyy-mm-dd hh:mm" if isinstance(value, datetime) else "yyyy-mm-dd"
            return cell
        return value

    def _words(self, text):
        if not text:
            return None
        if text[0] not in "#=":
            return text
        # What looks like a formula or an error (#REF!) to the library is still words.
        cell = cells.WriteOnlyCell(self._sheet, value=text)
        cell.data_type = "s"
        return cell


def xlsx_value(value, reader):
    """The value as a cell keeps it: numbers, dates where the reader counts in the Gregorian calendar, else text."""
    if value is None or isinstance(value, str):
        return xlsx_text(value)
    if isinstance(value, bool):
        return xlsx_text(value)
    if isinstance(value, int | float | Decimal):
        is_exact = -LARGEST_NUMBER < value < LARGEST_NUMBER  # not so for what is no number
        return value if is_exact else xlsx_text(value)
    if isinstance(value, datetime):
        moment = (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(reader.zone)
        if reader.reads_jalali or moment.year < FIRST_YEAR:
            return xlsx_text(f"{format_moment(moment, 'day_numeric', reader)} {format_moment(moment, 'clock', reader)}")
        return moment.replace(tzinfo=None, microsecond=0)
    if isinstance(value, date):
        return xlsx_text(format_moment(value, "day_numeric", reader)) if reader.reads_jalali or value.year < FIRST_YEAR else value
    return xlsx_text(value)


def xlsx_text(value):
    """Words that stay words, of signs that the format knows."""
    text = "" if value is None else _NOT_XML.sub("", str(value))[:LONGEST_CELL].replace("\r\n", "\n").replace("\r", "\n")
    return _ESCAPE.sub("_x005F_", safe_cell(text))


def _letters(number):
    """A, B, …, Z, AA, …: what a column is called."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
