"""Two customers who are one: noticed, merged with nothing lost, parted again; and what is known of a customer, put right."""

import pytest
from django.apps import apps
from django.test import Client

from custom_fields.services import customer_values, write_customer_values
from customers.duplicates import fill, keys_of, open_suggestions
from customers.errors import CustomerIsBlocked, TwoAccounts
from customers.finding import matching
from customers.models import Customer, CustomerKey, CustomerMerge, DuplicateSuggestion
from customers.services import add_customer, add_customer_note, block_customer, unblock_customer, visitor
from notifications.models import Delivery
from permissions.rights import StoreRight
from permissions.services import withdraw
from tests.backoffice.customers.test_customers import listed
from tests.make import fresh, make_customer, make_field, make_message, make_staff, make_store, make_ticket
from tickets.links import token_for
from tickets.models import Ticket
from tickets.services.joining import merge_customers, unmerge_customers
from tickets.services.lifecycle import open_ticket

pytestmark = pytest.mark.django_db


def alike(customer):
    """[(the other one, the reason)] of the open suggestions about this customer."""
    pairs = [pair for pair in open_suggestions(Customer.objects.kept()) if customer in (pair.first, pair.second)]
    return sorted((str(pair.second if pair.first == customer else pair.first), pair.reason) for pair in pairs)


@pytest.fixture
def old():
    """Kasia as she wrote before: no account, another address, a company."""
    return make_customer("Kasia Nowak", account=False, email="k.nowak@cafe.example", phone="+48700100200", company="Café Mirror")


@pytest.fixture
def dan(support):
    return make_staff("Dan Moreau", support, sees_customers=False)


# --- Noticing -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ({"email": "anna.b@gmail.com"}, {"email": "annab+shop@googlemail.com"}, "mail"),
        ({"email": "Anna@Mail.Example"}, {"email": "anna@mail.example"}, "mail"),
        ({"phone": "+48601220214"}, {"phone": "48601220214"}, "phone"),
        ({"name": "Anna Zięba", "email": "anna.zieba@one.example"}, {"name": "Zieba Anna", "email": "anna.zieba@two.example"}, "mailbox"),
        ({"name": "علي رضايی", "company": "کافه"}, {"name": "علی رضایی", "company": "كافه"}, "company"),
        ({"name": "Anna Lis", "email": "a@firm.example"}, {"name": "Anna Lis", "email": "lis@firm.example"}, "domain"),
        ({"name": "Anna Lis", "email": "a@gmail.com"}, {"name": "Anna Lis", "email": "lis@gmail.com"}, None),
        ({"name": "Anna Lis"}, {"name": "Anna Lis"}, None),
        ({"name": "Anna", "email": "a@firm.example"}, {"name": "Ola", "email": "b@firm.example"}, None),
    ],
)
def test_two_are_suggested_by_what_they_share(one, other, reason):
    first, _second = (add_customer(**{"name": "Somebody Else", "language": "en"} | given) for given in (one, other))

    assert [each for _name, each in alike(first)] == ([reason] if reason else [])


def test_many_with_one_key_are_not_all_suggested():
    for number in range(30):
        last = add_customer(name=f"Person {number}", email="office@firm.example", language="en")

    assert len(alike(last)) == 10


def test_those_who_came_by_a_file_are_noticed_too():
    for name in ("A", "B"):
        Customer.objects.create(name=name, email="same@mail.example", language="en")
    assert not CustomerKey.objects.exists()

    after = fill()

    assert (fill(after), DuplicateSuggestion.objects.count()) == (None, 1)


def test_suggestions_are_decided_on_their_page(desk, kasia):
    twin = make_customer("Kasia N", account=False, email="kasia@mail.example")
    pair = DuplicateSuggestion.objects.get()

    page = desk.get("/desk/customers/duplicates/").content.decode()
    assert "Kasia N</bdi>" in page
    assert f"/desk/customers/{pair.first_id}/merge/?with={pair.second_id}" in page
    assert "Perhaps the same person" in desk.get(f"/desk/customers/{twin.pk}/").content.decode()

    desk.post(f"/desk/customers/duplicates/{pair.pk}/dismissal/")

    assert "Kasia N</bdi>" not in desk.get("/desk/customers/duplicates/").content.decode()
    assert "Perhaps the same person" not in desk.get(f"/desk/customers/{twin.pk}/").content.decode()


# --- Merging ------------------------------------------------------------------------------------------


