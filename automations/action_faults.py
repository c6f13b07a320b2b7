"""What is wrong with one action of a document."""

from django.utils.translation import gettext as _

from accounts.choices import Language
from automations.faults import Fault, Place
from automations.naming import named
from common.templatetags.formats import isolate
from notifications.choices import Recipient
from statuses.models import ActionDeed, GivesTo
from tickets.variables import complaint_about, unknown_variables

SPOKEN = {ActionDeed.REPLY, ActionDeed.NOTE}


def faults_of_action(document, status, action, things, language):
    place = Place(status["key"], action["key"])
    for look in (_of_itself, _of_people, _of_being_timed, _for_customers, _of_words, _of_messages, _of_use):
        for field, words, *warning in look(document, action, things, language):
            yield Fault(place._replace(field=field), str(words), is_warning=bool(warning))


def _of_itself(document, action, things, language):
    if not action["name"].get(language):
        words = _("The label is missing in %(language)s, the store’s first language.")
        yield "name", words % {"language": isolate(Language(language).label)}
    if action["target"] and action["target"] not in {status["key"] for status in document["statuses"]}:
        yield "target", _("The action leads to a status that is not there any more. Choose another one.")
    department = things.departments.get(action["department"])
    if action["department"] and department is None:
        yield "department", _("The department “%(name)s” is not there, or is archived.") % {"name": isolate(action["department"])}
    if action["deed"] == ActionDeed.PASS_ON and action["target"]:
        words = _(
            "A department with another workflow has its own statuses: where that is so, the ticket takes the one of the same kind there."
        )
        yield "target", words, "warning"


def _of_people(document, action, things, language):
    if action["gives_to"] == GivesTo.PERSON:
        if not action["person"]:
            yield "person", _("Choose the person who gets the ticket.")
        elif things.person(action["person"]) is None:
            yield "person", _("Nobody of the staff has the address “%(name)s”.") % {"name": isolate(action["person"])}
    if action["gives_to"] == GivesTo.TEAM:
        if not action["team"]:
            yield "team", _("Choose the team that gets the ticket.")
        elif action["team"] not in things.teams:
            yield "team", _("There is no team “%(name)s”.") % {"name": isolate(action["team"])}
    for asked in action["fields"]:
        if asked["field"] not in things.fields:
            yield "fields", _("The field “%(name)s” is not there any more.") % {"name": isolate(asked["field"])}


def _of_being_timed(document, action, things, language):
    """Nobody is there to write, to choose or to fill in."""
    if not action["fires_after_hours"]:
        return
    if action["deed"] in SPOKEN and not action["text"]:
        yield "text", _("It is done by itself, so nobody writes anything: give it the words.")
    elif action["deed"] in SPOKEN and not action["text"].get(language):
        words = _("It is done by itself, so its words are needed in %(language)s at least.")
        yield "text", words % {"language": isolate(Language(language).label)}
    if action["deed"] == ActionDeed.PASS_ON and not action["department"]:
        yield "department", _("It is done by itself, so nobody can choose the department: name it.")
    if action["gives_to"] == GivesTo.CHOICE:
        yield "gives_to", _("It is done by itself, so nobody can choose who gets the ticket.")
    if action["gives_to"] == GivesTo.DOER:
        yield "gives_to", _("It is done by itself, so there is nobody who does it and could get the ticket.")
    if any(asked["required"] for asked in action["fields"]):
        yield "fields", _("It is done by itself, so nobody can fill in the fields it requires.")


def _for_customers(document, action, things, language):
    if not action["for_customers"]:
        return
    if action["deed"] in {ActionDeed.NOTE, ActionDeed.DELETE}:
        yield "for_customers", _("Customers neither write notes nor delete tickets, so they cannot have this action.")
    if action["deed"] == ActionDeed.PASS_ON and not action["department"]:
        yield "department", _("Customers do not choose departments: name the one it passes to.")
    if action["gives_to"] == GivesTo.CHOICE:
        yield "gives_to", _("Customers do not choose among your staff who gets the ticket.")
    if action["gives_to"] == GivesTo.DOER:
        yield "gives_to", _("A customer who does it cannot get the ticket.")


def _of_words(document, action, things, language):
    for code, words in action["text"].items():
        for unknown in unknown_variables(words):
            said = complaint_about(unknown)
            yield "text", f"{said} ({isolate(Language(code).label)})"


def _of_messages(document, action, things, language):
    for message in action["messages"]:
        if message["text"] not in things.texts:
            yield "messages", _("The text “%(name)s” is not there any more.") % {"name": isolate(message["text"])}
        if message["recipient"] == Recipient.ADDRESS and not message["address"]:
            yield "messages", _("Write the e-mail address that the text goes to.")
        if message["recipient"] == Recipient.DOER and not action["for_staff"]:
            yield "messages", _("No member of staff does it, so this text reaches nobody."), "warning"


def _of_use(document, action, things, language):
    if not (action["for_staff"] or action["for_customers"] or action["fires_after_hours"]):
        yield "for_staff", _("Nobody has this action: neither staff nor customers, and it is not done by itself."), "warning"
    idle = action["deed"] == ActionDeed.MOVE and action["gives_to"] == GivesTo.KEEP
    if idle and not (action["target"] or action["fields"] or action["messages"]):
        yield "target", _("%(action)s only leaves a line in the history.") % {"action": named(action)}, "warning"
