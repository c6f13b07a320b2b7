"""Did this answer help? One click under each answer of staff, in the mail and in the portal."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.errors import DeskError
from common.links import LinkInvalid
from common.text import clean_text
from customers.blocking import guard_not_blocked
from customers.models import Customer
from departments.switches import ANSWER_RATING
from surveys.models import AnswerRating
from surveys.rules import rules_of
from tickets.choices import MessageKind
from tickets.links import answer_behind
from tickets.models import Message
from tickets.services.lifecycle import locked, note_answer_rating

COMMENT_LIMIT = 1000


class RatingIsOver(DeskError):
    message = _("This answer can no longer be rated. Thank you for helping us all the same.")


def message_behind(token):
    """The answer that a link rates. Raises LinkInvalid, LinkExpired, or RatingIsOver where the answer is no longer one.

    The link is one customer's: whoever the ticket is not theirs cannot use it, nor can it rate another answer.
    """
    pk, customer = answer_behind(token)
    message = (
        Message.objects.filter(pk=pk)
        .select_related("author", "ticket__customer__user", "ticket__store", "ticket__department", "ticket__status")
        .first()
    )
    if message is None or not _is_theirs(message.ticket, customer) or not message.ticket.is_shown_to_customer:
        raise LinkInvalid()
    if not may_be_rated(message) or message.ticket.customer.erased_at:
        raise RatingIsOver()
    return message


def _is_theirs(ticket, customer):
    return ticket.customer_id == customer or Customer.objects.filter(pk=customer, merged_into=ticket.customer_id).exists()


def may_be_rated(message):
    """Notes, customers' words, what was sent by itself and what the owner asks nobody about are not rated."""
    return message.kind == MessageKind.REPLY and message.author_id is not None and message.ticket.department.uses(ANSWER_RATING)


def may_still_change(rating):
    return rating is None or rating.answered_at + timedelta(days=rules_of(rating.store_id).change_days) > timezone.now()


@transaction.atomic
def rate_answer(message, *, score, comment=None):
    """Keep it; the same twice is one. It may be changed for some days, after that raises RatingIsOver. Raises CustomerIsBlocked.

    `comment` None leaves the words as they are: a click says the score alone.
    """
    ticket = locked(message.ticket, even_merged=True)
    message.refresh_from_db(fields=["kind", "author"])
    message.ticket = ticket
    guard_not_blocked(ticket.customer)
    rating = AnswerRating.objects.select_for_update(of=("self",)).filter(message=message).first()
    if not may_be_rated(message) or not may_still_change(rating):
        raise RatingIsOver()
    comment = None if comment is None else clean_text(comment).strip()[:COMMENT_LIMIT]
    if rating is None:
        rating = AnswerRating.objects.create(
            message=message, ticket=ticket, store_id=ticket.store_id, department_id=ticket.department_id, person_id=message.author_id,
            language=ticket.language, score=score, comment=comment or "",
        )  # fmt: skip
        note_answer_rating(message, score=score, before=None, comment=comment)
        return rating
    comment = rating.comment if comment is None else comment
    if (rating.score, rating.comment) == (score, comment):
        return rating
    before = rating.score
    if score != before:
        rating.first_score = rating.first_score or before
    rating.score, rating.comment, rating.changed_at = score, comment, timezone.now()
    rating.save(update_fields=["score", "first_score", "comment", "changed_at"])
    note_answer_rating(message, score=score, before=before, comment=comment)
    return rating


def follow_messages(event):
    """Reaction to merging, splitting and their undoing: a rating stands where its answer stands now."""
    messages = event.details.get("messages")
    if messages and ("source" in event.details) == (event.kind in {"merged", "split"}):
        AnswerRating.objects.filter(message__in=messages).update(ticket=event.ticket)
