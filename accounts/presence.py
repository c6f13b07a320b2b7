"""Who is there: tickets that are given out by themselves find only those who are."""

from django.db import transaction

from accounts.models import User


@transaction.atomic
def go_away(person, *, until=None):
    """Say that this colleague is away, for good or until a moment. Tickets they have stay theirs; they are given no new ones by themselves."""
    _write(person, is_away=True, away_until=until)


@transaction.atomic
def come_back(person):
    """There again. Coming back twice changes nothing."""
    _write(person, is_away=False, away_until=None)


def _write(person, **changes):
    User.objects.filter(pk=person.pk).update(**changes)
    for name, value in changes.items():
        setattr(person, name, value)
