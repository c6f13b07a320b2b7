"""Prepared answers as they are offered and put into a reply."""

import pytest

from permissions.rights import RoleKey
from tests.make import fresh, make_customer, make_department, make_person, make_staff, make_store, make_team, make_ticket
from tickets.covering import cover_ticket, known_stores
from tickets.models import ReplyTemplate
from tickets.models.reply_template import Scope
from tickets.prepared import prepared_for
from tickets.services.reply_templates import count_use, delete_reply_template, move_reply_template, write_reply_template

pytestmark = pytest.mark.django_db


@pytest.fixture
def store():
    return make_store(languages=["en", "fa", "pl"])


@pytest.fixture
def support(store):
    return make_department("Support", store=store)


def write(title="Greeting", text="Hello.", **places):
    return write_reply_template(words={"en": (title, text)}, **places)


def titles(ticket, user, **more):
    return [one.title for one in prepared_for(as_seen_by(user, ticket), user, **more)]


def as_seen_by(user, ticket):
    return cover_ticket(ticket, known_stores(user).mask(ticket))


def test_ones_own_come_first_then_what_is_nearest(store, support):
    alice, team = make_staff("Alice", support), make_team("Night shift")
    alice.groups.add(team)
    write("All")
    write("Store", store=store)
    write("Team", team=team)
    write("Support", department=support)
    write("Mine", owner=alice)

    assert titles(make_ticket(department=support), alice) == ["Mine", "Support", "Team", "Store", "All"]


def test_what_belongs_to_others_is_not_offered(store, support):
    alice = make_staff("Alice", support)
    write("Of Bob", owner=make_person("Bob"))
    write("Of a team", team=make_team("Night shift"))
    write("Of sales", department=make_department("Sales", store=store))
    write("Of another store", store=make_store())

    assert ReplyTemplate.objects.count() == 4
    assert titles(make_ticket(department=support), alice) == []


def test_it_is_found_by_words_of_any_language_however_they_are_typed(support):
    alice, ticket = make_staff("Alice", support), make_ticket(department=support)
    write_reply_template(words={"en": ("Label", "Send it."), "fa": ("درخواست عکس", "می‌خواهیم"), "pl": ("Zdjęcie", "Łódź")})

    for words in ("LABEL send", "ميخواهيم", "zdjecie lodz"):
        assert titles(ticket, alice, words=words) == ["Label"]
    assert titles(ticket, alice, words="label nothing") == []


def test_it_speaks_the_customers_language_with_the_variables_filled_in(support):
    alice = make_staff("Alice Warren", support)
    ticket = make_ticket(department=support, customer=make_customer("Kasia Nowak", language="pl"), language="pl")
    words = {"en": ("Greeting", "Hello {customer}"), "pl": ("Powitanie", "Dzień dobry, {customer}: {number} {nonsense}")}
    write_reply_template(words=words)

    one = prepared_for(as_seen_by(alice, ticket), alice)[0]

    assert one.text == f"Dzień dobry, Kasia Nowak: {ticket.number} {{nonsense}}"


def test_a_language_that_is_missing_falls_back(support):
    alice = make_staff("Alice", support)
    ticket = make_ticket(department=support, language="fa")
    write(text="Hello in English.")

    assert prepared_for(as_seen_by(alice, ticket), alice)[0].text == "Hello in English."


def test_who_may_not_know_the_customer_finds_nothing_of_them_filled_in(support):
    bob = make_staff("Bob", support, role=RoleKey.SUPPORTER, sees_customers=False)
    customer = make_customer("Kasia Nowak", account=False, email="kasia@mail.example")
    ticket = make_ticket("From Kasia Nowak", department=support, customer=customer)
    write(text="{customer} {first_name} {email} {phone} {company} {subject} {link}")

    text = prepared_for(as_seen_by(bob, ticket), bob)[0].text

    assert not any(word in text for word in ("Kasia", "Nowak", "mail.example"))
    assert f"/tickets/{ticket.number}/" in text and "/t/" not in text


@pytest.mark.parametrize("text", ["{{7*7}}", "{% debug %}", "{{settings.SECRET_KEY}}", "%(x)s", "{0.__class__}", "{customer.__class__}"])
def test_templates_of_other_engines_stay_what_was_typed(support, text):
    alice, ticket = make_staff("Alice", support), make_ticket(department=support)
    write(text=text)

    assert prepared_for(as_seen_by(alice, ticket), alice)[0].text == text


def test_each_place_has_an_order_of_its_own(support):
    alice = make_staff("Alice", support)
    first, second = write("One", owner=alice), write("Two", owner=alice)
    other = write("Three")

    move_reply_template(second, places=-1)

    assert [str(one) for one in ReplyTemplate.objects.own_of(alice)] == ["Two", "One"]
    assert (fresh(other).position, fresh(other).scope, fresh(first).scope) == (0, Scope.ALL, Scope.OWN)


def test_uses_are_counted(support):
    one = write()
    count_use(one)
    count_use(one)

    assert fresh(one).used == 2


def test_what_somebody_keeps_for_themselves_is_not_in_the_audit_log():
    from audit.models import AuditLine

    own = write(owner=make_person("Bob"))
    delete_reply_template(own)
    write("For all")

    assert list(AuditLine.objects.filter(subject_type="replytemplate").values_list("subject_name", flat=True)) == ["For all"]
