"""“Did this answer help?” below an answer in a mail: three links, each of which chooses; the page behind them asks before it counts."""

from departments.switches import ANSWER_RATING
from notifications.choices import Template
from stores.addresses import lasting_url
from tickets.choices import Helped, MessageKind
from tickets.links import answer_token_for


def helped_links(delivery, message):
    """[{label, link}] for the ticket's customer; nothing for people in copy, at other addresses, of what nobody wrote, and where the owner asks for nothing."""
    is_for_customer = delivery.customer_id and not delivery.is_copy and not delivery.resent_from_id and delivery.template == Template.REPLY
    is_answer = message.kind == MessageKind.REPLY and message.author_id is not None
    if not (is_for_customer and is_answer and delivery.ticket.department.uses(ANSWER_RATING)):
        return ()
    link = lasting_url("portal:helped", answer_token_for(message, delivery.customer_id))
    return [{"label": str(score.label), "link": f"{link}?score={score}"} for score in (Helped.YES, Helped.PARTLY, Helped.NO)]
