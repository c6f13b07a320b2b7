"""What each message is: who reads it, which variables its own words may name, which they must, and how its button is labelled."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from notifications.choices import Template
from tickets.variables import VARIABLES, Variable, field_variables

CUSTOMER, STAFF, DOOR = "customer", "staff", "door"

# What only some messages have to say, beside what is known of every ticket.
MORE = {
    "code": Variable(_("the one-time code"), "481 902"),
    "minutes": Variable(_("for how many minutes the code works"), "10"),
    "choices": Variable(_("the five answers, each a link"), pgettext_lazy("example", "Very good · Good · So-so · Bad · Very bad")),
    "last_words": Variable(_("the last words of the conversation"), pgettext_lazy("example", "It rattles since Monday.")),
    "score": Variable(_("the rating, of 5"), "5"),
    "until": Variable(_("until when"), pgettext_lazy("example", "Thu 19 Nov, 18:00")),
    "reason": Variable(_("the reason that was given"), pgettext_lazy("example", "Alice is ill and Kasia waits.")),
    "what": Variable(_("what happened, in a few words"), pgettext_lazy("example", "Status changed")),
    "change": Variable(_("what was changed, as a sentence"), pgettext_lazy("example", "The password of your account was changed.")),
}
_TICKET = tuple(name for name in VARIABLES if name != "words")
_BUTTONS = {
    CUSTOMER: _("See my request"),
    STAFF: _("Open the ticket"),
    DOOR: _("Go on"),
}


@dataclass(frozen=True)
class About:
    """`needs`: what the words must name, or nobody could do what the message asks. `has_sms`: it also goes by SMS."""

    readers: str
    names: tuple
    needs: tuple = ()
    has_sms: bool = False
    carries_words: bool = False
    button: str = ""
    why: str = ""
    explained: str = ""

    @property
    def is_of_ticket(self):
        return "number" in self.names

    @property
    def can_be_silenced(self):
        """One-time codes and news of one's account always leave."""
        return self.readers != DOOR

    def variables(self):
        """{name: Variable} in the order they are offered; fields of the owner come last."""
        known = {**VARIABLES, **MORE}
        return {name: known[name] for name in self.names} | (field_variables() if self.is_of_ticket else {})

    def known_names(self, text=""):
        """The names alone; the owner's fields are only looked up where the text names one."""
        return set(self.names) | (set(field_variables()) if self.is_of_ticket and "{field:" in text else set())


def _customer(*names, **more):
    return About(CUSTOMER, _TICKET + names, has_sms=True, why="customer", **{"button": _BUTTONS[CUSTOMER], **more})


def _staff(*names, **more):
    return About(STAFF, _TICKET + names, why="staff", button=_BUTTONS[STAFF], **more)


def _door(*names, **more):
    return About(DOOR, ("store", "date", *names), has_sms=True, **{"why": "door", "button": _BUTTONS[DOOR], **more})


_ANSWER = pgettext_lazy("button", "Answer")

ABOUT = {
    Template.THANKS: _customer(explained=_("Leaves when a customer opens a request.")),
    Template.OPENED_FOR_YOU: _customer(
        "words", carries_words=True, button=_ANSWER, explained=_("Leaves when staff open a request for a customer.")
    ),
    Template.REPLY: _customer("words", carries_words=True, button=_ANSWER, explained=_("Leaves when staff answer.")),
    Template.CLOSED: _customer(explained=_("Leaves when staff close a request.")),
    Template.MERGED: _customer(explained=_("Leaves when staff put two requests together and want the customer to know.")),
    Template.SURVEY: _customer(
        "choices", needs=("choices", "link"), explained=_("Leaves some time after closing, where the status asks for a rating.")
    ),
    Template.OPENED: _staff("words", carries_words=True, explained=_("Goes to the department when a new ticket has nobody yet.")),
    Template.ASSIGNED: _staff("last_words", explained=_("Goes to whoever a ticket was given to.")),
    Template.TEAM_ASSIGNED: _staff("last_words", explained=_("Goes to everybody of the team a ticket was given to.")),
    Template.PASSED_ON: _staff("last_words", explained=_("Goes to the new department, or to who has the ticket there.")),
    Template.CUSTOMER_REPLIED: _staff("words", carries_words=True, explained=_("Goes to whoever has the ticket when its customer writes.")),
    Template.REOPENED: _staff(explained=_("Goes to whoever has the ticket when it opens again.")),
    Template.RATED: _staff("score", explained=_("Goes to whoever has the ticket when its customer rates the help.")),
    Template.BAD_RATING: _staff(
        "score", explained=_("Goes to the department’s responsible person, or to whoever has the ticket, when the rating is a bad one.")
    ),
    Template.MENTIONED: _staff("words", carries_words=True, explained=_("Goes to whoever a note mentions.")),
    Template.SHARED: _staff("until", explained=_("Goes to whoever a ticket was shared with.")),
    Template.WOKEN: _staff(explained=_("Goes to whoever has a ticket, or put it to sleep, when its time has come.")),
    Template.MERGED_AWAY: _staff(explained=_("Goes to whoever had a ticket that was merged into another one.")),
    Template.WATCHED: _staff("what", explained=_("Goes to those who watch a ticket and want mails of it, whatever happens there.")),
    Template.EMERGENCY: About(
        STAFF, ("store", "date", "first_name", "author", "department", "until", "reason", "link"), why="granter",
        button=_("See emergency access"), explained=_("Goes to everybody who gives rights when somebody takes emergency access."),
    ),
    Template.ALARM: About(
        STAFF, ("store", "date", "first_name", "what", "link"), why="owner", button=_("See how messages fare"),
        explained=_("Goes to those who change the settings when messages do not arrive."),
    ),
    Template.ALARM_OVER: About(
        STAFF, ("store", "date", "first_name", "what", "link"), why="owner", button=_("See how messages fare"),
        explained=_("Goes to those who change the settings when messages arrive again."),
    ),
    Template.INVITED: _door(
        "first_name", "author", "link", needs=("link",), why="account", button=_("Sign in"), explained=_("Goes to a new colleague.")
    ),
    Template.SIGN_IN_CODE: _door("code", "minutes", needs=("code",), explained=_("The code by which somebody signs in.")),
    Template.ADDRESS_CODE: _door("code", "minutes", needs=("code",), explained=_("The code by which somebody proves that an address is theirs.")),
    Template.RESET_PASSWORD: _door("code", "minutes", needs=("code",), explained=_("The code by which somebody chooses a new password.")),
    Template.ALREADY_REGISTERED: _door("link", explained=_("Answers a sign-up with an address that has an account.")),
    Template.UNKNOWN_ACCOUNT: _door("link", explained=_("Answers a sign-in with an address that has none.")),
    Template.ACCOUNT_CHANGED: _door(
        "change", "link", why="account", explained=_("Goes to a person whose password or address was changed.")
    ),
}  # fmt: skip


def about(template):
    """Of every message but the texts of actions, which differ by their reader (about_action)."""
    return ABOUT[Template(template)]


def about_action(delivery=None):
    """What a text of an action is to this reader; without one, to the customer."""
    names = (*_TICKET, "words")
    if delivery is not None and delivery.user_id:
        return About(STAFF, names, why="staff", button=_BUTTONS[STAFF], has_sms=True, carries_words=True)
    if delivery is not None and not delivery.customer_id:
        return About(DOOR, names, why="address", has_sms=True, carries_words=True)
    return About(CUSTOMER, names, why="customer", button=_BUTTONS[CUSTOMER], has_sms=True, carries_words=True)
