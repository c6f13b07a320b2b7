"""What a department may use, each with a switch of its own. A department keeps the codes that are switched off, so that what comes
with a later version is there until somebody says no. Whoever shows a feature asks `department.uses(code)`.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

READY_ANSWERS = "ready_answers"
REQUEST_TYPES = "request_types"
PROMISE = "promise"
DEADLINES = "deadlines"
RATING = "rating"
ANSWER_RATING = "answer_rating"
ANSWERS_FIRST = "answers_first"
CUSTOMERS_CLOSE = "customers_close"
WEB_FORM = "web_form"
AFTER_SALE_TYPES = "after_sale_types"
TIMESHEETS = "timesheets"


@dataclass(frozen=True)
class Switch:
    code: str
    label: str
    help_text: str


#: Title, and the switches under it.
GROUPS = [
    (
        _("Productivity and visibility"),
        [
            Switch(READY_ANSWERS, _("Prepared answers"), _("Staff put them into a reply with one button.")),
            Switch(
                REQUEST_TYPES, _("Request types"), _("Forms ask what kind of request it is, and staff see and change it on the ticket.")
            ),
            Switch(TIMESHEETS, _("Time worked"), _("Staff record on each ticket how long they worked on it, and the sum is shown.")),
        ],
    ),
    (_("Hours"), [Switch(PROMISE, _("Promised time shown"), _("Customers read within how many hours this department answers."))]),
    (
        _("Performance"),
        [
            Switch(DEADLINES, _("Deadlines"), _("Tickets carry the time by which an answer was promised, and the inbox goes by it.")),
            Switch(RATING, _("Asking for a rating"), _("After closing, the customer is asked how it went.")),
            Switch(
                ANSWER_RATING, _("Rating of single answers"), _("Under each answer, the customer says with one click whether it helped.")
            ),
        ],
    ),
    (
        _("Self-service"),
        [
            Switch(ANSWERS_FIRST, _("Answers before the form"), _("Customers read the questions and answers of this department first.")),
            Switch(CUSTOMERS_CLOSE, _("Closing by customers"), _("They may close their requests themselves, where the store allows it.")),
            Switch(WEB_FORM, _("Web form"), _("A form at an address of its own, once it is published.")),
        ],
    ),
    (
        _("After-sales"),
        [
            Switch(
                AFTER_SALE_TYPES, _("Requests about something bought"), _("Forms offer the request types for it, such as claim and repair.")
            )
        ],
    ),
]
SWITCHES = {switch.code: switch for _title, switches in GROUPS for switch in switches}
