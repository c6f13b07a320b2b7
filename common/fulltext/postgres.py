"""The full text in PostgreSQL: a tsvector beside the document, written by hand, under a GIN index. None of its parsers and dictionaries is asked."""

from common.fulltext.cutting import GAP
from common.fulltext.questions import PART, PART_OF, PLACE, stored

VENDOR = "postgresql"
# An array is walked through in order, and only as far as a page needs it. As one condition of several it would be searched from end to end.
LEADING = "{pk} = ANY(ARRAY({sql}))"
HAS_PARTS = True
LAST_POSITION, MOST_POSITIONS = 16383, 255
#: Kilobytes of what was written last that may wait for their place in the index, where nobody gives it to them in time (place_waiting): whoever
#: writes more than that does it for all. Every search looks through what waits once for each word it asks for.
WAITING = 1024


class Syntax:
    """Questions in the words of tsquery. Words hold letters and digits only; they stand in quotes, so that none becomes a sign of the language."""

    @staticmethod
    def word(word):
        return f"'{word}'"

    @staticmethod
    def beginning(word):
        return f"'{word}':*"

    @staticmethod
    def neighbours(words, term):
        return "(" + " <-> ".join(f"'{word}'" for word in words) + ("" if term.is_exact else ":*") + ")"

    @staticmethod
    def all(parts):
        return _joined(parts, " & ")

    @staticmethod
    def either(parts):
        return _joined(parts, " | ")

    @staticmethod
    def but_not(part, denied):
        denied = Syntax.either(denied)
        return f"({part} & !({denied}))" if denied else part


class LeadingSyntax(Syntax):
    """What the index answers alone: that the words are there. Where they stand, only a document tells."""

    @staticmethod
    def neighbours(words, term):
        if term.is_address:  # its last word would lead to everybody, as a beginning through all of their documents
            return _joined([Syntax.word(word) for word in words[:-1]], " & ")
        return _joined([*map(Syntax.word, words[:-1]), (Syntax.word if term.is_exact else Syntax.beginning)(words[-1])], " & ")


def _joined(parts, sign):
    parts = [part for part in parts if part]
    return f"({sign.join(parts)})" if len(parts) > 1 else parts[0] if parts else None


def create(index):
    yield f"ALTER TABLE {index.table} ADD COLUMN document tsvector"
    # The words lie beside the row and as they are: a search that knows from the index which rows answer reads many of them at once.
    yield f"ALTER TABLE {index.table} ALTER COLUMN document SET STORAGE EXTERNAL"
    yield f"ALTER TABLE {index.table} SET (toast_tuple_target = 128)"
    yield create_index(index)
    # The planner takes looking into a document for cheap and a beginning for common, and would rather walk through all of them.
    # Within this function it may not; nobody else's settings change.
    yield f"""
        CREATE FUNCTION {index.table}_found(asked tsquery) RETURNS SETOF bigint LANGUAGE sql STABLE ROWS 100
        SET enable_seqscan = off SET enable_indexscan = off SET jit = off
        AS $$ SELECT {index.key}::bigint FROM {index.table} WHERE document @@ asked $$
    """


def create_index(index):
    # What was written last waits in a short list, so that a reply need not find each word its place; searches read the list.
    return f"CREATE INDEX {index.table}_words ON {index.table} USING gin (document) WITH (gin_pending_list_limit = {WAITING})"


def set_waiting(index, limit):
    """Let no more than so many kilobytes wait, from now on."""
    yield f"ALTER INDEX {index.table}_words SET (gin_pending_list_limit = {limit})"
    yield place_waiting(index)


def place_waiting(index):
    """Nothing is placed while the index is away, as it is where very many are loaded."""
    return f"SELECT gin_clean_pending_list(oid) FROM pg_class WHERE oid = to_regclass('{index.table}_words')"


def drop_index(index):
    return f"DROP INDEX IF EXISTS {index.table}_words"


