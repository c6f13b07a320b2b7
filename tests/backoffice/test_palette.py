"""The command palette: what it finds is what its reader may see, open and do; nothing foreign shows, by whatever is typed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from accounts.models import User
from permissions.rights import RoleKey, StoreRight
from permissions.services import grant
from tests.make import fresh, make_customer, make_department, make_message, make_staff, make_store, make_ticket
from tickets.choices import ShareRight
from tickets.services.deleting import delete_ticket
from tickets.services.sharing import share_ticket
from tickets.services.tagging import tag_ticket

pytestmark = pytest.mark.django_db
ASKED = {"X-Requested-With": "command-palette"}


def rows(client, words="", ticket=""):
    answer = client.get("/desk/palette/", {"q": words, "ticket": ticket}, headers=ASKED)
    assert answer.status_code == 200
    return answer.json()["rows"]


def words_of(found):
    return [row["words"].translate({0x2068: None, 0x2069: None}) for row in found]


def addresses(found):
    return [row["url"].split("#")[0] for row in found]


def page_of(ticket):
    return f"/desk/tickets/{ticket.number}/"


def test_a_number_in_any_digits_leads_to_its_ticket_first(desk, ticket):
    persian = ticket.number.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))

    assert addresses(rows(desk, ticket.number))[0] == page_of(ticket)
    assert addresses(rows(desk, persian))[0] == page_of(ticket)
    assert addresses(rows(desk, f"#{ticket.number}"))[0] == page_of(ticket)


def test_words_and_names_find_tickets_and_customers(desk, ticket, kasia):
    assert page_of(ticket) in addresses(rows(desk, "rattl"))
    assert addresses(rows(desk, "kasia"))[:2] == [f"/desk/customers/{kasia.pk}/", page_of(ticket)]
    assert addresses(rows(desk, "601 220 214"))[0] == f"/desk/customers/{kasia.pk}/"


def test_what_was_typed_can_always_be_searched_for_in_all_tickets(desk):
    found = rows(desk, "no such thing")

    assert [row["url"] for row in found] == ["/desk/?view=all&q=no+such+thing"]


def test_no_more_than_seven_rows_come(desk, support):
    for number in range(12):
        make_ticket(f"Mine {number}", department=support, customer=make_customer(f"Mine {number}"))

    assert len(rows(desk, "mine")) == 7
    assert len(rows(desk)) == 7


def test_a_foreign_ticket_is_not_found_by_number_word_or_name(desk_of, bob, ticket):
    assert rows(desk_of(make_staff("Olga", ticket.department)), ticket.number)[0]["url"].startswith(page_of(ticket))

    for words in (ticket.number, "rattles", "kasia", "kasia@mail.example", f"> {ticket.number}"):
        assert page_of(ticket) not in addresses(rows(desk_of(bob), words)), words


def test_a_deleted_ticket_is_not_found(desk, alice, ticket):
    delete_ticket(ticket, by=alice, reason="")

    assert page_of(ticket) not in addresses(rows(desk, ticket.number)) + addresses(rows(desk, "rattles"))


def test_a_shared_ticket_is_found_and_others_of_its_department_are_not(desk_of, bob, alice, ticket, support):
    other = make_ticket("The kettle rattles", department=support)
    share_ticket(ticket, user=bob, right=ShareRight.SEE, by=alice)

    found = addresses(rows(desk_of(bob), "rattles"))
    assert page_of(ticket) in found and page_of(other) not in found


class TestToWhomCustomersAreHidden:
    @pytest.fixture
    def watcher(self, support):
        return make_staff("Watcher", support, role=RoleKey.SUPPORTER, sees_customers=False)

    def test_a_ticket_is_found_by_its_words_and_told_without_the_customer(self, desk_of, watcher, support, kasia):
        named = make_ticket("Kasia Nowak asks about rattles", department=support, customer=kasia)
        found = rows(desk_of(watcher), "rattles")

        assert page_of(named) in addresses(found)
        for secret in ("Kasia", "Nowak", "kasia@mail.example", "601"):
            assert secret not in str(found), secret

    def test_customers_are_found_by_nothing(self, desk_of, watcher, ticket, kasia):
        for words in ("kasia", "nowak", "kasia@mail.example", "601220214", "+48601220214"):
            found = rows(desk_of(watcher), words)
            assert [row for row in found if "/customers/" in row["url"]] == [], words
            assert page_of(ticket) not in addresses(found), words

    def test_neither_the_list_of_customers_nor_a_new_ticket_is_offered(self, desk_of, watcher, desk):
        assert "/desk/customers/" in addresses(rows(desk, "customers"))
        assert {"/desk/customers/", "/desk/tickets/new/"}.isdisjoint(addresses(rows(desk_of(watcher), "customers")))

    def test_a_tag_that_tells_the_name_is_not_offered(self, desk_of, watcher, alice, ticket):
        tag_ticket(ticket, ["Kasia", "kettle"], by=alice)
        other = make_ticket(department=ticket.department, customer=ticket.customer)

        assert words_of(rows(desk_of(watcher), "> tag k", other.number)) == ["Add the tag kettle"]


def test_customers_of_a_store_without_the_right_are_not_found(desk, ticket):
    elsewhere = make_department("Elsewhere", store=make_store())
    stranger = make_customer("Ludmila Stranger")
    make_ticket("Something", department=elsewhere, customer=stranger)

    assert [row for row in rows(desk, "ludmila") if "/customers/" in row["url"]] == []


# --- Pages and settings ---------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["smtp", "poczta", "почта", "ایمیل", "e-mail", "settings mail"])
def test_a_setting_is_found_in_any_language(desk_of, alice, store, words):
    grant(alice, StoreRight.CHANGE_SETTINGS, store)

    assert "/control/senders/" in addresses(rows(desk_of(alice), words))


def test_settings_are_not_shown_to_who_may_not_open_them(desk):
    for words in ("smtp", "rights", "audit", "settings", "roles", "departments"):
        assert [row for row in rows(desk, words) if row["url"].startswith("/control/")] == [], words


def test_a_list_is_found_by_its_name_in_the_readers_language(desk_of, alice):
    User.objects.filter(pk=alice.pk).update(language="pl")
    with override("pl"):
        from backoffice.tickets.lists import VIEWS

        word = str(VIEWS["unassigned"]).split()[0]

    assert "/desk/?view=unassigned" in addresses(rows(desk_of(alice), word))


def test_departments_are_those_one_sees(desk, support, sales):
    assert f"/desk/?view=open&department={support.pk}" in addresses(rows(desk, "support"))
    assert f"/desk/?view=open&department={sales.pk}" not in addresses(rows(desk, "sales"))


# --- Commands -------------------------------------------------------------------------------------------


def send(client, row):
    return client.post(row["url"], row["fields"])


def test_a_colleague_is_given_the_ticket_by_a_command(desk, ticket, support):
    nina = make_staff("Nina Berg", support)
    (row,) = rows(desk, "> assign nin", ticket.number)

    send(desk, row)

    assert fresh(ticket).assignee == nina


def test_the_same_without_the_sign_in_front(desk, ticket, support):
    make_staff("Nina Berg", support)

    assert words_of(rows(desk, "assign nina", ticket.number))[0] == "Assign to Nina Berg"


def test_a_status_a_tag_and_closing_are_commands(desk, ticket, alice, support):
    tag_ticket(make_ticket(department=support), ["Kettle"], by=alice)

    send(desk, rows(desk, "> status waiting", ticket.number)[0])
    assert fresh(ticket).status.kind == "waiting_for_customer"
    send(desk, rows(desk, "> tag kett", ticket.number)[0])
    assert [tag.name for tag in fresh(ticket).tags.all()] == ["Kettle"]
    send(desk, [row for row in rows(desk, "> close", ticket.number) if row["url"].endswith("/closure/")][0])
    assert fresh(ticket).is_closed


def test_who_may_not_do_it_is_not_offered_it(desk_of, support, ticket):
    reader = make_staff("Reader", support, role=RoleKey.OBSERVER)
    found = rows(desk_of(reader), ">", ticket.number)

    assert {address.split("/")[-2] for address in addresses(found)} <= {"watch"}


def test_there_are_no_commands_on_a_ticket_one_does_not_see(desk_of, bob, ticket):
    before = fresh(ticket).version

    assert rows(desk_of(bob), ">", ticket.number) == []
    assert rows(desk_of(bob), "> assign", "../1") == []
    assert fresh(ticket).version == before


def test_looking_through_a_colleagues_eyes_offers_no_command(client, alice, ticket, store):
    olga = make_staff("Olga")
    grant(olga, StoreRight.VIEW_AS, store)
    client.force_login(olga)
    assert client.post(f"/control/people/{alice.pk}/view/").status_code == 302

    assert page_of(ticket) in addresses(rows(client, ticket.number))
    assert rows(client, ">", ticket.number) == []


def test_looking_through_the_eyes_of_who_knows_customers_shows_none_to_who_does_not(client, alice, ticket, store, kasia):
    olga = make_staff("Olga", sees_customers=False)
    grant(olga, StoreRight.VIEW_AS, store)
    client.force_login(olga)
    client.post(f"/control/people/{alice.pk}/view/")

    assert [row for row in rows(client, "kasia") if "view=all" not in row["url"]] == []
    assert "Kasia" not in str(rows(client, "rattles"))


def test_the_list_is_a_page_without_script(desk, ticket):
    page = desk.get("/desk/palette/", {"q": "> close", "ticket": ticket.number}).content.decode()

    assert f'action="/desk/tickets/{ticket.number}/closure/"' in page
    assert desk.get("/desk/palette/", {"q": ticket.number}).content.decode().count(page_of(ticket)) == 1


# --- Attacks and costs ----------------------------------------------------------------------------------

VECTORS = [
    "' OR 1=1 --", '"', "\\", "%", "_", "%%%", "*", "a*", "(", "NEAR(a b)", "a AND", "NOT", "{names}: kasia", "^rattles", "\x00", "\ud800",
    "<script>alert(1)</script>", "{{7*7}}", "%(x)s", "{0.__class__}", "order_by=password", "assignee__password__startswith", "status:open",
    "from:kasia@mail.example", ">" * 50, "> \x00", "> ' OR", "?x", "؟", "a " * 3000, "۱" * 500, "9" * 400, "-1", "1e9", "\u202erattles",
]  # fmt: skip


@pytest.mark.parametrize("words", VECTORS)
def test_hostile_words_are_only_words(desk_of, bob, ticket, words):
    browser = desk_of(bob)
    for number in ("", ticket.number, "' OR 1=1 --", "\x00", "9" * 400):
        found = browser.get("/desk/palette/", {"q": words.encode("utf-8", "replace"), "ticket": number}, headers=ASKED)
        assert found.status_code in {200, 400}
        if found.status_code == 200:
            assert page_of(ticket) not in addresses(found.json()["rows"])
    page = browser.get("/desk/palette/", {"q": words.encode("utf-8", "replace")})
    assert page.status_code in {200, 400}
    assert b"<script>alert" not in page.content and b"49" not in page.content.split(b"</form>")[1][:200]


def test_words_in_a_subject_stay_words(desk, support):
    make_ticket("<img src=x onerror=alert(1)> teapot", department=support)
    page = desk.get("/desk/palette/", {"q": "teapot"}).content.decode()

    assert "<img src=x" not in page and "&lt;img" in page
    assert any(row["words"].startswith("<img") for row in rows(desk, "teapot"))  # text, which the element writes as text
    assert all(row["icon"].startswith("<svg") for row in rows(desk, "teapot"))


@pytest.mark.parametrize(("words", "most"), [("", 4), ("rattles", 8), ("kasia", 8), ("number", 5)])
def test_asking_costs_few_queries_however_much_there_is(desk, support, ticket, words, most):
    for number in range(8):
        make_message(make_ticket(f"Rattles {number}", department=support, customer=make_customer(f"Kasia {number}")))
    words = ticket.number if words == "number" else words
    rows(desk, words)
    with CaptureQueriesContext(connection) as queries:
        rows(desk, words)

    # Three of them (the mark of what is kept, the session, the person) are those of every page.
    assert len(queries) <= most
