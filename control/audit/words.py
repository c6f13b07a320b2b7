"""The audit log told to one reader: a calm sentence for each line, whatever language and direction its names have."""

from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from audit.choices import Deed
from audit.log import COMMAND_LINE
from common.numbers import format_number, local_digits
from common.templatetags.formats import isolate
from control.audit import facts
from control.audit.covering import masks_of
from permissions.querysets import stores_where
from permissions.rights import StoreRight
from stores.models import Store

ICONS = {
    Deed.GRANTED: "key",
    Deed.WITHDRAWN: "slash-circle",
    Deed.GRANT_ENDED: "hourglass-split",
    Deed.EMERGENCY: "life-preserver",
    Deed.ROLE_CHANGED: "person-badge",
    Deed.TEAM_CHANGED: "people",
    Deed.PERSON_CHANGED: "person",
    Deed.TICKET_SHARED: "ticket-perforated",
    Deed.TICKET_UNSHARED: "ticket-perforated",
    Deed.TICKET_DELETED: "trash",
    Deed.TICKET_RESTORED: "arrow-counterclockwise",
    Deed.REVEALED: "eye",
    Deed.SECRET_SHOWN: "key",
    Deed.CUSTOMER_CHANGED: "person",
    Deed.VIEW_AS_BEGAN: "eye-fill",
    Deed.VIEW_AS_ENDED: "eye-slash-fill",
    Deed.SIGNED_IN: "door-open",
    Deed.SIGN_IN_FAILED: "shield-lock",
    Deed.SIGNED_OUT: "box-arrow-right",
    Deed.REFUSED: "shield-lock",
    Deed.EXPORTED: "download",
    Deed.SETTINGS_CHANGED: "gear",
}
KINDS = {
    "user": gettext_lazy("Colleagues"),
    "group": gettext_lazy("Teams"),
    "role": gettext_lazy("Roles"),
    "ticket": gettext_lazy("Tickets"),
    "customer": gettext_lazy("Customers"),
    "store": gettext_lazy("The store’s settings"),
    "faqentry": gettext_lazy("Questions and answers"),
    "replytemplate": gettext_lazy("Prepared answers"),
    "faqsection": gettext_lazy("Sections of the answers"),
    "faqimage": gettext_lazy("Pictures in answers"),
    "infopage": gettext_lazy("Information pages"),
    "department": gettext_lazy("Departments"),
    "requesttype": gettext_lazy("Request types"),
    "tag": gettext_lazy("Tags"),
    "blockrule": gettext_lazy("Block rules"),
    "heldrequest": gettext_lazy("Held requests"),
    "field": gettext_lazy("Fields"),
    "actiontext": gettext_lazy("Texts of actions"),
    "surveyquestion": gettext_lazy("Questions of the survey"),
    "surveyrules": gettext_lazy("Rules of the survey"),
    "departmentrules": gettext_lazy("Surveys of departments"),
}
PLAIN = {
    Deed.TICKET_RESTORED: pgettext_lazy("audit log", "%(who)s restored ticket %(thing)s"),
    Deed.VIEW_AS_BEGAN: pgettext_lazy("audit log", "%(who)s began to view the desk as %(thing)s"),
    Deed.VIEW_AS_ENDED: pgettext_lazy("audit log", "%(who)s stopped viewing the desk as %(thing)s"),
    Deed.SIGNED_OUT: pgettext_lazy("audit log", "%(who)s signed out"),
}
SIGN_INS = {
    (Deed.SIGNED_IN, "password"): pgettext_lazy("audit log", "%(who)s signed in with the password"),
    (Deed.SIGNED_IN, "code"): pgettext_lazy("audit log", "%(who)s signed in with a one-time code"),
    (Deed.SIGN_IN_FAILED, "password"): pgettext_lazy("audit log", "Somebody tried to sign in as %(thing)s: wrong password"),
    (Deed.SIGN_IN_FAILED, "code"): pgettext_lazy("audit log", "Somebody tried to sign in as %(thing)s: wrong code"),
    (Deed.SIGN_IN_FAILED, "ended"): pgettext_lazy("audit log", "Somebody tried to sign in as %(thing)s: the account has ended"),
}
EXPORTS = {
    ("tickets", "asked"): pgettext_lazy("audit log", "%(who)s asked for a list of tickets as a file"),
    ("tickets", "fetched"): pgettext_lazy("audit log", "%(who)s fetched the file of a list of tickets, rows: %(number)s"),
    ("customers", "asked"): pgettext_lazy("audit log", "%(who)s asked for a list of customers as a file"),
    ("customers", "fetched"): pgettext_lazy("audit log", "%(who)s fetched the file of a list of customers, rows: %(number)s"),
    ("personal", "asked"): pgettext_lazy("audit log", "%(who)s asked for all data of a customer as a file"),
    ("personal", "fetched"): pgettext_lazy("audit log", "%(who)s fetched all data of a customer"),
    ("", "asked"): pgettext_lazy("audit log", "%(who)s asked for a list as a file"),
    ("", "fetched"): pgettext_lazy("audit log", "%(who)s fetched the file of a list, rows: %(number)s"),
}
TEXTS = {
    ("faqentry", "made"): pgettext_lazy("audit log", "%(who)s wrote the question %(thing)s"),
    ("faqentry", "changed"): pgettext_lazy("audit log", "%(who)s changed the question %(thing)s"),
    ("faqentry", "moved"): pgettext_lazy("audit log", "%(who)s moved the question %(thing)s to another place"),
    ("faqentry", "published"): pgettext_lazy("audit log", "%(who)s published the question %(thing)s"),
    ("faqentry", "withdrawn"): pgettext_lazy("audit log", "%(who)s withdrew the question %(thing)s"),
    ("faqentry", "removed"): pgettext_lazy("audit log", "%(who)s deleted the question %(thing)s"),
    ("replytemplate", "made"): pgettext_lazy("audit log", "%(who)s wrote the prepared answer %(thing)s"),
    ("replytemplate", "changed"): pgettext_lazy("audit log", "%(who)s changed the prepared answer %(thing)s"),
    ("replytemplate", "moved"): pgettext_lazy("audit log", "%(who)s moved the prepared answer %(thing)s to another place"),
    ("surveyquestion", "made"): pgettext_lazy("audit log", "%(who)s wrote the survey’s question %(thing)s"),
    ("surveyquestion", "changed"): pgettext_lazy("audit log", "%(who)s changed the survey’s question %(thing)s"),
    ("surveyquestion", "moved"): pgettext_lazy("audit log", "%(who)s moved the survey’s question %(thing)s to another place"),
    ("surveyquestion", "removed"): pgettext_lazy("audit log", "%(who)s removed the survey’s question %(thing)s"),
    ("surveyquestion", "restored"): pgettext_lazy("audit log", "%(who)s brought the survey’s question %(thing)s back"),
    ("department", "made"): pgettext_lazy("audit log", "%(who)s made the department %(thing)s"),
    ("department", "changed"): pgettext_lazy("audit log", "%(who)s changed the department %(thing)s"),
    ("department", "moved"): pgettext_lazy("audit log", "%(who)s moved the department %(thing)s to another place"),
    ("department", "archived"): pgettext_lazy("audit log", "%(who)s archived the department %(thing)s"),
    ("department", "brought_back"): pgettext_lazy("audit log", "%(who)s brought the department %(thing)s back"),
    ("requesttype", "made"): pgettext_lazy("audit log", "%(who)s made the request type %(thing)s"),
    ("requesttype", "changed"): pgettext_lazy("audit log", "%(who)s changed the request type %(thing)s"),
    ("requesttype", "moved"): pgettext_lazy("audit log", "%(who)s moved the request type %(thing)s to another place"),
    ("requesttype", "archived"): pgettext_lazy("audit log", "%(who)s archived the request type %(thing)s"),
    ("requesttype", "brought_back"): pgettext_lazy("audit log", "%(who)s brought the request type %(thing)s back"),
    ("tag", "changed"): pgettext_lazy("audit log", "%(who)s changed the tag %(thing)s"),
    ("tag", "merged"): pgettext_lazy("audit log", "%(who)s merged another tag into the tag %(thing)s"),
    ("tag", "removed"): pgettext_lazy("audit log", "%(who)s deleted the tag %(thing)s"),
    ("blockrule", "made"): pgettext_lazy("audit log", "%(who)s made the block rule %(thing)s"),
    ("blockrule", "removed"): pgettext_lazy("audit log", "%(who)s removed the block rule %(thing)s"),
    ("heldrequest", "released"): pgettext_lazy("audit log", "%(who)s let the held request %(thing)s through"),
    ("heldrequest", "removed"): pgettext_lazy("audit log", "%(who)s deleted the held request %(thing)s"),
    ("actiontext", "made"): pgettext_lazy("audit log", "%(who)s wrote the text of actions %(thing)s"),
    ("actiontext", "changed"): pgettext_lazy("audit log", "%(who)s changed the text of actions %(thing)s"),
    ("actiontext", "archived"): pgettext_lazy("audit log", "%(who)s archived the text of actions %(thing)s"),
    ("replytemplate", "removed"): pgettext_lazy("audit log", "%(who)s deleted the prepared answer %(thing)s"),
    ("faqsection", "made"): pgettext_lazy("audit log", "%(who)s made the section %(thing)s of the answers"),
    ("faqsection", "changed"): pgettext_lazy("audit log", "%(who)s changed the section %(thing)s of the answers"),
    ("faqsection", "moved"): pgettext_lazy("audit log", "%(who)s moved the section %(thing)s of the answers to another place"),
    ("faqsection", "removed"): pgettext_lazy("audit log", "%(who)s deleted the section %(thing)s of the answers"),
    ("faqimage", "made"): pgettext_lazy("audit log", "%(who)s uploaded the picture %(thing)s"),
    ("infopage", "made"): pgettext_lazy("audit log", "%(who)s wrote the page %(thing)s"),
    ("infopage", "changed"): pgettext_lazy("audit log", "%(who)s changed the page %(thing)s"),
    ("infopage", "moved"): pgettext_lazy("audit log", "%(who)s moved the page %(thing)s to another place"),
    ("infopage", "published"): pgettext_lazy("audit log", "%(who)s published the page %(thing)s"),
    ("infopage", "withdrawn"): pgettext_lazy("audit log", "%(who)s withdrew the page %(thing)s"),
    ("infopage", "removed"): pgettext_lazy("audit log", "%(who)s deleted the page %(thing)s"),
    ("workflow", "made"): pgettext_lazy("audit log", "%(who)s made the workflow %(thing)s"),
    ("workflow", "published"): pgettext_lazy("audit log", "%(who)s published the workflow %(thing)s"),
    ("workflow", "archived"): pgettext_lazy("audit log", "%(who)s archived the workflow %(thing)s"),
    ("workflow", "restored"): pgettext_lazy("audit log", "%(who)s took up the workflow %(thing)s again"),
}
TEXTS |= {
    ("field", "made"): pgettext_lazy("audit log", "%(who)s made the field %(thing)s"),
    ("field", "changed"): pgettext_lazy("audit log", "%(who)s changed the field %(thing)s"),
    ("field", "moved"): pgettext_lazy("audit log", "%(who)s moved the field %(thing)s to another place"),
    ("field", "removed"): pgettext_lazy("audit log", "%(who)s removed the field %(thing)s"),
    ("field", "restored"): pgettext_lazy("audit log", "%(who)s brought back the field %(thing)s"),
}
CUSTOMER = "customer"
AT_ONCE = 4


