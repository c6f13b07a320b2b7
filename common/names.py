"""How a person may be called in a greeting."""

from common.numbers import language_of_reader

# Languages with a vocative: called by the plain form of their name, people hear a machine. A greeting without a name is the better one.
VOCATIVE = {"pl"}


def callable_name(name) -> str:
    """The name, as it may stand in a greeting of the active language; nothing where it would have to change its ending."""
    return "" if language_of_reader() in VOCATIVE else str(name or "")
