from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Priority(models.IntegerChoices):
    LOW = 10, pgettext_lazy("priority", "Low")
    NORMAL = 20, pgettext_lazy("priority", "Normal")
    HIGH = 30, pgettext_lazy("priority", "High")
    URGENT = 40, pgettext_lazy("priority", "Urgent")


class Source(models.TextChoices):
    """Which door a ticket or message came through."""

    PORTAL = "portal", _("portal")
    DESK = "desk", _("back office")
    MAIL = "mail", _("e-mail")
    SMS = "sms", _("SMS")


class MessageKind(models.TextChoices):
    CUSTOMER = "customer", _("From the customer")
    REPLY = "reply", _("Reply")
    NOTE = "note", _("Note")


class Kind(models.TextChoices):
    """What can happen to a ticket. The same word is the line of its history and the news others react to."""

    OPENED = "opened", _("Opened")
    ASSIGNED = "assigned", _("Assigned")
    PASSED_ON = "passed_on", _("Passed to another department")
    CUSTOMER_REPLIED = "customer_replied", _("Customer wrote")
    STAFF_REPLIED = "staff_replied", _("Answered")
    NOTE_ADDED = "note_added", _("Note added")
    STATUS_CHANGED = "status_changed", _("Status changed")
    PRIORITY_CHANGED = "priority_changed", _("Priority changed")
    CLOSED = "closed", pgettext_lazy("event", "Closed")
    REOPENED = "reopened", _("Reopened")
    RATED = "rated", _("Rated")
    ACTION_DONE = "action_done", _("Action done")
    MENTIONED = "mentioned", _("Colleague mentioned")
    SHARED = "shared", _("Shared with a person")
    UNSHARED = "unshared", _("Sharing ended")
    MERGED = "merged", _("Merged")
    UNMERGED = "unmerged", _("Merge undone")
    DELETED = "deleted", pgettext_lazy("event", "Deleted")
    RESTORED = "restored", _("Restored")
    TYPE_CHANGED = "type_changed", _("Request type changed")
    TAGGED = "tagged", _("Tagged")
    UNTAGGED = "untagged", _("Tag taken off")
    FIELDS_CHANGED = "fields_changed", _("Fields changed")
    SECRET_SHOWN = "secret_shown", _("Secret field shown")
    SECRETS_WIPED = "secrets_wiped", _("Secret fields wiped")
    SNOOZED = "snoozed", _("Put to sleep")
    WOKEN = "woken", _("Awake again")
    LINKED = "linked", _("Linked")
    UNLINKED = "unlinked", _("Link taken away")
    SPLIT = "split", _("Split")
    FOLLOWED = "followed", _("Goes on in a new ticket")
    COPIED = "copied", _("Person put in copy")
    UNCOPIED = "uncopied", _("Person taken out of copy")
    WATCHER_ADDED = "watcher_added", _("Watcher added")
    WATCHER_TAKEN_OFF = "watcher_taken_off", _("Watcher taken off")
    CHECKLIST_CHANGED = "checklist_changed", _("Checklist changed")
    TIME_RECORDED = "time_recorded", _("Time recorded")
    TIME_TAKEN_BACK = "time_taken_back", _("Recorded time taken back")
    MESSAGE_EDITED = "message_edited", _("Message edited")
    MESSAGE_REDACTED = "message_redacted", _("Parts of a message blacked out")
    FILE_REMOVED = "file_removed", _("File taken out of a message")
    SENT_FOR_COLLEAGUE = "sent_for_colleague", _("Colleague's draft sent")
    REPLY_HELD_BACK = "reply_held_back", _("Reply held back")
    ANSWER_RATED = "answer_rated", _("Answer rated")


class Helped(models.IntegerChoices):
    """How the customer rates one answer of staff."""

    NO = 1, pgettext_lazy("answer helped", "No")
    PARTLY = 2, pgettext_lazy("answer helped", "Partly")
    YES = 3, pgettext_lazy("answer helped", "Yes")


class LinkKind(models.TextChoices):
    """How one ticket (the source) stands to another (the target). Read from the source: it is related to, parent of, in the way of …"""

    RELATED = "related", _("related")
    PARENT = "parent", _("parent and part")
    BLOCKS = "blocks", _("one waits for the other")
    SPLIT = "split", _("split off")
    FOLLOWS = "follows", _("goes on after closing")


class ShareRight(models.TextChoices):
    """What somebody may do with a ticket that was shared with them alone."""

    SEE = "see", pgettext_lazy("right", "see")
    NOTE = "note", _("see and write notes")
