"""The engine on each database: what is found by which words."""

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common.fulltext.conditions import matches
from common.fulltext.cutting import GAP, indexed
from common.fulltext.index import ROOM
from common.fulltext.questions import BLOCK, PART
from common.fulltext.stemming import stems
from common.fulltext.wanted import Term, Wanted
from tests.make import make_department, make_ticket
from tickets.models import SearchDocument, Ticket
from tickets.search.index import TICKETS

pytestmark = pytest.mark.django_db
ON_ONE_TICKET = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def ticket():
    return make_ticket()


def put(ticket, title="", words="", notes="", *, place=1):
    TICKETS.write([(ticket.pk, place, [indexed(title), indexed(words), indexed(notes), "", ""])])


def found(wanted, **where):
    wanted = Wanted.of(wanted) if isinstance(wanted, str) else wanted
    return Ticket.objects.filter(matches(TICKETS, wanted, **where)).exists()


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("کتاب‌های يك", "كتاب یک"),
        ("می‌خواهم", "میخواهم"),
        ("می خواهم", "می‌خواهم"),
        ("کتاب‌ها", "کتاب ها"),
        ("سفارش‌هایم نرسید", "سفارش"),
        ("شماره ۴۸۲۱۵", "48215"),
        ("Wysyłka do Łodzi", "lodzi wysylka"),
        ("dwa młynki", "młynek"),
        ("Ёлка и кофемолки", "елка кофемолка"),
        ("two batteries", "battery"),
        ("one order", "orders"),
        ("Grinding", "grin"),
        ("order NV-48215", "nv48215"),
        ("order NV48215", "NV-48215"),
        ("order NV48215", "8215"),
        ("call 601-220-999", "0999"),
        ("call +48 601 220 999", "601220999"),
        ("call 48601220999", "601 220 999"),
        ("from kasia@mail.example", "kasia@mail.ex"),
        ("ＡＢＣ soft\u00adhyphen", "abc softhyphen"),
    ],
)
def test_what_is_written_is_found_however_it_is_asked(ticket, written, asked):
    put(ticket, words=written)
    assert found(asked)


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Grinding", "rinding"),
        ("grinder hums", "grinder rattles"),
        ("mail kasia", "kasia@mail.example"),
        ("и", "й"),
        ("grinder", "place p1 1"),
    ],
)
def test_what_is_not_written_is_not_found(ticket, written, asked):
    put(ticket, words=written)
    assert not found(asked)


def test_a_phrase_stands_as_it_was_said(ticket):
    put(ticket, title="Not heating", words=f"water is cold {GAP}".replace(GAP, "") + "and cold water")
    TICKETS.append(ticket.pk, {"words": indexed("kettle broke")})

    def phrase(*words):
        return found(Wanted((Term(words, is_exact=True),)))

    assert phrase("cold", "and", "cold", "water")
    assert phrase("not", "heating")
    assert not phrase("cold", "is")
    assert not phrase("heating", "water")  # in two zones
    assert not phrase("water", "kettle")  # in two messages
    assert not phrase("not", "heat")
    assert not phrase("heat")
    assert found(Wanted((Term(("not", "heat")),)))


def test_words_are_looked_for_in_the_zones_that_are_asked(ticket):
    put(ticket, title="grinder", words="kettle", notes="secret")

    assert found("grinder kettle secret")
    assert found("grinder", zones=["title"]) and not found("kettle", zones=["title"])
    assert not found("grinder secret", zones=["title", "words"])
    assert found("kettle", outside=["title"]) and not found("grinder", outside=["title"])
    assert found("grinder kettle", outside=["title"])
    assert not found("kettle", zones=[])


def test_what_is_not_wanted_leaves_out(ticket):
    put(ticket, words="grinder rattles", notes="secret")
    grinder, kettle, rattles = Term(("grinder",)), Term(("kettle",)), Term(("rattle",))

    assert found(Wanted((grinder,), (kettle,)))
    assert not found(Wanted((grinder,), (kettle, rattles)))
    assert found(Wanted((), (kettle,))) and not found(Wanted((), (rattles,)))
    assert found(Wanted((grinder,), (Term(("secret",)),)), zones=["words"])
    assert found(Wanted())


def test_places_and_ids_narrow_what_is_found(ticket):
    put(ticket, words="grinder", place=7)
    pk = ticket.pk

    assert found("grinder", places=[7, 8]) and not found("grinder", places=[8]) and not found("grinder", places=[])
    assert found("grinder", places=[8], besides=[pk]) and not found("kettle", places=[8], besides=[pk])
    assert not found("grinder", places=[], besides=[pk + 1])
    assert found("grinder", low=pk, high=pk + 1) and not found("grinder", low=pk + 1) and not found("grinder", high=pk)
    assert found("grinder", among=[pk]) and not found("grinder", among=[pk + BLOCK]) and not found("grinder", among=[])
    TICKETS.change_place(pk, 8)
    assert found("grinder", places=[8]) and not found("grinder", places=[7])


