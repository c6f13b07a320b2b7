"""A yes or a no that can say why. Pages ask `if decision`, and “why?” reads the same object."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Grant:
    """One row that gives a right: on which thing, through which team and role (ids, None: to the person, by hand), until when."""

    code: str
    kind: str
    on: int
    team: int | None = None
    role: int | None = None
    ends_at: object = None
    is_emergency: bool = False


@dataclass(frozen=True)
class Need:
    """One thing that is necessary. Any of `ways` ((kind, id, code)) will do; `grants` are the rows that meet it.

    `exception`: what opens it without a grant, a ticket shared with the person or a reveal for a reason.
    """

    ways: tuple
    grants: tuple = ()
    exception: object = None

    def __bool__(self):
        return bool(self.grants or self.exception)


@dataclass(frozen=True)
class Decision:
    """Yes when every need is met and nothing hinders.

    `hindrance`: a sentence about the state of things (closed already, not a member of staff) that no grant can mend.
    """

    question: str
    needs: tuple
    hindrance: str = ""

    def __bool__(self):
        return not self.hindrance and all(self.needs)

    @property
    def missing(self):
        """The needs that nothing meets."""
        return tuple(need for need in self.needs if not need)
