"""`manage.py reindex`: what no search finds is made findable, and a run that was stopped goes on."""

import pytest
from django.core.management import call_command

from common.fulltext.index import OLD
from customers.finding import matching
from customers.models import Customer, CustomerDocument
from faq.models import FaqDocument, FaqEntry
from faq.services import write_entry
from helpdesk.management.commands import reindex
from tests.make import make_store, make_ticket
from tickets.models import SearchDocument, Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def ticket():
    write_entry(stores=[make_store()], words={"en": ("How long?", "<p>Six days.</p>")})
    return make_ticket()


def missing(capsys):
    with pytest.raises(SystemExit):
        call_command("reindex", "--check")
    return capsys.readouterr().out.split("\n")[:3]


def test_everything_is_found_again(ticket, capsys):
    call_command("reindex", "--check")
    assert capsys.readouterr().out.startswith("tickets: 0 missing")
    for model in (SearchDocument, CustomerDocument, FaqDocument):
        model.objects.all().delete()
    assert missing(capsys) == ["tickets: 1 missing", "customers: 1 missing", "faq: 1 missing"]

    call_command("reindex")
    call_command("reindex", "--check")

    assert Ticket.objects.matching("grinder nowak").get() == ticket
    assert matching(Customer.objects.all(), "kasia").get() == ticket.customer
    assert FaqEntry.objects.matching("six").exists()
    assert "tickets: 1 done" in capsys.readouterr().err


def test_a_stopped_run_goes_on_after_the_last_one(monkeypatch, capsys, ticket):
    others = [make_ticket() for _n in range(3)]
    monkeypatch.setattr(reindex, "BATCH", 2)
    done, write_all = [], reindex.WRITERS["tickets"][1]

    def stops(pks):
        if done:
            raise KeyboardInterrupt()
        done.extend(pks)
        write_all(pks)

    monkeypatch.setitem(reindex.WRITERS, "tickets", (Ticket, stops))
    with pytest.raises(KeyboardInterrupt):
        call_command("reindex", "tickets", "--from-start")

    assert set(SearchDocument.objects.filter(indexed_at=OLD).values_list("pk", flat=True)) == {others[1].pk, others[2].pk}
    monkeypatch.setitem(reindex.WRITERS, "tickets", (Ticket, write_all))
    call_command("reindex", "tickets")
    assert "tickets: 2 done" in capsys.readouterr().err
    assert not reindex.missing(Ticket).exists()


def test_what_was_said_meanwhile_hides_no_old_document(ticket):
    from tests.make import make_message

    SearchDocument.objects.update(indexed_at=OLD)
    make_message(ticket, "Any news?")
    assert reindex.missing(Ticket).get() == ticket
