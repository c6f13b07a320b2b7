"""The owners' page of messages: the list and its filters, the story of one, and what can be done about it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from i18nfield.strings import LazyI18nString

from notifications.choices import Channel, Reason, State, Template
from notifications.ledger import record
from notifications.models import Delivery, EventText
from notifications.rendering import mail_of
from notifications.services import send_code
from permissions.rights import RoleKey, StoreRight
from permissions.services import grant, grant_role
from tests.make import fresh, make_customer, make_department, make_field, make_message, make_store, make_team, make_ticket
from tickets import links
from tickets.links import answer_token_for
from tickets.services.fields import write_values

PAGE = "/control/deliveries/"


@pytest.fixture
def owner(store, support, olga):
    """Olga with a role in Support and customer data, besides the settings."""
    grant_role(olga, support, RoleKey.OWNER)
    grant(olga, StoreRight.VIEW_CUSTOMERS, store)
    return olga


@pytest.fixture
def mail(store, support, alice):
    ticket = make_ticket(department=support, customer=make_customer("Kasia Nowak", email="kasia@mail.example"))
    Delivery.objects.all().delete()
    make_message(ticket, "Try a coarser setting.", by=alice)
    return Delivery.objects.get(channel=Channel.MAIL, customer=ticket.customer)


def failed(delivery, reason=Reason.BAD_ADDRESS, state=State.FAILED):
    Delivery.objects.filter(pk=delivery.pk).update(state=state, reason=reason)
    return fresh(delivery)


def text_of(response):
    return response.content.decode()


def test_messages_stand_newest_first_and_lead_to_their_page(as_olga, owner, mail):
    code = send_code(Template.SIGN_IN_CODE, code="481902", language="en", email="nour@mail.example")
    page = text_of(as_olga.get(PAGE))

    assert page.index(f"{PAGE}{code.pk}/") < page.index(f"{PAGE}{mail.pk}/")
    assert "kasia@mail.example" in page and mail.ticket.number in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("state=failed", True), ("state=trouble", True), ("state=sent", False), ("channel=mail", True), ("channel=sms", False),
        ("about=reply", True), ("about=thanks", False), ("reason=bad_address", True), ("reason=busy", False), ("q=kasia@mail.example", True),
        ("q=nobody@mail.example", False), ("through=mail.shop.example", True), ("through=other", False), ("since=2020-01-01", True),
        ("until=2020-01-01", False), ("state=nonsense&about=<script>", True),
    ],
)  # fmt: skip
def test_the_list_is_narrowed(as_olga, owner, mail, query, found):
    failed(mail)
    Delivery.objects.filter(pk=mail.pk).update(through="mail.shop.example")

    assert (f"{PAGE}{mail.pk}/" in text_of(as_olga.get(f"{PAGE}?{query}"))) == found


def test_the_number_of_a_ticket_finds_its_messages(as_olga, owner, mail):
    assert f"{PAGE}{mail.pk}/" in text_of(as_olga.get(f"{PAGE}?q={mail.ticket.number}"))


def test_a_second_page_begins_where_the_first_ended(as_olga, owner, mail):
    now = timezone.now()
    Delivery.objects.bulk_create(
        Delivery(
            template=Template.ACCOUNT_CHANGED, channel=Channel.MAIL, store=mail.store, recipient_key="address", address=f"k{number}@x.example",
            created_at=now + timedelta(seconds=number),
        )
        for number in range(55)
    )  # fmt: skip
    first = as_olga.get(PAGE)
    second = as_olga.get(PAGE + first.context["page"].next_url)

    assert len(first.context["rows"]) == 50 and len(second.context["rows"]) == 6 and second.context["rows"][-1].message == mail


def test_queries_do_not_grow_with_messages(as_olga, owner, mail, support, alice, django_assert_num_queries):
    as_olga.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        as_olga.get(PAGE)
    for _number in range(5):
        make_message(make_ticket(department=support, customer=make_customer()), "Hello.", by=alice)
    with django_assert_num_queries(len(few)):
        as_olga.get(PAGE)


def test_the_story_tells_each_step_and_what_to_do(as_olga, owner, mail):
    record(failed(mail), State.FAILED, reason=Reason.BAD_ADDRESS, remark="550 5.1.1 no such user")
    page = text_of(as_olga.get(f"{PAGE}{mail.pk}/"))

    for words in (
        "Written, and queued to leave.",
        "Failed: address unknown.",
        "550 5.1.1 no such user",
        "Ask the person for the right address",
    ):
        assert words in page
    assert "Try a coarser setting." in page and "Try again" in page


def test_who_may_not_see_the_ticket_reads_its_fate_but_none_of_its_words(as_olga, olga, mail):
    page = text_of(as_olga.get(f"{PAGE}{failed(mail).pk}/"))

    assert "address unknown" in page and "Its words are not for you to read." in page
    for hidden in ("Try a coarser setting.", "kasia@mail.example", "Kasia Nowak", mail.ticket.number, "The grinder rattles"):
        assert hidden not in page
    assert "kasia@mail.example" not in text_of(as_olga.get(PAGE))


def test_who_may_not_know_customers_cannot_ask_for_them_by_their_address(as_olga, olga, mail):
    assert f"{PAGE}{mail.pk}/" not in text_of(as_olga.get(f"{PAGE}?q=kasia@mail.example"))
    assert f"{PAGE}{mail.pk}/" not in text_of(as_olga.get(f"{PAGE}?q={mail.ticket.number}"))


def test_what_the_other_side_said_is_covered_as_well(as_olga, olga, mail):
    record(failed(mail), State.FAILED, reason=Reason.BAD_ADDRESS, remark="550 <kasia@mail.example> unknown")
    page = text_of(as_olga.get(f"{PAGE}{mail.pk}/"))

    assert "kasia@mail.example" not in page and "550" in page


def test_a_code_is_never_shown(as_olga, owner, store):
    code = send_code(Template.SIGN_IN_CODE, code="481902", language="en", email="nour@mail.example")
    page = text_of(as_olga.get(f"{PAGE}{code.pk}/"))

    assert "481902" not in page and "481 902" not in page and "••••••" in page


def test_the_link_of_a_message_opens_nothing(as_olga, owner, support, alice):
    ticket = make_ticket(department=support, customer=make_customer("Nour", account=False))
    mail = Delivery.objects.filter(ticket=ticket, channel=Channel.MAIL, customer__isnull=False).first()
    assert "Its words are" not in text_of(as_olga.get(f"{PAGE}{mail.pk}/"))
    assert links.token_for(ticket) not in text_of(as_olga.get(f"{PAGE}{mail.pk}/"))


def test_trying_again_stopping_and_another_address(as_olga, owner, mail):
    as_olga.post(f"{PAGE}{mail.pk}/stopping/")
    assert fresh(mail).reason == Reason.STOPPED
    as_olga.post(f"{PAGE}{mail.pk}/sending/")
    assert fresh(mail).state == State.QUEUED

    failed(mail)
    answer = as_olga.post(f"{PAGE}{mail.pk}/address/", {"to": "not an address"})
    assert answer.status_code == 422 and "not an address" in text_of(answer)
    as_olga.post(f"{PAGE}{mail.pk}/address/", {"to": "kasia@other.example"})
    assert Delivery.objects.get(resent_from=mail).address == "kasia@other.example"


def test_an_owner_cannot_have_the_answer_of_a_ticket_sent_to_themselves(as_olga, olga, mail, support, store):
    failed(mail)
    assert as_olga.post(f"{PAGE}{mail.pk}/address/", {"to": "olga@shop.example"}).status_code == 404
    grant_role(olga, support, RoleKey.SUPPORTER)  # sees and answers, but may not know customers
    assert as_olga.post(f"{PAGE}{mail.pk}/address/", {"to": "olga@shop.example"}).status_code == 404
    assert not Delivery.objects.filter(resent_from=mail).exists()


def test_all_that_failed_for_one_reason_are_tried_again(as_olga, owner, mail, store):
    other = send_code(Template.SIGN_IN_CODE, code="1", language="en", email="nour@mail.example")
    failed(mail), failed(other, reason=Reason.BUSY)
    assert "Try all of them again" in text_of(as_olga.get(f"{PAGE}?state=failed&reason=bad_address"))
    assert "Try all of them again" not in text_of(as_olga.get(f"{PAGE}?state=failed"))

    as_olga.post(f"{PAGE}again/", {"state": "failed", "reason": "bad_address"})
    assert [fresh(one).state for one in (mail, other)] == [State.QUEUED, State.FAILED]
    assert as_olga.post(f"{PAGE}again/", {"state": "failed"}).status_code == 404


def test_messages_of_another_store_do_not_exist(as_olga, owner, mail, alice):
    other = make_store(address="other", is_default=False)
    ticket = make_ticket(department=make_department("Elsewhere", store=other), store=other)
    foreign = Delivery.objects.filter(ticket=ticket).first()
    assert foreign and foreign.store == other

    assert f"{PAGE}{foreign.pk}/" not in text_of(as_olga.get(PAGE))
    for way in ("", "sending/", "stopping/", "address/"):
        method = as_olga.post if way else as_olga.get
        assert method(f"{PAGE}{foreign.pk}/{way}").status_code == 404


def test_a_supporter_has_no_such_page(browser_of, alice, mail):
    for way in (PAGE, f"{PAGE}{mail.pk}/", f"{PAGE}health/", f"{PAGE}health.json"):
        assert browser_of(alice).get(way).status_code == 404


def test_a_field_of_other_teams_is_not_read_in_what_was_sent(as_olga, owner, mail, store):
    team = make_team("Finance")
    field = make_field("IBAN", viewers=[team])
    write_values(mail.ticket, {field: "PL61109010140000071219812874"}, by=None, record_event=False)
    EventText.objects.create(
        store=store, template=Template.REPLY, subject=LazyI18nString({"en": "Your answer"}), body=LazyI18nString({"en": "IBAN: {field:iban} {words}"})
    )  # fmt: skip
    assert "PL611090" in mail_of(Delivery.objects.for_sending().get(pk=mail.pk))[1]

    assert "PL611090" not in text_of(as_olga.get(f"{PAGE}{mail.pk}/"))
    team.user_set.add(owner)
    assert "PL611090" in text_of(as_olga.get(f"{PAGE}{mail.pk}/"))


def test_nobody_rates_an_answer_by_the_links_of_a_message_they_look_at(as_olga, owner, mail):
    token = answer_token_for(mail.event.message, mail.customer_id)
    assert token in mail_of(Delivery.objects.for_sending().get(pk=mail.pk))[1]

    assert token not in text_of(as_olga.get(f"{PAGE}{mail.pk}/"))
    failed(mail)
    as_olga.post(f"{PAGE}{mail.pk}/address/", {"to": "olga@shop.example"})
    assert token not in mail_of(Delivery.objects.for_sending().get(resent_from=mail))[1]