class Told:
    """One line as a page shows it."""

    def __init__(self, line, teller):
        self.line, self.teller = line, teller
        self.at, self.address, self.pk = line.created_at, line.address, line.pk
        self.icon = ICONS.get(line.deed, "info-circle")
        self.is_warning = line.deed in {Deed.EMERGENCY, Deed.SIGN_IN_FAILED, Deed.REFUSED}

    @cached_property
    def sentence(self):
        return self.teller.tell(self.line)

    @property
    def reason(self):
        return _("on the command line") if self.line.reason == COMMAND_LINE else self.teller.reason(self.line)

    @property
    def has_typed_reason(self):
        return bool(self.line.reason) and self.line.reason != COMMAND_LINE

    def details(self, longest=facts.LONGEST):
        return facts.rows_of(self.line, longest) if self.teller.may_know(self.line) else []

    @cached_property
    def rows(self):
        return self.details()


class Teller:
    """Tells lines to one reader, who knows customers by name only with the right to it in every store."""

    def __init__(self, reader):
        self.reader, self._masks = reader, {}

    @cached_property
    def knows_customers(self):
        known = stores_where(self.reader, StoreRight.VIEW_CUSTOMERS)
        return not Store.objects.exclude(pk__in=known.values("pk")).exists()

    def may_know(self, line):
        return line.subject_type != CUSTOMER or self.knows_customers

    def told(self, lines):
        lines = list(lines)
        self._masks = masks_of(lines, self.reader)
        return [Told(line, self) for line in lines]

    def reason(self, line):
        """Why it was done, as it was typed. Reasons name the customer often enough: they are covered like the ticket itself."""
        return self._masks[line.pk].text(line.reason) if line.pk in self._masks else line.reason

    def thing(self, line):
        if not self.may_know(line):
            return _("a customer")
        return isolate(local_digits(line.subject_name) if line.subject_type == "ticket" else line.subject_name)

    def tell(self, line):
        """One sentence. A deed or a fact it does not know is told in fewer words, never left out."""
        names = {"who": isolate(line.actor_name) or _("The help desk itself"), "thing": self.thing(line)}
        plain = PLAIN.get(line.deed) or SIGN_INS.get((line.deed, line.after.get("way")))
        if plain:
            return plain % names
        teller = getattr(self, f"_{line.deed}", None)
        told = teller(line, line.before, line.after, names) if teller else ""
        return told or pgettext("audit log", "%(who)s: %(deed)s, %(thing)s") % {**names, "deed": line.get_deed_display()}

    # --- Rights -------------------------------------------------------------------------------------
    def _granted(self, line, before, after, names):
        names["rights"] = facts.rights_in_words(after.get("rights", ()), most=AT_ONCE)
        if after.get("role"):
            names["role"] = isolate(after["role"])
            names["places"] = _places(after)
            told = pgettext("audit log", "%(who)s gave %(thing)s the role %(role)s: %(places)s") % names
        else:
            told = pgettext("audit log", "%(who)s gave %(thing)s: %(rights)s") % names
        return _until(told, after)

    def _withdrawn(self, line, before, after, names):
        if before.get("role"):
            names["role"], names["places"] = isolate(before["role"]), _places(before)
            return pgettext("audit log", "%(who)s took from %(thing)s the role %(role)s: %(places)s") % names
        names["rights"] = facts.rights_in_words(before.get("rights", ()), most=AT_ONCE)
        return pgettext("audit log", "%(who)s took from %(thing)s: %(rights)s") % names

    def _grant_ended(self, line, before, after, names):
        names["rights"] = facts.rights_in_words(before.get("rights", ()), most=AT_ONCE)
        return pgettext("audit log", "The time was over for %(thing)s: %(rights)s") % names

    def _emergency(self, line, before, after, names):
        names["places"] = _places(after)
        if line.actor_id and str(line.actor_id) == line.subject_id:
            told = pgettext("audit log", "%(who)s took emergency access: %(places)s") % names
        else:
            told = pgettext("audit log", "%(who)s gave %(thing)s emergency access: %(places)s") % names
        return _until(told, after)

    def _role_changed(self, line, before, after, names):
        if after.get("deleted"):
            return pgettext("audit log", "%(who)s deleted the role %(thing)s") % names
        if not before:
            return pgettext("audit log", "%(who)s made the role %(thing)s") % names
        number = after.get("holders", 0)
        names["number"] = format_number(number)
        return (
            ngettext(
                "%(who)s changed the role %(thing)s, which %(number)s has",
                "%(who)s changed the role %(thing)s, which %(number)s have",
                number,
            )
            % names
        )

    # --- People and teams ---------------------------------------------------------------------------
    def _team_changed(self, line, before, after, names):
        if after.get("deleted"):
            return pgettext("audit log", "%(who)s deleted the team %(thing)s") % names
        if "members" in before or "members" in after:
            return pgettext("audit log", "%(who)s changed who is in the team %(thing)s") % names
        if before.get("name"):
            return pgettext("audit log", "%(who)s renamed the team %(before)s to %(thing)s") % {**names, "before": isolate(before["name"])}
        return pgettext("audit log", "%(who)s made the team %(thing)s") % names

    def _person_changed(self, line, before, after, names):
        if after.get("staff"):
            return pgettext("audit log", "%(who)s made %(thing)s a colleague") % names
        if after.get("active") is False:
            return pgettext("audit log", "%(who)s ended the access of %(thing)s") % names
        if after.get("active"):
            return pgettext("audit log", "%(who)s gave %(thing)s access again") % names
        return pgettext("audit log", "%(who)s changed the account of %(thing)s") % names

    # --- Tickets, refusals, settings ----------------------------------------------------------------
    def _ticket_shared(self, line, before, after, names):
        names["whom"] = isolate(after.get("name", ""))
        return _until(pgettext("audit log", "%(who)s shared ticket %(thing)s with %(whom)s") % names, after)

    def _ticket_unshared(self, line, before, after, names):
        names["whom"] = isolate(before.get("name", ""))
        return pgettext("audit log", "%(who)s took ticket %(thing)s back from %(whom)s") % names

    def _ticket_deleted(self, line, before, after, names):
        if "tickets" in after:
            count = after["tickets"]
            words = ngettext(
                "%(count)s closed ticket of %(thing)s was removed for good, its time of keeping was over",
                "%(count)s closed tickets of %(thing)s were removed for good, their time of keeping was over",
                count,
            )
            return words % {**names, "count": format_number(count)}
        if after.get("for_good"):
            return pgettext("audit log", "Ticket %(thing)s was removed for good, its time to be restored was over") % names
        return pgettext("audit log", "%(who)s deleted ticket %(thing)s") % names

    def _revealed(self, line, before, after, names):
        if after.get("ticket"):
            names["ticket"] = isolate(local_digits(after["ticket"]))
            return pgettext("audit log", "%(who)s looked at the hidden customer data of ticket %(ticket)s") % names
        return pgettext("audit log", "%(who)s looked at hidden customer data: %(thing)s") % names

    def _customer_changed(self, line, before, after, names):
        sentences = {
            "blocked": pgettext("audit log", "%(who)s blocked the customer %(thing)s"),
            "unblocked": pgettext("audit log", "%(who)s unblocked the customer %(thing)s"),
            "merged": pgettext("audit log", "%(who)s merged a customer into %(thing)s"),
            "unmerged": pgettext("audit log", "%(who)s undid a merge of customers: %(thing)s"),
            "erased": pgettext("audit log", "%(who)s erased the data of the customer %(thing)s"),
        }
        return sentences.get(after.get("did"), pgettext("audit log", "%(who)s changed the customer %(thing)s")) % names

    def _secret_shown(self, line, before, after, names):
        names["field"] = isolate(after.get("field_name", ""))
        return pgettext("audit log", "%(who)s looked at the secret “%(field)s” of ticket %(thing)s") % names

    def _refused(self, line, before, after, names):
        if after.get("method") in {"GET", "HEAD"}:
            return pgettext("audit log", "%(who)s was not let in at %(thing)s") % names
        return pgettext("audit log", "%(who)s was not allowed to change something at %(thing)s") % names

    def _exported(self, line, before, after, names):
        number = after.get("lines", 0)
        names["number"] = format_number(number)
        if after.get("what") == "audit":
            return (
                ngettext("%(who)s exported %(number)s line of the audit log", "%(who)s exported %(number)s lines of the audit log", number)
                % names
            )
        if after.get("step") in {"asked", "fetched"}:
            return EXPORTS.get((after.get("what"), after["step"]), EXPORTS["", after["step"]]) % names
        if after.get("what") == "tickets":
            return ngettext("%(who)s exported a list of %(number)s ticket", "%(who)s exported a list of %(number)s tickets", number) % names
        return pgettext("audit log", "%(who)s exported: %(thing)s") % names

    def _settings_changed(self, line, before, after, names):
        text = TEXTS.get((line.subject_type, after.get("did")))
        if text:
            return text % names
        changed = [name for name in {**before, **after} if name not in facts.NOT_SHOWN | {"secrets"}] + after.get("secrets", [])
        names["settings"] = facts.parted(isolate(facts.label_of(name)) for name in changed)
        return pgettext("audit log", "%(who)s changed settings of %(thing)s: %(settings)s") % names


def _places(after):
    """The departments it was given in; where there is none, whatever there is."""
    rights = after.get("rights", ())
    if not rights and after.get("department"):  # a role that brought, or took, no single right
        return isolate(after["department"])
    places = {(fact.get("on"), fact.get("id")): isolate(fact.get("name", "")) for fact in rights}
    departments = {key: name for key, name in places.items() if key[0] == "department"}
    return facts.listed((departments or places).values())


def _until(told, after):
    if not after.get("until"):
        return told
    return pgettext("audit log", "%(told)s, until %(moment)s") % {"told": told, "moment": facts.moment_in_words(after["until"])}
