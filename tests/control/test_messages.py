"""The owner's table: who hears what by which ways, for the store and each department; and who would hear of one ticket's news."""

import pytest

from audit.models import AuditLine
from notifications.models import MessageRule, MessageSettings
from notifications.notice_choices import choose
from notifications.push import is_offered
from notifications.rules import cells
from notifications.topics import USUAL, Topic
from notifications.ways import usual_ways, ways_of
from notifications.wishes import Wishes, wish
from permissions.rights import RoleKey, StoreRight
from permissions.services import grant, grant_role
from tests.make import make_customer, make_department, make_staff, make_store, make_ticket
from tickets.services import lifecycle

pytestmark = pytest.mark.django_db
TABLE = "/control/messages/"


def as_usual(**changes):
    """What the page sends when only this was changed (dots are written as __)."""
    sent = {f"{template}.{audience}.{way}": "1" for template, audience, way in cells() if way in usual_ways(template, audience)}
    for name, value in changes.items():
        name = name.replace("__", ".")
        if value:
            sent[name] = value
        else:
            sent.pop(name)
    return sent


def rules():
    return set(MessageRule.objects.values_list("department", "template", "audience", "channel", "is_on"))


def test_only_what_differs_is_kept_and_counts_at_once(as_olga, store):
    as_olga.post(TABLE, as_usual(reply__customer__sms="", rated__responsible__mail="1"))

    assert rules() == {(None, "reply", "customer", "sms", False), (None, "rated", "responsible", "mail", True)}
    assert "sms" not in ways_of("reply", "customer", store=store.pk)
    line = AuditLine.objects.filter(deed="settings_changed").latest("pk")
    assert line.after == {"message_rules": "", "rule:rated.responsible.mail": True, "rule:reply.customer.sms": False}
    page = as_olga.get(TABLE).content.decode()
    assert page.count("dot dot-own") == 3 and "As at first" in page


def test_without_the_package_nothing_speaks_of_devices_and_what_was_said_of_them_stays(as_olga, store, support, alice, monkeypatch):
    MessageRule.objects.create(store=store, template="assigned", audience="holder", channel="push", is_on=False)
    ticket = make_ticket(department=support)
    with_it = as_olga.get(TABLE).content.decode()
    assert "On devices" in with_it and "assigned.holder.push" in with_it
    sent = {name: word for name, word in as_usual().items() if not name.endswith(".push")}
    monkeypatch.setattr("notifications.push.find_spec", lambda name: None)
    is_offered.cache_clear()
    try:
        page = as_olga.get(TABLE, {"number": ticket.number, "template": "reply"}).content.decode()
        as_olga.post(TABLE, sent)
    finally:
        is_offered.cache_clear()

    assert "devices" not in page and "takes notices" not in page and ".push" not in page
    assert rules() == {(None, "assigned", "holder", "push", False)}


def test_the_page_without_a_change_makes_no_rule_of_a_cell_that_it_does_not_show(as_olga):
    page = as_olga.get(TABLE).content.decode()
    assert "thanks.customer.push" not in page
    as_olga.post(TABLE, {name: "1" for name in as_usual() if f'"{name}"' in page})

    assert not rules()


def test_nothing_changed_is_nothing_kept_and_nothing_noted(as_olga, store):
    as_olga.post(TABLE, as_usual())

    assert not rules() and not AuditLine.objects.filter(deed="settings_changed").exists()


def test_a_department_inherits_until_it_says_otherwise(as_olga, store, support):
    as_olga.post(TABLE, as_usual(reply__customer__sms=""))
    as_olga.post(
        f"{TABLE}?department={support.pk}", {"reply.customer.sms": "on", "closed.customer.mail": "off", "thanks.customer.mail": ""}
    )

    assert rules() == {
        (None, "reply", "customer", "sms", False), (support.pk, "reply", "customer", "sms", True),
        (support.pk, "closed", "customer", "mail", False),
    }  # fmt: skip
    page = as_olga.get(f"{TABLE}?department={support.pk}").content.decode()
    assert "as the store: off" in page and "as the store: on" in page and "As the store" in page
    as_olga.post(f"{TABLE}?department={support.pk}", {"reset": "1"})
    assert rules() == {(None, "reply", "customer", "sms", False)}


