"""What is wrong with a workflow's document, in sentences, each with its place. Nothing is published while a fault is left."""

from django.utils.translation import gettext as _

from accounts.choices import Language
from automations.action_faults import faults_of_action
from automations.circles import circle
from automations.faults import Fault, Place
from automations.naming import named
from automations.shape import complete
from automations.things import Things
from common.templatetags.formats import isolate
from statuses.models import StatusKind
from stores.models import Store


def check(document, *, language=None):
    """[Fault], those that hinder first. `language`: in which every name must be there; else the first language of the default store."""
    document, faults = complete(document)
    if faults:
        return faults
    store = None if language else Store.objects.default()
    language = language or (store.language if store else Language.ENGLISH.value)
    found = [*_of_workflow(document, language), *_of_statuses(document, language)]
    things = Things(document)
    for status in document["statuses"]:
        for action in status["actions"]:
            found += faults_of_action(document, status, action, things, language)
    return sorted(found, key=lambda fault: fault.is_warning)


def _of_workflow(document, language):
    statuses = document["statuses"]
    open_ones = [status for status in statuses if status["kind"] != StatusKind.CLOSED]
    if not document["name"].get(language):
        yield Fault(Place(field="name"), missing_name(language))
    if not open_ones:
        yield Fault(Place(), _("A new ticket has nowhere to begin: every status is closed, or there is none. Add one that is not closed."))
    elif not any(status["kind"] == StatusKind.NEW for status in statuses):
        words = _("No status is of the kind “new”, so new tickets begin in %(status)s.") % {"status": named(open_ones[0])}
        yield Fault(Place(), words, is_warning=True)
    if len(open_ones) == len(statuses):
        yield Fault(Place(), _("Tickets could never be closed: no status is of the kind “closed”. Add one."))
    around = circle(statuses)
    if around:
        way = " → ".join(named(status) for status, _action in [*around, around[0]])
        for status, action in around:
            yield Fault(
                Place(status["key"], action["key"], "fires_after_hours"),
                _(
                    "Tickets would go round for ever by themselves: %(way)s. Let one of these actions be done by a person, or lead elsewhere."
                )
                % {"way": way},
            )


def _of_statuses(document, language):
    known = {status["key"] for status in document["statuses"]}
    for status in document["statuses"]:
        place = Place(status=status["key"])
        if not status["name"].get(language):
            yield Fault(place._replace(field="name"), missing_name(language))
        for name in ("after_customer_reply", "after_staff_reply"):
            if status[name] and status[name] not in known:
                yield Fault(place._replace(field=name), _("A reply leads to a status that is not there any more. Choose another one."))
        if status["kind"] == StatusKind.CLOSED:
            continue
        if status["asks_for_survey"]:
            words = _("Only closed statuses ask for a rating; here nobody is asked.")
            yield Fault(place._replace(field="asks_for_survey"), words, is_warning=True)
        if status["reply_days"] is not None:
            words = _("Days for a late reply count in closed statuses only.")
            yield Fault(place._replace(field="reply_days"), words, is_warning=True)


def missing_name(language):
    return _("The name is missing in %(language)s, the store’s first language.") % {"language": isolate(Language(language).label)}
