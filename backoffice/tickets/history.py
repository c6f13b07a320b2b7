"""Lines of a ticket's history in words. The rows hold neutral facts; who reads decides the language."""

from datetime import datetime

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from backoffice.tickets.history_names import other_ticket
from common.durations import format_minutes
from common.moments import format_moment
from common.numbers import format_number, local_digits
from common.templatetags.formats import isolate
from custom_fields.models import Field
from customers.masking import OPEN
from departments.models import Department, RequestType
from statuses.models import Action, Status
from tickets.choices import Helped, Kind, LinkKind, Priority, ShareRight
from tickets.field_values import change_words
from tickets.models import ChecklistItem, Tag, Ticket, TicketCopy

ICONS = {
    Kind.OPENED: "inbox",
    Kind.ASSIGNED: "person-check",
    Kind.PASSED_ON: "box-arrow-right",
    Kind.CUSTOMER_REPLIED: "chat-dots",
    Kind.STAFF_REPLIED: "reply",
    Kind.NOTE_ADDED: "lock-fill",
    Kind.STATUS_CHANGED: "arrow-right",
    Kind.PRIORITY_CHANGED: "flag",
    Kind.CLOSED: "check-circle",
    Kind.REOPENED: "arrow-counterclockwise",
    Kind.RATED: "star",
    Kind.MENTIONED: "at",
    Kind.MERGED: "link-45deg",
    Kind.UNMERGED: "arrow-left-right",
    Kind.DELETED: "trash",
    Kind.RESTORED: "arrow-counterclockwise",
    Kind.ACTION_DONE: "check2",
    Kind.SHARED: "person-plus",
    Kind.UNSHARED: "person-x",
    Kind.TYPE_CHANGED: "tag",
    Kind.TAGGED: "bookmark",
    Kind.UNTAGGED: "bookmark",
    Kind.FIELDS_CHANGED: "pencil",
    Kind.SECRET_SHOWN: "key",
    Kind.SECRETS_WIPED: "shield-lock",
    Kind.SNOOZED: "moon",
    Kind.WOKEN: "sun",
    Kind.LINKED: "link-45deg",
    Kind.UNLINKED: "link-45deg",
    Kind.SPLIT: "diagram-3",
    Kind.FOLLOWED: "arrow-right",
    Kind.COPIED: "person-plus",
    Kind.UNCOPIED: "person-x",
    Kind.WATCHER_ADDED: "eye",
    Kind.WATCHER_TAKEN_OFF: "eye-slash",
    Kind.CHECKLIST_CHANGED: "check2",
    Kind.TIME_RECORDED: "clock",
    Kind.TIME_TAKEN_BACK: "clock-history",
    Kind.MESSAGE_EDITED: "pencil",
    Kind.MESSAGE_REDACTED: "eye-slash-fill",
    Kind.FILE_REMOVED: "eye-slash-fill",
    Kind.SENT_FOR_COLLEAGUE: "pencil",
    Kind.REPLY_HELD_BACK: "reply",
    Kind.ANSWER_RATED: "star",
}


