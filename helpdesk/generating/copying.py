"""Rows as PostgreSQL's COPY reads them."""


def lines_of(rows, constants=()):
    """Bytes for COPY … FROM STDIN; each row is followed by the columns that hold the same in all of them."""
    end = "".join(f"\t{_cell(value)}" for value in constants) + "\n"
    return "".join(["\t".join([_cell(value) for value in row]) + end for row in rows]).encode()


def _cell(value):
    if value is None:
        return "\\N"
    if type(value) is not str:
        return str(getattr(value, "obj", value))  # a default of a JSON field comes wrapped
    if "\\" in value:
        value = value.replace("\\", "\\\\")
    if "\n" in value:
        value = value.replace("\n", "\\n")
    return value.replace("\t", "\\t").replace("\r", "\\r") if "\t" in value or "\r" in value else value