def drop(index):
    yield f"DROP FUNCTION IF EXISTS {index.table}_found(tsquery)"
    yield drop_index(index)
    yield f"ALTER TABLE {index.table} DROP COLUMN IF EXISTS document"


def prepared(index, rows):
    """The documents of (pk, place, [tokens of each zone]), in their order."""
    return [document(index, pk, place, zones) for pk, place, zones in rows]


def put(index, cursor, notes, documents):
    """Take in what was prepared; nothing of it is there yet."""
    columns = f"{index.table} ({index.key}, indexed_at, size, document)"
    if len(notes) == 1:  # a copy takes turns with the server that one row does not need
        cursor.execute(f"INSERT INTO {columns} VALUES (%s, %s, %s, %s::tsvector)", [*notes[0], documents[0]])
        return
    with cursor.copy(f"COPY {columns} FROM STDIN") as copy:
        for note, words in zip(notes, documents, strict=True):
            copy.write_row((*note, words))


def document(index, pk, place, zones):
    """The tsvector of a document, as text."""
    found, position = {}, 0
    for letter, words in zip(index.letters, zones, strict=True):
        position = _place_words(found, stored(pk, letter, ""), words, position) + 1
    extra = [f"'{stored(pk, PART_OF, pk // PART)}'"]
    if place is not None:
        extra.append(f"'{stored(pk, PLACE, place)}'")
    return " ".join([*_written(found), *extra])


def _place_words(found, start, words, position):
    for word in words.split(" ") if words else ():
        position += 1
        if word != GAP:
            found.setdefault(start + word, []).append(position)
    return position


def _written(found):
    for word, positions in found.items():
        kept = [str(position) for position in positions[:MOST_POSITIONS] if position <= LAST_POSITION] or [str(LAST_POSITION)]
        yield f"'{word}':{','.join(kept)}"


def _further(index, pk, zones):
    """The tsvector of these zones, {zone: words}, to be put behind others: each begins with a gap."""
    found, position = {}, 1
    for zone, words in zones.items():
        position = _place_words(found, stored(pk, index.letter(zone), ""), words, position) + 1
    return " ".join(_written(found))


def append_words(index, cursor, pk, zones, size):
    """These zones go on, {zone: words}; the whole is of this size then."""
    sql = f"UPDATE {index.table} SET document = document || %s::tsvector, size = %s WHERE {index.key} = %s"
    cursor.execute(sql, [_further(index, pk, zones), size, pk])


def change_words(index, cursor, pk, zone, words):
    _replace(index, cursor, pk, stored(pk, index.letter(zone), ""), _further(index, pk, {zone: words}))


def change_place(index, cursor, pk, place):
    _replace(index, cursor, pk, stored(pk, PLACE, ""), f"'{stored(pk, PLACE, place)}'")


def _replace(index, cursor, pk, start, words):
    old = "ARRAY(SELECT lexeme FROM unnest(document) WHERE starts_with(lexeme, %s))"
    sql = f"UPDATE {index.table} SET document = ts_delete(document, {old}) || %s::tsvector WHERE {index.key} = %s"
    cursor.execute(sql, [start, words, pk])


def found(index, asked, *, low=None, high=None, among=None):
    """SQL for the ids that answer, and its parameters."""
    if among is not None:  # a few documents are opened sooner than a common word is looked up
        inner = f"SELECT {index.key} AS pk, document FROM {index.table} WHERE {index.key} = ANY(%s) OFFSET 0"
        return f"SELECT few.pk FROM ({inner}) few WHERE few.document @@ %s::tsquery", [list(among), asked]
    sql, params = f"SELECT pk FROM {index.table}_found(%s::tsquery) AS pk WHERE true", [asked]
    if low is not None:
        sql, params = f"{sql} AND pk >= %s", [*params, low]
    if high is not None:
        sql, params = f"{sql} AND pk < %s", [*params, high]
    return sql, params