@pytest.fixture
def both(kasia, old, support, alice):
    """Each with a ticket, a note and an own field; the old one blocked."""
    segment, size = make_field("Segment", place="customer"), make_field("Size", place="customer")
    mine, theirs = make_ticket("New one", department=support, customer=kasia), make_ticket("Old one", department=support, customer=old)
    make_message(theirs, "We look at it.", by=alice)
    add_customer_note(old, text="Careful.", is_warning=True, by=alice)
    write_customer_values(kasia, {segment: "gold"})
    write_customer_values(old, {segment: "silver", size: "large"})
    block_customer(old, reason="Insults", by=alice)
    return mine, theirs, segment, size


def everything():
    """Every row that could change by merging two customers and parting them again, but what tells that it was done."""
    told = {"CustomerEvent", "CustomerMerge", "AuditLine", "DuplicateSuggestion", "CustomerKey", "CustomerDocument", "SearchDocument"}
    rows = {}
    for model in apps.get_models():
        if model.__name__ not in told and not model.__module__.startswith(("django.", "allauth.")):
            rows[model._meta.label] = sorted(map(str, model._base_manager.values_list()))
    return rows


def test_merged_they_are_one_and_parted_everything_is_as_it_was(desk, kasia, old, both, alice):
    mine, theirs, segment, size = both
    kasia, before = fresh(kasia), everything()

    page = desk.get(f"/desk/customers/{old.pk}/merge/?with={kasia.pk}").content.decode()
    assert "Café Mirror" in page
    desk.post(f"/desk/customers/{old.pk}/merge/", {"with": kasia.pk, "company": "merged", "name": "merged", "email": "merged"})

    kept = fresh(kasia)
    assert set(Ticket.objects.filter(customer=kept)) == {mine, theirs}
    assert {message.customer for message in theirs.messages.filter(kind="customer")} == {kept}
    assert Delivery.objects.filter(ticket=theirs, customer=kept).exists()
    assert (kept.company, kept.email, kept.tickets_count, kept.is_blocked, kept.has_warning) == (
        "Café Mirror", "kasia@mail.example", 2, True, True,
    )  # fmt: skip
    assert customer_values(kept) == {segment.pk: "gold", size.pk: "large"}
    assert fresh(old).merged_into == kept
    assert listed(desk) == ["Kasia Nowak"]
    assert desk.get(f"/desk/customers/{old.pk}/")["Location"] == f"/desk/customers/{kasia.pk}/"
    assert theirs.number in desk.get("/desk/?view=all&q=kasia@mail.example").content.decode()

    merge = CustomerMerge.objects.get()
    assert "/undoing/" in desk.get(f"/desk/customers/{kasia.pk}/").content.decode()
    desk.post(f"/desk/customers/merges/{merge.pk}/undoing/")
    desk.post(f"/desk/customers/merges/{merge.pk}/undoing/")

    assert everything() == before
    assert len(listed(desk)) == 2
    assert list(matching(Customer.objects.all(), "k.nowak@cafe.example")) == [old]
    assert [event.kind for event in kasia.events.order_by("pk")][-2:] == ["merged", "unmerged"]


def test_the_account_is_kept_whoever_is_merged(desk, kasia, old):
    desk.post(f"/desk/customers/{old.pk}/merge/", {"with": kasia.pk})

    assert fresh(old).merged_into == kasia


def test_two_accounts_cannot_become_one(desk, kasia):
    nour = make_customer("Nour")

    with pytest.raises(TwoAccounts):
        merge_customers(nour, into=kasia, by=None)
    assert "two accounts cannot become one" in desk.get(f"/desk/customers/{nour.pk}/merge/?with={kasia.pk}").content.decode()
    assert desk.post(f"/desk/customers/{nour.pk}/merge/", {"with": kasia.pk}).status_code == 409
    assert Customer.objects.kept().count() == 2


def test_the_account_reads_what_was_merged_and_the_old_link_ends(kasia, old, support, alice):
    ticket = make_ticket("Old one", department=support, customer=old)
    link = f"/t/{token_for(ticket)}/"
    assert Client().get(link).status_code == 200

    merge_customers(old, into=kasia, by=alice)

    browser = Client()
    browser.force_login(kasia.user)
    assert browser.get(f"/tickets/{ticket.number}/").status_code == 200
    assert Client().get(link).status_code != 200


def test_a_block_counts_for_every_address_of_the_merged(store, support, kasia, old, alice):
    merge_customers(old, into=kasia, by=alice)
    block_customer(kasia, reason="Insults", by=alice)

    def write():
        return open_ticket(
            store=store,
            department=support,
            customer=visitor(name="K", email=old.email, phone=old.phone, language="en"),
            subject="Hi",
            text="Hi",
        )

    with pytest.raises(CustomerIsBlocked):
        write()
    unblock_customer(kasia, by=alice)
    assert write().customer not in {kasia, old}, "an address that somebody types opens nobody's account"


