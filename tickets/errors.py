"""Refusals of the heart, in words a person can act on."""

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from common.errors import DeskError, TooManyRequests
from common.numbers import format_number
from common.templatetags.formats import isolate


class TicketIsClosed(DeskError):
    message = _("This ticket is closed. Reopen it first, or open a new one.")


class ReplyTooLate(DeskError):
    message = _("This request was closed too long ago to go on here. Please open a new one.")


class DepartmentIsGone(DeskError):
    field = "department"
    message = _("This department does not take requests any more. Please choose another one.")


class StatusOfAnotherWorkflow(DeskError):
    field = "status"
    message = _("This status does not belong to the ticket's department.")


class CannotBeAssigned(DeskError):
    field = "assignee"
    message = _("This person may not see the ticket, so it cannot be given to them.")


class ChangedMeanwhile(DeskError):
    message = _("Somebody changed this ticket while you were writing. Your text is kept: look at what is new, then send again.")


class TagNameUnfit(DeskError):
    field = "names"
    message = _("A tag is a word or a few, with 40 characters at most.")


class TooManyTags(DeskError):
    field = "names"
    message = _("That is more than fits: a ticket carries 20 tags at most.")


class StoreFullOfTags(DeskError):
    field = "names"
    message = _("There are too many tags already. Choose one that is there, or ask the owner to merge some.")


class TagIsThereAlready(DeskError):
    field = "name"
    message = _("There is another tag with this name. Merge the two instead.")


class ClosedCannotSleep(DeskError):
    field = "until"
    message = _("This ticket is closed, so there is nothing to wake it for. Open it again first.")


class SleepOutOfReach(DeskError):
    field = "until"
    message = _("Choose a moment that is still to come, within a year.")


class LinkWithItself(DeskError):
    field = "number"
    message = _("A ticket cannot be linked with itself. Choose another one.")


class LinkedAlready(DeskError):
    field = "number"
    message = _("These tickets are linked like that already.")


class LinkInCircle(DeskError):
    field = "number"
    message = _("That would lead in a circle: the other ticket depends on this one already.")


class HasParent(DeskError):
    field = "number"
    message = _("A ticket can be part of one other only. Take that link away first.")


class TooManyLinks(DeskError):
    field = "number"
    message = _("A ticket can carry 50 links at most.")


class IsBlocked(DeskError):
    """Closing a ticket while another one that is in its way is open, and nobody said that this is meant."""

    status_code = 409
    message = _("Another ticket that is in the way of this one is still open. Close that one first, or close this one by its own button.")


class MayNotInBulk(DeskError):
    """One of several tickets, to which its doer may not do this; the words say what."""

    status_code = 403


class ChangedSince(DeskError):
    status_code = 409
    message = _("It was changed since then, so it stays as it is now.")


class NoUndoing(DeskError):
    status_code = 409
    message = _("This cannot be undone, or not any more.")


class NothingToSplit(DeskError):
    field = "message"
    message = _("Choose a message that the customer sees. Notes alone make no ticket.")


class NothingWouldStay(DeskError):
    field = "message"
    message = _("Nothing of what the customer sees would stay here. Pass the ticket on instead.")


class NothingToSay(DeskError):
    field = "text"
    message = _("Write a message first.")


class TicketIsGone(DeskError):
    status_code = 404
    message = _("This ticket was deleted.")


class ActionOfAnotherStatus(DeskError):
    status_code = 409
    message = _("The ticket has another status by now, and this action does not belong to it. Look at it again, then decide.")


class CannotBeShared(DeskError):
    field = "user"
    message = _("A ticket can be shared with active colleagues only.")


class ReasonTooShort(DeskError):
    field = "reason"

    def __init__(self, shortest):
        words = ngettext(
            "Say in a few words why you need this: at least %(number)s letter.",
            "Say in a few words why you need this: at least %(number)s letters.",
            shortest,
        )
        super().__init__(words % {"number": format_number(shortest)})


class TooManyReveals(DeskError):
    status_code = 429
    field = "reason"

    def __init__(self, most):
        words = ngettext(
            "You have done this %(number)s time within a day, and that is the most. Ask a colleague who may see customer data.",
            "You have done this %(number)s times within a day, and that is the most. Ask a colleague who may see customer data.",
            most,
        )
        super().__init__(words % {"number": format_number(most)})


class TicketIsMerged(DeskError):
    status_code = 409
    message = _("This ticket was merged into another one. Go on there, or undo the merge first.")


class MergeWithItself(DeskError):
    field = "into"
    message = _("A ticket cannot be merged with itself. Choose another one.")


class MergeOfStrangers(DeskError):
    field = "into"
    message = _("These tickets belong to different customers. Only tickets of one customer can be merged.")


class MergedAway(DeskError):
    field = "into"
    message = _("That ticket was merged into another one itself. Choose the one it goes on in.")


class MergeIntoClosed(DeskError):
    field = "into"
    message = _("That ticket is closed, and this one is still open. Open that one again first, so that nobody overlooks it.")


class MergedOnMeanwhile(DeskError):
    status_code = 409
    message = _("The ticket that holds these messages was merged on. Undo that merge first.")


