"""Who hears of what: the URLconf for events.

Each reaction gets the TicketEvent, inside the transaction that caused it, and only writes rows (see tickets/history.py).
"""

from notifications import reactions as notify
from notifications import watching
from notifications.copies import tell_copies_of_reply
from surveys import helping
from surveys import planning as surveys
from tickets import standing
from tickets.choices import Kind
from tickets.services import drafts

REACTIONS = {
    Kind.OPENED: [notify.thank_customer, notify.tell_department],
    Kind.ASSIGNED: [notify.tell_assignee],
    Kind.PASSED_ON: [notify.tell_new_department],
    Kind.CUSTOMER_REPLIED: [notify.tell_assignee_of_reply],
    Kind.STAFF_REPLIED: [notify.tell_customer_of_reply, tell_copies_of_reply],
    Kind.CLOSED: [notify.tell_customer_it_is_closed, surveys.ask_for_rating],
    Kind.REOPENED: [notify.tell_assignee_of_reopening, surveys.withdraw_question],
    Kind.RATED: [notify.tell_of_rating],
    Kind.MENTIONED: [notify.tell_mentioned],
    Kind.REPLY_HELD_BACK: [notify.tell_sender_of_held_back],
    Kind.SHARED: [notify.tell_whom_it_was_shared_with],
    Kind.ACTION_DONE: [notify.send_texts_of_action],
    Kind.MERGED: [
        drafts.follow_merge,
        notify.follow_messages,
        helping.follow_messages,
        notify.tell_of_merging,
        surveys.withdraw_after_merging,
    ],
    Kind.UNMERGED: [notify.follow_messages, helping.follow_messages],
    Kind.SPLIT: [notify.follow_messages, helping.follow_messages, notify.tell_department_of_split],
    Kind.WOKEN: [notify.tell_of_waking],
    Kind.DELETED: [surveys.withdraw_of_deleted],
}
# Who watches hears of every action, after those whom it concerns.
for kind in watching.KINDS:
    REACTIONS.setdefault(kind, []).append(watching.tell_watchers)
for kind in [*watching.REASONS, Kind.MENTIONED]:
    REACTIONS.setdefault(kind, []).append(watching.watch_by_choice)
# What a customer's row says of their tickets is kept with everything that changes it.
for kind in standing.KINDS:
    REACTIONS.setdefault(kind, []).append(standing.follow)
