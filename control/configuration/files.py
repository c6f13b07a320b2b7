"""A configuration as a YAML file that people read: https://yaml.org/spec/1.2.2/, the plain part of it."""

import re
from math import isfinite

import yaml
from django.utils.translation import gettext as _

from common.errors import DeskError
from common.numbers import format_number
from common.templatetags.formats import isolate
from common.text import clean_line

MOST_BYTES = 4_000_000
MOST_DEPTH = 20
# What PostgreSQL refuses, and halves of signs.
_NEVER_KEPT = re.compile(r"[\x00\ud800-\udfff]")
HEAD = "# What is set up in this help desk. No secrets, no people, no tickets. It can be changed by hand and taken in again.\n"


class FileIsBroken(DeskError):
    status_code = 422
    field = "file"


class _Loader(yaml.CSafeLoader):
    """Plain values only."""


# A day stays the text that was written: what it means, the field that gets it knows.
_Loader.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for sign, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data):
        return True


def _text(dumper, text):
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)


def write_file(document):
    return HEAD + yaml.dump(document, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1000)


def read_file(content):
    """The document in the file's bytes. Raises FileIsBroken, in words that name the line."""
    if len(content) > MOST_BYTES:
        raise FileIsBroken(_("The file is larger than any configuration: 4 MB at most."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileIsBroken(_("The file is not a text in UTF-8.")) from error
    try:
        _guard(text)
        document = yaml.load(text, Loader=_Loader)  # noqa: S506  (a safe loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = mark.line + 1 if mark else 1
        raise FileIsBroken(
            _("Line %(line)s cannot be read, or what stands before it is not finished.") % {"line": format_number(line)}
        ) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise FileIsBroken(_("This is not a configuration file.")) from error
    if not isinstance(document, dict) or "helpdesk" not in document:
        raise FileIsBroken(_("This is not a configuration file."))
    _guard_values(document)
    return document


def _guard_values(document):
    """Only what every database can keep: no infinite numbers, no signs without a shape, no values of kinds a setting never has."""
    rest = [document]
    while rest:
        value = rest.pop()
        if isinstance(value, dict):
            rest += [*value, *value.values()]
        elif isinstance(value, list):
            rest += value
        elif not _can_be_kept(value):
            shown = "…" if isinstance(value, int) else clean_line(str(value), 40)  # there are numbers that take minutes to write
            raise FileIsBroken(_("The file holds a value that cannot be stored: %(value)s") % {"value": isolate(shown)})


def _can_be_kept(value):
    if isinstance(value, str):
        return not _NEVER_KEPT.search(value)
    if isinstance(value, int):
        return abs(value) < 2**63
    return value is None or isinstance(value, float) and isfinite(value)


def _guard(text):
    """No aliases, with which a small file becomes a huge one (“billion laughs”), and nothing nested too deep; before anything is built."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent):
            raise FileIsBroken(_("The file uses anchors (&, *). Write everything out."))
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MOST_DEPTH:
            raise FileIsBroken(_("This is not a configuration file."))
