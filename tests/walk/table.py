"""Reading addresses.txt: {(address, method, thing): the letters of all people}, and writing a row as it should stand there."""

from pathlib import Path

from django.urls import get_resolver

FILE = Path(__file__).parent / "addresses.txt"
#: The columns, in the groups in which the letters stand.
GROUPS = [
    ["visitor"],
    ["customer", "stranger"],
    ["newcomer"],
    ["watcher", "alice", "paula", "tom", "olga"],
    ["root"],
    ["gone"],
]
PEOPLE = [person for group in GROUPS for person in group]
METHODS = ["GET", "POST"]
LETTERS = "2>L4FMEGCB"


class Table:
    """`arguments`: the word of each address; `cells`: {(address, method, thing): {person: letter}}."""

    def __init__(self, text):
        self.arguments, self.cells = {}, {}
        address = None
        for number, line in enumerate(text.splitlines(), start=1):
            if not line.strip() or line.startswith("#"):
                continue
            if not line.startswith(" "):
                address, _space, word = line.strip().partition(" ")
                self.arguments[address] = word.strip("<>").replace("> <", " ")
                continue
            method, *rest = line.split()
            things = [part for part in rest if part.islower() or part == "-"]
            letters = "".join(rest[len(things) :])
            if method not in METHODS or not things or len(letters) != len(PEOPLE) or set(letters) - set(LETTERS):
                raise ValueError(f"addresses.txt, line {number}: {line!r}")
            for thing in things:
                if (address, method, thing) in self.cells:
                    raise ValueError(f"addresses.txt, line {number}: {thing} stands there twice")
                self.cells[address, method, thing] = dict(zip(PEOPLE, letters, strict=True))


def read_table():
    return Table(FILE.read_text(encoding="utf-8"))


def addresses_of(patterns=None, namespace=""):
    """The names of all addresses of the project."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if hasattr(pattern, "url_patterns"):
            yield from addresses_of(pattern.url_patterns, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace)
        else:
            yield f"{namespace}{pattern.name}"


def write_table(table, came_out):
    """Keep the head of the file, and under each address what came out: {(address, method, thing, person): letter}."""
    text = FILE.read_text(encoding="utf-8")
    head = "\n".join(line for line in text.splitlines() if line.startswith("#"))
    blocks = []
    for name, word in table.arguments.items():
        rows = {}
        for (of, method, thing, person), letter in came_out.items():
            if of == name and method in METHODS:
                rows.setdefault((method, thing), {})[person] = letter
        rows = {cell: "".join(letters.get(person, "?") for person in PEOPLE) for cell, letters in rows.items()}
        words = " ".join(f"<{part}>" for part in word.split())
        blocks.append(f"{name} {words}".strip() + "\n" + as_lines(rows))
    FILE.write_text("\n\n".join([head, *blocks]) + "\n", encoding="utf-8")


def as_lines(rows):
    """{(method, thing): letters} of one address as lines of the table; things that are alike share a line."""
    lines = []
    for method in METHODS:
        alike = {}
        for (of, thing), letters in rows.items():
            if of == method:
                alike.setdefault(letters, []).append(thing)
        lines += [f"    {method:<5} {' '.join(things):<42} {in_groups(letters)}" for letters, things in alike.items()]
    return "\n".join(lines)


def in_groups(letters):
    parts, start = [], 0
    for group in GROUPS:
        parts.append(letters[start : start + len(group)])
        start += len(group)
    return " ".join(parts)