def test_who_would_be_told_now_stands_beside_the_audience(as_olga, support, alice):
    support.members.add(alice)
    support.responsible = alice
    support.save()
    page = as_olga.get(f"{TABLE}?department={support.pk}").content.decode()

    assert "1 member of" in page and "Alice" in page


def test_a_department_of_another_store_does_not_exist_here(as_olga, support):
    foreign = make_department("Elsewhere", store=make_store())
    assert as_olga.get(f"{TABLE}?department={foreign.pk}").status_code == 404
    assert as_olga.post(f"{TABLE}?department={foreign.pk}", {"reply.customer.sms": "on"}).status_code == 404
    assert as_olga.get(f"{TABLE}?department=x").status_code == 404
    assert not rules()


def test_codes_cannot_be_switched_off_and_the_page_says_why(as_olga, store):
    as_olga.post(TABLE, as_usual() | {"sign_in_code.customer.mail": ""})
    page = as_olga.get(TABLE).content.decode()

    assert 'name="sign_in_code' not in page and "Code to sign in" in page and "could not get in" in page
    assert not rules()


def test_the_limits_are_kept_and_a_mistake_is_said_beside_its_field(as_olga, store):
    assert as_olga.post(f"{TABLE}limits/", {"flood_mails": "5", "flood_minutes": "15", "answers_minutes": "3"}).status_code == 302
    row = MessageSettings.objects.get()
    assert (row.flood_mails, row.flood_minutes, row.answers_minutes) == (5, 15, 3)

    answer = as_olga.post(f"{TABLE}limits/", {"flood_mails": "5", "flood_minutes": "99999", "answers_minutes": "3"})
    assert answer.status_code == 422 and "99999" in answer.content.decode()
    assert MessageSettings.objects.get().flood_minutes == 15


def ask(client, ticket, message):
    page = client.get(TABLE, {"number": ticket.number, "message": message}).content.decode()
    return " ".join(page.partition("hearing-answer")[2].partition("</ul></li></ul>")[0].split())


def test_who_would_hear_and_who_not_and_why(as_olga, olga, support, alice):
    grant_role(olga, support, RoleKey.SUPPORTER)
    grant(olga, StoreRight.VIEW_CUSTOMERS, support.stores.get())
    customer = make_customer(phone="+48601220214")
    wish(customer, Wishes(by_sms=False))
    ticket = lifecycle.assign_ticket(make_ticket(department=support, customer=customer), to=alice)
    answer = ask(as_olga, ticket, "reply")
    assert "Kasia Nowak" in answer and "the customer chose otherwise" in answer and "Nobody is in copy." in answer

    choose(alice, ways=USUAL | {Topic.CUSTOMER: {"in_app"}}, watches=[])
    answer = ask(as_olga, ticket, "customer_replied")
    assert "Alice" in answer and "did not choose it" in answer and "Not told, because somebody has the ticket." in answer

    support.responsible = make_staff("Dan")
    support.save()
    MessageRule.objects.create(store=ticket.store, template="rated", audience="responsible", channel="mail", is_on=True)
    answer = ask(as_olga, ticket, "rated")
    assert "Dan" in answer and "May not see the ticket." in answer


def test_who_may_not_know_customers_reads_no_name_of_theirs(as_olga, olga, support):
    grant_role(olga, support, RoleKey.SUPPORTER)
    ticket = make_ticket(department=support, customer=make_customer("Kasia Nowak"))
    page = as_olga.get(TABLE, {"number": ticket.number, "message": "reply"}).content.decode()

    assert "hearing-answer" in page and "Kasia" not in page


def test_a_ticket_that_the_owner_may_not_see_is_unknown(as_olga, support):
    ticket = make_ticket("Secret", department=support)
    page = as_olga.get(TABLE, {"number": ticket.number, "message": "reply"}).content.decode()

    assert "There is no such ticket, or you may not see it." in page and "Secret" not in page


def test_staff_without_the_right_find_no_such_page(client, support, alice):
    client.force_login(alice)

    assert client.get(TABLE).status_code == client.post(TABLE, as_usual(reply__customer__sms="")).status_code == 404
    assert not rules()