class Teller:
    """Tells events to one reader: the reader is “you”, the customer has a name only for those who may know it."""

    def __init__(self, *, reader, customer, names, mask=OPEN):
        self.reader, self.customer, self.names, self.mask = reader, customer, names, mask

    def who(self, event):
        if event.by_customer:
            return self.customer
        if event.actor is None:
            return ""
        return self.person(event.actor)

    def person(self, person):
        if person is None:
            return _("somebody")
        return pgettext("who did it", "You") if person.pk == self.reader.pk else isolate(person)

    def tell(self, event):
        """One sentence. Neutral sentences where nobody acted: the department's rule gave the ticket away, say."""
        told = getattr(self, f"_{event.kind}")(event, event.details)
        who = self.who(event)
        return pgettext("history", "%(who)s: %(what)s") % {"who": who, "what": told} if who else told

    def status_after(self, event):
        """The name of the status a reply led to."""
        return self.names[Status].get(event.details.get("status"), "")

    def _name(self, model, pk):
        return isolate(self.names[model][pk]) if pk in self.names[model] else _("one that is gone")

    def _opened(self, event, details):
        return pgettext("history", "opened the ticket")

    def _assigned(self, event, details):
        after, team = details.get("after"), details.get("after_team")
        if team is not None:
            return pgettext("history", "ticket given to the team %(team)s") % {"team": self._name(Group, team)}
        if after is None:
            return pgettext("history", "gave the ticket back, nobody has it")
        if details.get("before_team") is not None:
            return self._assigned_from_team(event, after, self._name(Group, details["before_team"]))
        if after == event.actor_id:
            return pgettext("history", "took the ticket")
        if after == self.reader.pk:
            return pgettext("history", "ticket given to you")
        return pgettext("history", "ticket given to %(whom)s") % {"whom": self._name(get_user_model(), after)}

    def _assigned_from_team(self, event, after, team):
        if after == event.actor_id:
            return pgettext("history", "took the ticket from the team %(team)s") % {"team": team}
        if after == self.reader.pk:
            return pgettext("history", "ticket of the team %(team)s given to you") % {"team": team}
        places = {"team": team, "whom": self._name(get_user_model(), after)}
        return pgettext("history", "ticket of the team %(team)s given to %(whom)s") % places

    def _passed_on(self, event, details):
        places = {place: self._name(Department, details.get(place)) for place in ("before", "after")}
        return pgettext("history", "passed on from %(before)s to %(after)s") % places

    def _status_changed(self, event, details):
        places = {place: self._name(Status, details.get(place)) for place in ("before", "after")}
        return pgettext("history", "status changed from %(before)s to %(after)s") % places

    def _action_done(self, event, details):
        """All that the action did, in one line: the lines that belong to it are not told again."""
        facts = [*self._where_it_went(details), *self._who_got_it(event, details)]
        given = {pk: {**one, "before": None} if one["before"] == one["after"] else one for pk, one in details.get("fields", {}).items()}
        facts += self.changes({"fields": given})
        return _("; ").join([self._what_was_done(event, details), *facts])

    def _what_was_done(self, event, details):
        names = {place: self._name(Status, details.get(place)) for place in ("before", "after")}
        names["action"] = self._name(Action, details.get("action"))
        stays, by_itself = details.get("before") == details.get("after"), not self.who(event)
        if stays:
            return (pgettext("history", "“%(action)s” by itself") if by_itself else pgettext("history", "did “%(action)s”")) % names
        if by_itself:
            return pgettext("history", "“%(action)s” by itself, status changed from %(before)s to %(after)s") % names
        return pgettext("history", "did “%(action)s”, status changed from %(before)s to %(after)s") % names

    def _where_it_went(self, details):
        if "after_department" not in details:
            return []
        return [self._passed_on(None, {"before": details["before_department"], "after": details["after_department"]})]

    def _who_got_it(self, event, details):
        if "after_assignee" not in details and "after_team" not in details:
            return []
        person, team = details.get("after_assignee"), details.get("after_team")
        if person is None and team is None:
            return [pgettext("history", "nobody has the ticket now")]
        return [self._assigned(event, {"after": person, "after_team": team})]

    def _shared(self, event, details):
        facts = {"whom": self._name(get_user_model(), details.get("whom"))}
        notes = details.get("right") == ShareRight.NOTE
        if details.get("until"):
            facts["until"] = isolate(format_moment(datetime.fromisoformat(details["until"]), "moment_full"))
            if notes:
                return pgettext("history", "shared the ticket with %(whom)s to see and write notes, until %(until)s") % facts
            return pgettext("history", "shared the ticket with %(whom)s to see, until %(until)s") % facts
        if notes:
            return pgettext("history", "shared the ticket with %(whom)s to see and write notes") % facts
        return pgettext("history", "shared the ticket with %(whom)s to see") % facts

    def _unshared(self, event, details):
        return pgettext("history", "took the ticket back from %(whom)s") % {"whom": self._name(get_user_model(), details.get("whom"))}

    def _priority_changed(self, event, details):
        labels = dict(Priority.choices)
        places = {place: isolate(labels.get(details.get(place), "?")) for place in ("before", "after")}
        return pgettext("history", "priority changed from %(before)s to %(after)s") % places

    def _type_changed(self, event, details):
        places = {place: self._name(RequestType, details.get(place)) for place in ("before", "after")}
        if details.get("after") is None:
            return pgettext("history", "request type %(before)s taken away") % places
        if details.get("before") is None:
            return pgettext("history", "request type set to %(after)s") % places
        return pgettext("history", "request type changed from %(before)s to %(after)s") % places

    def _tagged(self, event, details):
        return pgettext("history", "tagged the ticket with %(tags)s") % {"tags": self._tags(details)}

    def _untagged(self, event, details):
        return pgettext("history", "took off the tag %(tags)s") % {"tags": self._tags(details)}

    def _tags(self, details):
        names = [self.mask.text(self.names[Tag][pk]) for pk in details["tags"] if pk in self.names[Tag]]
        return _(", ").join(map(isolate, names)) or _("one that is gone")

    def _closed(self, event, details):
        return pgettext("history", "closed the ticket") if self.who(event) else pgettext("history", "ticket closed by itself")

    def _reopened(self, event, details):
        return pgettext("history", "opened the ticket again")

    def _customer_replied(self, event, details):
        return pgettext("history", "wrote")

    def _staff_replied(self, event, details):
        return pgettext("history", "showed a note to the customer") if details.get("was_note") else pgettext("history", "answered")

    def _note_added(self, event, details):
        return pgettext("history", "wrote a note")

    def _mentioned(self, event, details):
        return pgettext("history", "mentioned colleagues in a note")

    def _sent_for_colleague(self, event, details):
        return pgettext("history", "sent a reply that was written by %(whom)s") % {
            "whom": self._name(get_user_model(), details.get("whom"))
        }

    def _reply_held_back(self, event, details):
        whom = {"whom": self._name(get_user_model(), details.get("whom"))}
        return pgettext("history", "a reply by %(whom)s did not leave and is a draft again") % whom

    def _merged(self, event, details):
        number = self._number(details)
        if "into" in details:
            words = (
                pgettext("history", "merged this ticket into %(number)s")
                if number
                else pgettext("history", "merged this ticket into another one")
            )
        elif number and details.get("told"):
            words = pgettext("history", "merged ticket %(number)s into this one and told the customer")
        elif number:
            words = pgettext("history", "merged ticket %(number)s into this one")
        else:
            words = pgettext("history", "merged another ticket into this one")
        return words % {"number": number}

    def _unmerged(self, event, details):
        number = self._number(details)
        if "into" in details:
            words = (
                pgettext("history", "undid the merge into %(number)s")
                if number
                else pgettext("history", "undid the merge into another ticket")
            )
        elif number:
            words = pgettext("history", "undid the merge of ticket %(number)s into this one")
        else:
            words = pgettext("history", "undid the merge of another ticket into this one")
        return words % {"number": number}

    def _snoozed(self, event, details):
        until = {"until": isolate(format_moment(datetime.fromisoformat(details["until"]), "moment"))}
        if details.get("sleeps_through"):
            return pgettext("history", "put the ticket to sleep until %(until)s, even if the customer writes") % until
        return pgettext("history", "put the ticket to sleep until %(until)s") % until

    def _woken(self, event, details):
        return (
            pgettext("history", "woke the ticket")
            if self.who(event)
            else pgettext("history", "the ticket is awake again, its time has come")
        )

    def _linked(self, event, details):
        number = self._number(details)
        words = {
            (LinkKind.PARENT, "source"): pgettext("history", "made ticket %(number)s a part of this one"),
            (LinkKind.PARENT, "target"): pgettext("history", "made this ticket a part of %(number)s"),
            (LinkKind.BLOCKS, "source"): pgettext("history", "let ticket %(number)s wait for this one"),
            (LinkKind.BLOCKS, "target"): pgettext("history", "let this ticket wait for %(number)s"),
        }.get((details.get("link"), details.get("here")), pgettext("history", "linked this ticket with %(number)s"))
        return words % {"number": number} if number else pgettext("history", "linked this ticket with another one")

    def _unlinked(self, event, details):
        number = self._number(details)
        if number:
            return pgettext("history", "took away the link with ticket %(number)s") % {"number": number}
        return pgettext("history", "took away the link with another ticket")

    def _split(self, event, details):
        number = self._number(details)
        if "into" in details:
            words = pgettext("history", "split ticket %(number)s off") if number else pgettext("history", "split another ticket off")
        elif number:
            words = pgettext("history", "split this ticket off from %(number)s")
        else:
            words = pgettext("history", "split this ticket off from another one")
        return words % {"number": number}

    def _followed(self, event, details):
        number = self._number(details)
        if "into" in details:
            words = (
                pgettext("history", "wrote too late to open this ticket again; it goes on in %(number)s")
                if number
                else pgettext("history", "wrote too late to open this ticket again; it goes on in another one")
            )
        elif number:
            words = pgettext("history", "goes on from ticket %(number)s, which was closed too long ago")
        else:
            words = pgettext("history", "goes on from another ticket, which was closed too long ago")
        return words % {"number": number}

    def _number(self, details):
        """The number of the other ticket of a merge; empty when this reader does not see it."""
        number = self.names[Ticket].get(other_ticket(details))
        return isolate(local_digits(number)) if number else ""

    def _deleted(self, event, details):
        return pgettext("history", "deleted the ticket")

    def _restored(self, event, details):
        return pgettext("history", "brought the ticket back")

    def changes(self, details):
        """What came to stand in the fields that the reader may see: one sentence for each, in the fields' order. `fields` of the details."""
        known = self.names.get(Field, {})
        told = [(known[int(pk)], change) for pk, change in (details.get("fields") or {}).items() if int(pk) in known]
        return [change_words(field, change, self.mask) for field, change in sorted(told, key=lambda row: (row[0].position, row[0].pk))]

    def _fields_changed(self, event, details):
        changes = self.changes(details)
        if not changes:
            return pgettext("history", "filled in fields that you may not see")
        return pgettext("history", "filled in %(fields)s") % {"fields": _("; ").join(changes)}

    def _secret_shown(self, event, details):
        field = self.names.get(Field, {}).get(details.get("field"))
        if field is None:
            return pgettext("history", "looked at a secret field")
        return pgettext("history", "looked at the secret “%(field)s”") % {"field": isolate(field)}

    def _secrets_wiped(self, event, details):
        return pgettext("history", "secret fields were wiped, as long after closing as the owner said")

    def _copied(self, event, details):
        return pgettext("history", "put %(people)s in copy") % {"people": self._copies(details)}

    def _uncopied(self, event, details):
        return pgettext("history", "took %(people)s out of copy") % {"people": self._copies(details)}

    def _copies(self, details):
        """Who reads along, for those who may know the customer's people."""
        pks = details.get("copies") or []
        if self.mask.covers:
            return ngettext("%(number)s person", "%(number)s people", len(pks)) % {"number": format_number(len(pks))}
        return _(", ").join(self._name(TicketCopy, pk) for pk in pks)

    def _watcher_added(self, event, details):
        return pgettext("history", "lets %(whom)s watch the ticket") % {"whom": self._name(get_user_model(), details.get("whom"))}

    def _watcher_taken_off(self, event, details):
        return pgettext("history", "took %(whom)s off the watchers") % {"whom": self._name(get_user_model(), details.get("whom"))}

    def _checklist_changed(self, event, details):
        names = [self.mask.text(self.names[ChecklistItem][pk]) for pk in details["items"] if pk in self.names[ChecklistItem]]
        items = _(", ").join(map(isolate, names)) or _("one that is gone")
        return {
            "added": pgettext("history", "added to the checklist: %(items)s"),
            "ticked": pgettext("history", "ticked off: %(items)s"),
            "unticked": pgettext("history", "not done after all: %(items)s"),
            "removed": pgettext("history", "took an item off the checklist"),
        }[details["did"]] % {"items": items}

    def _time_recorded(self, event, details):
        return pgettext("history", "recorded %(duration)s of work") % {"duration": isolate(format_minutes(details.get("minutes")))}

    def _time_taken_back(self, event, details):
        return pgettext("history", "took back %(duration)s of work") % {"duration": isolate(format_minutes(details.get("minutes")))}

    def _message_edited(self, event, details):
        return pgettext("history", "edited a message")

    def _message_redacted(self, event, details):
        return pgettext("history", "blacked out parts of a message")

    def _file_removed(self, event, details):
        return pgettext("history", "took a file out of a message")

    def _rated(self, event, details):
        return pgettext("history", "rated our help with %(score)s of 5") % {"score": format_number(details.get("score") or 0)}

    def _answer_rated(self, event, details):
        return {
            Helped.NO: pgettext("history", "said that an answer did not help"),
            Helped.PARTLY: pgettext("history", "said that an answer helped partly"),
            Helped.YES: pgettext("history", "said that an answer helped"),
        }[details["score"]]