def test_ids_far_apart_are_found_together_and_alone():
    department, first = make_department(), make_ticket()
    far = []
    for pk in (PART * 3 + 1, BLOCK - 1, BLOCK, BLOCK * 5 + 17):
        Ticket.objects.filter(pk=make_ticket(department=department).pk).delete()
        row = Ticket.objects.get(pk=first.pk)
        row.pk, row.number = pk, str(pk)
        row.save(force_insert=True)
        TICKETS.load([(pk, department.pk, ["zebra", "", "", "", ""])])
        far.append(pk)

    def pks(**where):
        return sorted(Ticket.objects.filter(matches(TICKETS, Wanted.of("zebra"), **where)).values_list("pk", flat=True))

    assert pks() == pks(places=[department.pk]) == pks(among=far) == far
    assert pks(low=BLOCK) == far[2:]
    assert pks(low=BLOCK - PART, high=BLOCK + 1) == far[1:3]
    assert pks(low=PART * 2, high=BLOCK) == far[:2]


def test_it_is_found_at_once_and_gone_with_its_transaction(ticket):
    with pytest.raises(RuntimeError), transaction.atomic():
        TICKETS.append(ticket.pk, {"words": "zebra"})
        assert found("zebra")
        raise RuntimeError()
    assert not found("zebra")


def test_a_document_goes_with_its_ticket_and_a_zone_is_exchanged(ticket):
    TICKETS.change(ticket.pk, "title", "zebra")
    assert found("zebra") and not found("grinder", zones=["title"]) and found("rattles")

    pk = ticket.pk
    ticket.delete()

    assert not SearchDocument.objects.exists()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM tickets_searchdocument_words")
            assert cursor.fetchone() == (0,)
    assert not TICKETS.append(pk, {"words": "zebra"})
    assert not TICKETS.change(pk, "title", "zebra")


def test_a_document_has_an_end_and_short_zones_are_kept_whole(ticket):
    many = " ".join(f"w{n}" for n in range(40_000))
    TICKETS.write([(ticket.pk, 1, ["giraffe", many, "", "zebra", ""])])
    TICKETS.append(ticket.pk, {"words": "hippo " * ROOM})

    assert found("giraffe w1 w100 zebra") and not found("w39999") and not found("hippo")
    assert SearchDocument.objects.get().size <= ROOM


HOSTILE = st.text(st.sampled_from("'\"\\:&|!()*<>-+{}^~%_$; \x00NEAR01abйی¶") | st.characters(), max_size=40)


@ON_ONE_TICKET
@given(HOSTILE, HOSTILE)
def test_nothing_that_is_typed_becomes_a_sign_of_an_engine(ticket, written, asked):
    put(ticket, title=written, words=written)
    TICKETS.append(ticket.pk, {"words": indexed(asked)})

    for text in (written, asked):
        wanted = Wanted.of(text)
        assert found(wanted)
        if wanted.terms:
            assert not found(Wanted((), wanted.terms[:1]))


VOCABULARY = "order orders ordering kettle kettles nv 48215 nv48215 8215 кофемолка кофемолок کتاب کتابها ab a".split()
SAID = st.lists(st.sampled_from(VOCABULARY), max_size=6)
TERM = st.builds(Term, st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=2).map(tuple), st.booleans())


@ON_ONE_TICKET
@given(SAID, SAID, st.lists(TERM, min_size=1, max_size=3), st.lists(TERM, max_size=1))
def test_both_databases_find_what_the_words_mean(ticket, title, words, terms, without):
    TICKETS.write([(ticket.pk, 1, [" ".join(title), " ".join(words), "", "", ""])])

    expected = all(holds(term, title, words) for term in terms) and not any(holds(term, title, words) for term in without)
    assert found(Wanted(tuple(terms), tuple(without))) == expected


def holds(term, *zones):
    return any(_stands(term, zone) for zone in zones)


def _stands(term, zone):
    if len(term.words) == 1:
        starts = term.words if term.is_exact else stems(term.words[0])
        return any(word == term.words[0] if term.is_exact else word.startswith(starts) for word in zone)
    if term.glued and any(word.startswith(term.glued) for word in zone):
        return True
    if term.is_number:
        return all(any(word.startswith(part) for word in zone) for part in term.words)
    pairs = zip(zone, zone[1:], strict=False)
    one, other = term.words
    return any(first == one and (second == other if term.is_exact else second.startswith(other)) for first, second in pairs)