def test_what_came_after_the_merge_stays_with_the_kept_one(kasia, old, support, alice):
    merge = merge_customers(old, into=kasia, by=alice)
    later = make_ticket("Later", department=support, customer=kasia)

    unmerge_customers(merge, by=alice)

    assert fresh(later).customer == kasia


def test_a_merge_below_another_one_waits_for_its_turn(desk, kasia, old, alice):
    other = make_customer("K. Nowak", account=False)
    first = merge_customers(old, into=other, by=alice)
    second = merge_customers(other, into=kasia, by=alice)

    assert desk.post(f"/desk/customers/merges/{first.pk}/undoing/").status_code == 409
    desk.post(f"/desk/customers/merges/{second.pk}/undoing/")
    desk.post(f"/desk/customers/merges/{first.pk}/undoing/")

    assert Customer.objects.kept().count() == 3


def test_merging_and_deciding_need_the_right_on_both(desk, desk_of, dan, alice, bob, kasia, old, support, store):
    far = make_customer("Far Away", account=False, email="k.nowak@cafe.example")
    make_ticket(department=support, store=make_store(), customer=far)
    merge = merge_customers(make_customer("Kas", account=False), into=kasia, by=bob)
    pair = DuplicateSuggestion.objects.get(first=old, second=far)

    assert desk.post(f"/desk/customers/{kasia.pk}/merge/", {"with": far.pk}).status_code == 404
    assert desk.post(f"/desk/customers/duplicates/{pair.pk}/dismissal/").status_code == 404
    assert "Far Away" not in desk.get("/desk/customers/duplicates/").content.decode()
    withdraw(alice, StoreRight.MANAGE_CUSTOMERS, store)
    for person, status in ((alice, 403), (dan, 404)):
        desk = desk_of(person)
        assert desk.post(f"/desk/customers/{kasia.pk}/merge/", {"with": old.pk}).status_code == status
        assert desk.post(f"/desk/customers/merges/{merge.pk}/undoing/").status_code == status
        assert desk.post(f"/desk/customers/{old.pk}/edit/", {"name": "Hm"}).status_code == status
    assert desk_of(dan).get("/desk/customers/duplicates/").status_code == 404
    assert (Customer.objects.kept().count(), fresh(pair).dismissed_at, fresh(old).name) == (3, None, "Kasia Nowak")


# --- Putting right ------------------------------------------------------------------------------------


def test_a_customer_is_put_right_and_found_so(desk, old, support):
    ticket = make_ticket("Old one", department=support, customer=old)

    assert desk.get(f"/desk/customers/{old.pk}/edit/").status_code == 200
    desk.post(
        f"/desk/customers/{old.pk}/edit/",
        {"name": "Katarzyna Nowak", "email": "KN@cafe.example", "phone": "", "company": "", "language": "pl"},
    )

    old.refresh_from_db()
    assert (old.name, old.email, old.phone, old.language) == ("Katarzyna Nowak", "kn@cafe.example", "", "pl")
    assert listed(desk, "?q=katarzyna") == ["Katarzyna Nowak"]
    assert ticket.number in desk.get("/desk/?view=all&q=katarzyna").content.decode()
    history = desk.get(f"/desk/customers/{old.pk}/?part=history").content.decode()
    assert "Name changed from \u2068Kasia Nowak\u2069 to \u2068Katarzyna Nowak\u2069" in history


def test_what_an_account_says_stays_the_accounts(desk, kasia):
    desk.post(f"/desk/customers/{kasia.pk}/edit/", {"name": "Hm", "email": "hm@mail.example", "company": "Mirror"})

    kasia.refresh_from_db()
    assert (kasia.name, kasia.email, kasia.company) == ("Kasia Nowak", "kasia@mail.example", "Mirror")


@pytest.mark.parametrize("email", ["", "kasia@mail.example"])
def test_nobody_becomes_unreachable_or_somebody_elses(desk, kasia, email):
    marta = make_customer("Marta", account=False, email="marta@mail.example")

    response = desk.post(f"/desk/customers/{marta.pk}/edit/", {"name": "Marta", "email": email, "phone": "", "language": "en"})

    assert response.status_code == 422
    assert fresh(marta).email == "marta@mail.example"


def test_keys_tell_nothing_of_who_has_no_name():
    assert keys_of(Customer(name="", email="", phone="")) == set()
