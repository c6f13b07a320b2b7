"""Views of the inbox: saved from what is on the screen, given to colleagues, kept in order; and nobody reads by them what they may not."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from permissions.rights import StoreRight
from permissions.services import grant, grant_role
from tests.make import fresh, make_customer, make_staff, make_team, make_ticket
from tickets.models import SavedView, Ticket
from tickets.models.saved_view import Audience
from tickets.services import lifecycle, saved_views

pytestmark = pytest.mark.django_db


@pytest.fixture
def olga(support, sales):
    olga = make_staff("Olga Nowicka")
    for department in (support, sales):
        grant_role(olga, department, "owner")
    return olga


def save(by, name="High ones", **query):
    return saved_views.save_view(name=name, query=query or {"view": "open", "priority": "30"}, by=by)


def give(view, by, audience=Audience.EVERYBODY, **to):
    return saved_views.give_view(view, audience=audience, by=by, **to)


def subjects(client, address):
    page = client.get(address)
    assert page.status_code == 200
    return [row.subject for row in page.context["page"].rows]


def rail(client):
    """The names of the views in the panel, in their order."""
    return re.findall(r'\?saved=\d+"[^>]*>.*?<bdi>([^<]*)</bdi>', client.get("/desk/").content.decode().partition("<main")[0])


# --- Saving -------------------------------------------------------------------------------------------------
def test_what_is_on_the_screen_is_saved_under_a_name_and_found_again(desk, alice, support):
    urgent, _plain = make_ticket("Smoke", department=support), make_ticket("A question", department=support)
    lifecycle.change_priority(urgent, to=40, by=alice)

    answer = desk.post("/desk/views/", {"name": "Burning", "view": "open", "priority": "40", "sort": "oldest", "layout": "dense"})

    view = SavedView.objects.get()
    assert (view.owner, view.name, view.audience, view.layout) == (alice, "Burning", "oneself", "dense")
    assert view.query == {"view": "open", "priority": "40", "sort": "oldest"}
    assert answer.url == f"/desk/?saved={view.pk}"
    assert subjects(desk, answer.url) == ["Smoke"]
    assert desk.get(answer.url).context["layout"] == "dense"
    assert rail(desk) == ["Burning"]


def test_only_what_a_list_understands_is_kept(desk, sales):
    desk.post(
        "/desk/views/",
        {"name": "Odd", "view": "nowhere", "department": sales.pk, "priority": "99", "assignee": "root", "order_by": "password"},
    )

    assert SavedView.objects.get().query == {"view": "mine"}


def test_a_view_without_a_name_is_not_saved_and_what_was_typed_stays(desk):
    answer = desk.post("/desk/views/", {"name": " ", "view": "open", "priority": "30"})

    assert answer.status_code == 422
    assert 'name="priority" value="30"' in answer.content.decode()
    assert not SavedView.objects.exists()


def test_sending_the_form_twice_saves_one_view(desk):
    for _time in range(2):
        desk.post("/desk/views/", {"name": "Once", "view": "open", "form_key": "a" * 20})

    assert SavedView.objects.count() == 1


def test_a_view_asks_for_what_is_on_the_screen_from_now_on(desk, alice):
    view = save(alice)

    page = desk.get(f"/desk/?view=open&priority=40&saved={view.pk}")
    assert page.context["is_changed"]
    assert not desk.get(f"/desk/?saved={view.pk}").context["is_changed"]
    desk.post(f"/desk/views/{view.pk}/filter/", {"view": "open", "priority": "40", "layout": "board"})

    assert (fresh(view).query, fresh(view).layout) == ({"view": "open", "priority": "40"}, "board")


def test_a_view_is_renamed_and_deleted(desk, alice, ticket):
    view = save(alice)

    desk.post(f"/desk/views/{view.pk}/settings/", {"name": "Others"})
    assert rail(desk) == ["Others"]
    assert "Delete this view?" in desk.get(f"/desk/views/{view.pk}/removal/").content.decode()
    desk.post(f"/desk/views/{view.pk}/removal/")

    assert not SavedView.objects.exists()
    assert Ticket.objects.filter(pk=ticket.pk).exists()


def test_the_pages_of_a_view_stay_in_the_view(desk, alice, support, monkeypatch):
    from backoffice.tickets import listing

    monkeypatch.setattr(listing, "PAGE_SIZE", 2)
    view = save(alice, view="open", files="", sort="opened-oldest")
    for number in range(5):
        make_ticket(f"Ticket {number}", department=support)

    met, address = [], f"/desk/?saved={view.pk}"
    while address:
        page = desk.get(address)
        assert page.context["saved"] == view
        met += [row.subject for row in page.context["page"].rows]
        address = page.context["page"].next_url and "/desk/" + page.context["page"].next_url

    assert met == [f"Ticket {number}" for number in range(5)]


# --- Whose it is --------------------------------------------------------------------------------------------
def test_somebody_elses_view_is_not_there(desk, bob, olga, alice):
    foreign = save(bob, "Bob's own")
    to_bob = give(save(olga, "For Bob"), olga, Audience.SOME, people=[bob])

    for view in (foreign, to_bob):
        for way in ("", "settings/", "removal/"):
            assert desk.get(f"/desk/views/{view.pk}/{way}").status_code == 404
        for way in ("settings/", "removal/", "filter/", "place/", "showing/"):
            assert desk.post(f"/desk/views/{view.pk}/{way}", {"name": "Mine now", "view": "all"}).status_code == 404
        assert desk.get(f"/desk/?saved={view.pk}").context["saved"] is None
    assert (fresh(foreign).name, fresh(to_bob).name) == ("Bob's own", "For Bob")
    assert not hasattr(alice, "list_setup")
    assert "Bob" not in desk.get("/desk/views/").content.decode()


def test_a_view_given_to_everybody_to_a_team_or_to_a_person_stands_in_their_panels_alone(desk_of, alice, bob, olga):
    team = make_team("Night shift", bob)
    give(save(olga, "All"), olga)
    give(save(olga, "Team"), olga, Audience.SOME, teams=[team])
    give(save(olga, "Alice"), olga, Audience.SOME, people=[alice])
    save(olga, "Olga")

    assert rail(desk_of(alice)) == ["All", "Alice"]
    assert rail(desk_of(bob)) == ["All", "Team"]
    assert rail(desk_of(olga)) == ["All", "Team", "Alice", "Olga"]


def test_giving_needs_the_right_and_is_noted(desk, desk_of, alice, olga, bob):
    from audit.models import AuditLine

    own, hers = save(alice), save(olga, "Hers")

    assert "audience" not in desk.get(f"/desk/views/{own.pk}/settings/").content.decode()
    desk.post(f"/desk/views/{own.pk}/settings/", {"name": "Mine", "audience": "everybody"})
    assert (fresh(own).name, fresh(own).audience) == ("Mine", "oneself")

    given = {"name": "Hers", "audience": "some", "people": [bob.pk]}
    assert desk_of(olga).post(f"/desk/views/{hers.pk}/settings/", {**given, "people": []}).status_code == 422
    assert desk_of(olga).post(f"/desk/views/{hers.pk}/settings/", given).status_code == 302
    assert (fresh(hers).audience, list(fresh(hers).people.all())) == ("some", [bob])
    assert AuditLine.objects.filter(subject_type="savedview", subject_id=str(hers.pk), actor=olga).exists()


def test_whoever_was_given_a_view_may_not_change_it(desk, alice, olga):
    view = give(save(olga, "Of all"), olga)

    for way, data in (("settings/", {"name": "Mine"}), ("filter/", {"view": "all"}), ("removal/", {})):
        assert desk.post(f"/desk/views/{view.pk}/{way}", data).status_code == 403
    assert desk.get(f"/desk/views/{view.pk}/settings/").status_code == 403
    assert (fresh(view).name, fresh(view).query) == ("Of all", {"view": "open", "priority": "30"})


def test_whoever_lost_the_right_may_only_delete_what_they_gave(desk, alice, store):
    grant(alice, StoreRight.SHARE_VIEWS, store)
    view = give(save(alice), alice)
    from permissions.services import withdraw

    withdraw(alice, StoreRight.SHARE_VIEWS, store)

    assert desk.post(f"/desk/views/{view.pk}/settings/", {"name": "Other"}).status_code == 403
    assert desk.post(f"/desk/views/{view.pk}/removal/").status_code == 302
    assert not SavedView.objects.exists()


# --- What a shared view tells -------------------------------------------------------------------------------
def test_a_shared_view_shows_each_reader_what_they_may_see_and_counts_no_more(desk_of, alice, bob, olga, support, sales):
    for number in range(3):
        make_ticket(f"Support {number}", department=support)
    make_ticket("Sales", department=sales)
    view = give(save(olga, "Open", view="open"), olga)
    narrow = give(save(olga, "Sales", view="open", department=str(sales.pk)), olga)

    def numbers(person):
        return desk_of(person).get("/desk/counts/").json()["numbers"]

    assert sorted(subjects(desk_of(bob), f"/desk/?saved={view.pk}")) == ["Sales"]
    assert len(subjects(desk_of(alice), f"/desk/?saved={view.pk}")) == 3
    assert [numbers(person)[f"view-{view.pk}"] for person in (alice, bob, olga)] == ["3", "1", "4"]
    # A department Alice does not see is no narrowing to her, and its number not the one of Sales.
    assert numbers(alice)[f"view-{narrow.pk}"] == "3"
    assert numbers(bob)[f"view-{narrow.pk}"] == "1"


def test_a_number_is_that_of_the_list(desk, alice, support):
    first, second, third = (make_ticket(f"Ticket {number}", department=support) for number in range(3))
    lifecycle.assign_ticket(first, to=alice, by=alice)
    lifecycle.change_priority(second, to=30, by=alice)
    lifecycle.close_ticket(third, by=alice)
    views = [
        save(alice, view="open", assignee="me"),
        save(alice, view="open", priority="30"),
        save(alice, view="open", kind="closed"),
        save(alice, view="unassigned"),
    ]

    numbers = desk.get("/desk/counts/").json()["numbers"]

    for view in views:
        assert numbers[f"view-{view.pk}"] == (
            str(len(subjects(desk, f"/desk/?saved={view.pk}"))) if subjects(desk, f"/desk/?saved={view.pk}") else ""
        )


def test_counting_costs_the_same_for_one_view_and_for_twelve(desk, alice, support):
    make_ticket(department=support)

    def cost():
        desk.get("/desk/counts/")
        with CaptureQueriesContext(connection) as queries:
            desk.get("/desk/counts/")
        return len(queries)

    save(alice)
    one = cost()
    for number in range(14):
        save(alice, f"View {number}", view="open", assignee="me", kind="open", files="1")

    assert cost() == one


def test_a_shared_view_that_names_a_customer_is_not_there_for_whoever_may_not_know_them(desk_of, olga, support, kasia):
    dan = make_staff("Dan", support, sees_customers=False)
    for words in ("nowak", "from:nowak", "-nowak", "tag:nowak"):
        give(save(olga, "Of a customer", view="all", q=words), olga)
    give(save(olga, "Write to kasia@mail.example", view="open"), olga)
    give(save(olga, "Plain", view="open", q="status:open is:unread"), olga)

    panel = rail(desk_of(dan))
    pages = "".join(desk_of(dan).get(address).content.decode() for address in ("/desk/", "/desk/views/"))

    assert "Plain" in panel
    assert "Of a customer" not in panel
    assert "nowak" not in pages.lower()
    assert "kasia@mail.example" not in pages
    for view in SavedView.objects.filter(name="Of a customer"):
        assert desk_of(dan).get(f"/desk/views/{view.pk}/").status_code == 404


def test_names_of_colleagues_and_statuses_in_an_address_are_only_told_to_whom_they_are_known(desk, bob, sales, alice):
    status = sales.workflow.by_code["waiting"]

    page = desk.get(f"/desk/?view=open&assignee=u{bob.pk}&status={status.pk}").content.decode()

    assert "Bob Lindgren" not in page
    assert "unknown" in page
    assert "Alice Warren" in desk.get(f"/desk/?view=open&assignee=u{alice.pk}").content.decode()


# --- The panel ----------------------------------------------------------------------------------------------
def test_the_order_of_the_panel_is_kept_for_each_person(desk, desk_of, alice, bob, olga):
    one, two, three = (save(alice, name) for name in ("One", "Two", "Three"))
    given = [give(save(olga, name), olga) for name in ("First", "Second")]

    desk.post(f"/desk/views/{three.pk}/place/", {"move": "up"})
    assert rail(desk) == ["One", "Three", "Two", "First", "Second"]
    desk.post(f"/desk/views/{two.pk}/place/", {"places": "-2", "before": one.pk, "from": "rail"})
    assert rail(desk) == ["Two", "One", "Three", "First", "Second"]
    desk.post(f"/desk/views/{given[0].pk}/place/", {"places": "1", "before": ""})
    assert rail(desk) == ["Two", "One", "Three", "Second", "First"]
    assert rail(desk_of(bob)) == ["First", "Second"]
    desk.post(f"/desk/views/{two.pk}/place/", {"places": "damaged"})
    assert rail(desk) == ["Two", "One", "Three", "Second", "First"]


def test_a_view_is_taken_out_of_ones_own_panel_and_put_back(desk, desk_of, alice, bob, olga):
    view = give(save(olga, "Of all"), olga)

    desk.post(f"/desk/views/{view.pk}/showing/", {"shown": "0"})
    assert rail(desk) == []
    assert "Of all" in desk.get("/desk/views/").content.decode()
    assert desk.get(f"/desk/?saved={view.pk}").context["saved"] == view
    assert rail(desk_of(bob)) == ["Of all"]
    desk.post(f"/desk/views/{view.pk}/showing/", {"shown": "1"})
    assert rail(desk) == ["Of all"]


def test_dropped_between_others_it_stays_there_though_one_is_hidden(desk, alice):
    views = [save(alice, name) for name in ("A", "B", "C", "D")]
    desk.post(f"/desk/views/{views[1].pk}/showing/", {"shown": "0"})

    desk.post(f"/desk/views/{views[0].pk}/place/", {"places": "1", "before": views[3].pk, "from": "rail"})

    assert rail(desk) == ["C", "A", "D"]


def test_views_of_a_person_cost_the_list_nothing_more(desk, alice, olga, support):
    make_ticket(department=support)

    def cost(address):
        desk.get(address)
        with CaptureQueriesContext(connection) as queries:
            desk.get(address)
        return len(queries)

    before = cost("/desk/?view=open")
    views = [save(alice, f"View {number}") for number in range(6)] + [give(save(olga, f"Given {number}"), olga) for number in range(6)]

    assert cost("/desk/?view=open") == before
    assert cost(f"/desk/?saved={views[-1].pk}") <= 10


def test_the_watched_list_holds_what_one_watches(desk, alice, support):
    from tickets.services.watching import watch_ticket

    watched, _other = make_ticket("Watched", department=support), make_ticket("Other", department=support)
    watch_ticket(watched, by=alice)

    assert subjects(desk, "/desk/?view=watched") == ["Watched"]
    assert desk.get("/desk/counts/").json()["numbers"]["watched"] == "1"


def test_names_are_words_and_nothing_else(desk, alice):
    save(alice, "<script>alert(1)</script>")

    for address in ("/desk/", "/desk/views/", f"/desk/?saved={SavedView.objects.get().pk}"):
        page = desk.get(address).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_a_customer_has_no_views(client, kasia):
    client.force_login(kasia.user)
    assert client.get("/desk/views/").status_code == 404
    make_customer()
