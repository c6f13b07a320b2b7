"""However far a search has to look and whatever the documents are asked besides the index: the same tickets, in the same order, on each database."""

import pytest
from django.db.models import Q
from hypothesis import given
from hypothesis import strategies as st

from common.fulltext.postgres import LeadingSyntax
from common.fulltext.questions import BLOCK, leading_question
from common.fulltext.walking import _steps
from common.fulltext.wanted import Wanted
from common.paging import page_of
from tests.make import make_customer, make_department, make_message, make_staff, make_store, make_ticket
from tests.tickets.search.test_finding import pages
from tickets.models import Ticket
from tickets.search import finding
from tickets.search.finding import holding, sections_of
from tickets.search.understood import Understood
from tickets.search.writing import write_all


@given(st.integers(0, BLOCK * 3), st.integers(0, BLOCK * 3), st.sampled_from([1, 2**13]), st.booleans())
def test_the_steps_of_a_walk_pass_each_id_once_and_stay_in_one_block(low, high, nearest, backward):
    steps = list(_steps(low, high, nearest, backward))

    edges = [(start, end) for _block, start, end, _parts in steps]
    in_order = edges if backward else edges[::-1]
    assert [start for start, _end in in_order] + [high] == [low] + [end for _start, end in in_order] if low < high else not steps
    assert all(int(block) == start // BLOCK == (end - 1) // BLOCK for block, start, end, _parts in steps)
    assert not steps or edges[0][1] - edges[0][0] <= nearest


@pytest.mark.parametrize(
    ("typed", "leads"),
    [
        ("kasia@mail.example", "('@akasia' & '@amail')"),  # what everybody's address ends with leads to nobody
        ("o'brien", "('@ao' & '@abrien':*)"),
        ("grin", "'@agrin':*"),
    ],
)
def test_the_index_is_asked_for_words_and_not_where_they_stand(typed, leads):
    assert leading_question(Wanted.of(typed), letters="a", syntax=LeadingSyntax) == leads


@pytest.fixture(params=[1, finding.NEWEST])
def _nearest(request, monkeypatch):
    """Also with a step for nearly each ticket."""
    monkeypatch.setattr(finding, "NEWEST", request.param)


@pytest.fixture
def shop():
    """Two stores and two departments; kettles in titles, talk and notes, names in what was said, and the newest in another block of ids."""
    narvan, other = make_store(), make_store()
    support, sales = make_department("Support", store=narvan), make_department("Sales", store=narvan)
    support.stores.add(other)
    kasia = make_customer("Kasia Kettle", email="kasia.kettle@mail.example")
    nour = make_customer("Nour", email="nour@mail.exact")
    for store in (narvan, other):
        make_ticket("Kettle boils", department=support, store=store, customer=kasia, text="Kettle, order NV-48215.")
        make_ticket("Grinder", department=support, store=store, customer=nour, text="The kettle boils, says kasia.kettle@mail.example.")
        make_ticket("It boils", department=support, store=store, customer=nour, text="The kettle not. Call 600 100 200.")
        noted = make_ticket("Nothing", department=support, store=store, customer=kasia, text="Kasia boils.")
        make_message(noted, "Kettle boils, said Kasia.", by=make_staff("Alice", support), note=True)
    make_ticket("Kettle boils", department=sales, customer=nour, text="NV48215, 600100200.")
    for pk in (BLOCK - 1, BLOCK, BLOCK * 2 + 5):
        row = Ticket.objects.order_by("pk")[pk % 3]
        row.pk, row.number = pk, f"9{pk}"
        row.save(force_insert=True)
        write_all([pk])
    return support, sales


SEARCHES = [
    "kettle", "kettle boils", '"kettle boils"', "kettle -boils", 'kettle -"kettle boils"', "kasia.kettle@mail.example", "kasia.kettle@mail.ex",
    "mail.example", "nour@mail.exact", "NV-48215", "600 100", '"kettle boils" kasia', "-kettle boils -kasia.kettle", "boil grind",
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.usefixtures("_nearest")
def test_the_same_is_found_by_walking_as_by_asking_for_everything(shop):
    support, sales = shop
    everywhere, first = frozenset(support.stores.values_list("pk", flat=True)), support.stores.order_by("pk")[0].pk
    shared = Ticket.objects.get(department=sales).pk
    many = [support.pk, *range(9001, 9009)]
    seen = 0
    for typed in SEARCHES:
        wanted = Understood(typed).wanted
        for known in (None, everywhere, frozenset([first]), frozenset()):
            for places, besides in ((None, ()), ([support.pk], ()), ([support.pk], [shared]), ([], [shared]), (many, [shared])):
                rows = Ticket.objects.all() if places is None else Ticket.objects.filter(Q(department__in=places) | Q(pk__in=besides))
                best = [
                    pk
                    for where in ({"only_first": True}, {"not_first": True})
                    for pk in rows.filter(holding(wanted, known_stores=known, **where)).order_by("-pk").values_list("pk", flat=True)
                ]
                sections = sections_of(rows, wanted, known_stores=known, places=places, besides=besides)
                there = pages(sections, 3)
                assert [row.pk for page in there for row in page.rows] == best, (typed, known, places)
                assert [row.pk for row in page_of(sections, size=3, at_end=True).rows] == best[-3:], (typed, known, places)
                if len(there) > 2:
                    back = page_of(sections, size=3, before=there[2].before)
                    assert [row.pk for row in back.rows] == best[3:6], (typed, known, places)
                seen += len(best)
    assert seen > 500