class CannotBeMentioned(DeskError):
    field = "mention"
    message = _("A person you mention may not see this ticket. Leave them out, or share the ticket with them first.")


class TypeOfAnotherDepartment(DeskError):
    field = "request_type"
    message = _("This request type does not belong to the department. Choose another one.")


class MovesAreMissing(DeskError):
    message = _("Say for every status where its tickets go: what is open stays open, what is closed stays closed.")


class ActionRetired(DeskError):
    status_code = 409
    message = _("This action was taken out of use a moment ago. Look at the ticket again, then decide.")


class TargetRetired(DeskError):
    status_code = 409

    def __init__(self, status):
        words = _("The status “%(status)s”, to which this action leads, is not in use any more. Tell the person who sets up the workflow.")
        super().__init__(words % {"status": isolate(status)})


class NotForCustomers(DeskError):
    status_code = 404
    message = _("This cannot be done here.")


class DepartmentMissing(DeskError):
    field = "department"
    message = _("Choose the department that gets the ticket.")


class NotOfThisStore(DeskError):
    field = "department"
    message = _("This department does not answer in the ticket's store. Choose another one.")


class AssigneeMissing(DeskError):
    field = "assignee"
    message = _("Choose who gets the ticket.")


class AssigneeDoesNotSee(DeskError):
    """Whom the action gives the ticket, by the owner's word or the doer's choice, would not see it in its new place."""

    field = "assignee"

    def __init__(self, whom, ticket):
        words = _("In “%(department)s” and “%(status)s” the ticket cannot be given to %(whom)s, who may not see it there.")
        super().__init__(words % {"whom": isolate(whom), "department": isolate(ticket.department), "status": isolate(ticket.status)})


class FieldMissing(DeskError):
    def __init__(self, asked):
        super().__init__(_("Fill in “%(field)s” first.") % {"field": isolate(asked)}, field=f"field-{asked.key}")


class NoSecretThere(DeskError):
    status_code = 404
    message = _("There is nothing kept in this field any more.")


class TooManySecrets(TooManyRequests):
    message = _("You have looked at many secrets within an hour. Go on later, or ask a colleague.")


class FieldsMissing(DeskError):
    """`fields`: those that hold nothing yet, and must."""

    status_code = 409

    def __init__(self, fields, status):
        self.fields = fields
        words = ngettext(
            "The status “%(status)s” needs this field to be filled in first: %(fields)s.",
            "The status “%(status)s” needs these fields to be filled in first: %(fields)s.",
            len(fields),
        )
        names = gettext(", ").join(f"\u2068{field.label}\u2069" for field in fields)
        super().__init__(words % {"status": f"\u2068{status}\u2069", "fields": names})


class CannotBeWatched(DeskError):
    status_code = 404
    message = _("Only a ticket that one sees can be watched.")


class AddressUnfit(DeskError):
    field = "people"
    message = _("This is not an e-mail address. Write it like name@mail.example.")


class CustomerInCopy(DeskError):
    field = "people"
    message = _("This is the address of the customer, who gets every answer already.")


class TooManyCopies(DeskError):
    field = "people"

    def __init__(self, most):
        words = ngettext(
            "At most %(number)s person can be in copy.",
            "At most %(number)s people can be in copy.",
            most,
        )
        super().__init__(words % {"number": format_number(most)})


class TooMuchIsWaiting(DeskError):
    field = "files"
    message = _("Too many files of yours wait in drafts. Send or drop some of them first.")


class NothingToDo(DeskError):
    field = "names"
    message = _("Write what is to be done first.")


class TooLongList(DeskError):
    field = "names"

    def __init__(self, most):
        words = ngettext(
            "The list would become too long: at most %(number)s item fits.",
            "The list would become too long: at most %(number)s items fit.",
            most,
        )
        super().__init__(words % {"number": format_number(most)})


class NoTimesheetsHere(DeskError):
    status_code = 409
    message = _("This department records no time.")


class OwnWordsOfCustomer(DeskError):
    message = _("These are the customer's own words. They can be blacked out, but not changed.")


class WordsNotThere(DeskError):
    field = "words"

    def __init__(self, words):
        super().__init__(_("“%(words)s” does not stand in this message.") % {"words": isolate(words)})


class NothingToRedact(DeskError):
    field = "words"
    message = _("Write or paste the words that are to be blacked out.")


class DraftIsGone(DeskError):
    status_code = 409
    message = _("This draft was sent or dropped meanwhile.")


class DraftChangedMeanwhile(DeskError):
    """Somebody else kept another version: a colleague, or oneself on another machine."""

    status_code = 409

    def __init__(self, draft, *, reader):
        self.draft = draft
        if draft.edited_by_id in (None, reader.pk):
            super().__init__(_("You have changed this draft in another window meanwhile."))
        else:
            words = _("%(who)s has changed this draft meanwhile.")
            super().__init__(words % {"who": isolate(draft.edited_by)})


class AlreadyLeft(DeskError):
    status_code = 409
    message = _("It is too late to take this reply back: it has left.")


class MacroRefused(DeskError):
    """A part of a macro cannot be done by this person, or not any more. Then nothing of it is."""

    status_code = 403
