"""The seven doors of the guide: what each is for, whether it is done, and the proof. Read from what is set up, not from a list of ticks.

Ten queries at most, whatever the number of departments and people.
"""

from dataclasses import dataclass, field

from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.choices import Language
from common.numbers import format_number
from common.templatetags.formats import isolate
from control.guide.services import DONE, WAITS
from departments.models import Department
from notifications.senders import mail_state
from notifications.sms_gateways import sms_state
from permissions.models import ROWS
from permissions.rights import DepartmentRight
from statuses.models import StatusKind
from tickets.models import Ticket

MOST_NAMES = 4


@dataclass
class Door:
    """One subject of the setting up. `proof`: what is there already, in a few words; `missing`: what is not."""

    key: str
    icon: str
    title: str
    minutes: int
    is_done: bool
    proof: str = ""
    missing: str = ""
    links: list = field(default_factory=list)
    waits: bool = False

    @property
    def is_open(self):
        return not self.is_done and not self.waits


class Guide:
    """How far one store is."""

    def __init__(self, store):
        self.store = store

    @cached_property
    def doors(self):
        doors = [self._face(), self._departments(), self._statuses(), self._people(), self._mail(), self._sms(), self._link()]
        for door in doors:
            door.waits = not door.is_done and self.store.guide.get(door.key) == WAITS
        return doors

    @property
    def done(self):
        return sum(door.is_done for door in self.doors)

    @property
    def minutes_left(self):
        return sum(door.minutes for door in self.doors if door.is_open)

    @property
    def is_finished(self):
        return not any(door.is_open for door in self.doors)

    @cached_property
    def first_request(self):
        """The store's oldest ticket that a customer wrote, and whether it was answered: (ticket or None, bool)."""
        ticket = Ticket.objects.filter(store=self.store).kept().order_by("pk").first()
        answered = Ticket.objects.filter(store=self.store, first_answered_at__isnull=False).exists()
        return ticket, answered

    @cached_property
    def departments(self):
        return list(Department.objects.active().filter(stores=self.store).select_related("workflow").prefetch_related("workflow__statuses"))

    def _face(self):
        nameless = [code for code in self.store.offered_languages if not _has_words(self.store.name, code)]
        missing = _in_words(_("The name is missing in: %(languages)s."), nameless) if nameless else ""
        return Door(
            "face", "shop", _("Name, logo, colour, languages"), 2, not nameless,
            proof=" · ".join([isolate(self.store.name), *_languages(self.store.offered_languages)]),
            missing=missing,
            links=_links(("store", _("Name and texts")), ("store_look", _("Logo and colour")), ("store_languages", _("Languages and place"))),
        )  # fmt: skip

    def _departments(self):
        public = [department for department in self.departments if department.is_public]
        missing = _("Customers cannot write before there is a department.") if not public else ""
        links = _links(("departments", _("All departments"))) if self.departments else []
        return Door(
            "departments", "diagram-3", _("Departments"), 2, bool(public), proof=_names(self.departments), missing=missing, links=links
        )

    def _statuses(self):
        workflows = {department.workflow_id: department.workflow for department in self.departments}.values()
        lacking = [workflow for workflow in workflows if not _is_whole(workflow)]
        missing = _("“%(workflow)s” has no first status, or none that closes.") % {"workflow": isolate(lacking[0])} if lacking else ""
        is_done = bool(workflows) and not lacking
        proof = _("taken from %(names)s") % {"names": _names(workflows)} if workflows else ""
        return Door("statuses", "check-circle", _("Statuses"), 1, is_done, proof, missing, _links(("workflows", _("Statuses and actions"))))

    def _people(self):
        served = self._answered_departments
        lonely = [department for department in self.departments if department.pk not in served]
        missing = _("Nobody may answer in: %(names)s.") % {"names": _names(lonely)} if lonely else ""
        is_done = bool(self.departments) and not lonely
        proof = ngettext("%(count)s department is answered", "%(count)s departments are answered", len(served)) % {
            "count": format_number(len(served))
        }
        links = _links(("new_person", _("Invite a colleague")), ("rights", _("Who may do what")))
        return Door("people", "people", _("Who may do what"), 2, is_done, proof if served else "", missing, links)

    @cached_property
    def _answered_departments(self):
        """Ids of the store's departments in which some active colleague was given the right to answer."""
        places = {"content_object__in": [department.pk for department in self.departments], "permission__codename": DepartmentRight.REPLY}
        of_person, of_team = ROWS["department"]
        alone = of_person.objects.running().filter(**places, user__is_active=True, user__is_staff=True)
        with_team = of_team.objects.running().filter(**places).filter(Q(group__user__is_active=True, group__user__is_staff=True))
        return set(alone.values_list("content_object", flat=True)) | set(with_team.values_list("content_object", flat=True))

    def _mail(self):
        return self._sender("mail", "envelope", _("Sender of e-mail"), mail_state(self.store), ("mail_sender", _("Mail server")))

    def _sms(self):
        return self._sender("sms", "phone", _("SMS"), sms_state(self.store), ("sms", _("SMS gateways")))

    def _sender(self, key, icon, title, state, link):
        """Done once messages leave the house; until then they stand in a folder that the desk shows."""
        words = {"proof": state.words} if state.leaves else {"missing": state.words}
        return Door(key, icon, title, 3, state.leaves, links=_links(link), **words)

    def _link(self):
        is_done = self.store.guide.get("link") == DONE
        return Door("link", "link-45deg", _("Portal link"), 1, is_done, proof=_("It stands where customers see it.") if is_done else "")


def _has_words(words, language):
    data = getattr(words, "data", words)
    return bool(data.get(language)) if isinstance(data, dict) else bool(data)


def _is_whole(workflow):
    kinds = {status.kind for status in workflow.kept_statuses()}
    return StatusKind.CLOSED in kinds and bool(kinds - {StatusKind.CLOSED})


def _names(things):
    """A few names, and how many more there are."""
    words = [isolate(thing) for thing in list(things)[:MOST_NAMES]]
    more = len(things) - len(words)
    return " · ".join([*words, _("%(count)s more") % {"count": format_number(more)}] if more > 0 else words)


def _languages(codes):
    return [isolate(Language(code).label) for code in codes]


def _in_words(sentence, codes):
    return sentence % {"languages": " · ".join(_languages(codes))}


def _links(*named):
    """[(address, words)] of the pages that there are."""
    links = []
    for name, words in named:
        try:
            links.append((reverse(f"control:{name}"), words))
        except NoReverseMatch:
            continue
    return links
