"""What a document names outside of itself, looked up at once: one query for each kind, however long the document is."""

from functools import cached_property

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import Q
from django.db.models.functions import Lower

from automations.reading import person_word
from custom_fields.models import Field, FieldPlace
from departments.models import Department
from notifications.models import ActionText


class Things:
    """Departments, teams, people, fields and texts that these documents name, by the word they are named with."""

    def __init__(self, *documents):
        self.actions = [action for document in documents for status in document["statuses"] for action in status["actions"]]

    @cached_property
    def departments(self):
        return {row.key: row for row in Department.objects.active().filter(key__in=self._named("department"))}

    @cached_property
    def teams(self):
        return {team.name: team for team in Group.objects.filter(name__in=self._named("team"))}

    @cached_property
    def people(self):
        words = self._named("person")
        known = Q(phone__in=words) | Q(low__in=[word.lower() for word in words])
        found = get_user_model().objects.staff().annotate(low=Lower("email")).filter(known)
        return {person_word(person).lower(): person for person in found}

    def person(self, word):
        return self.people.get((word or "").lower())

    @cached_property
    def fields(self):
        keys = {asked["field"] for action in self.actions for asked in action["fields"]}
        found = Field.objects.kept().filter(key__in=keys).exclude(place=FieldPlace.CUSTOMER)
        return {field.key: field for field in found}

    @cached_property
    def texts(self):
        keys = {message["text"] for action in self.actions for message in action["messages"]}
        return {text.key: text for text in ActionText.objects.filter(key__in=keys, archived_at=None)}

    def _named(self, name):
        return {action[name] for action in self.actions if action[name]}
