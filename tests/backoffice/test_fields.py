"""The owner's fields at the desk: read, filled in, shown in lists, exported; secrets on a click."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audit.choices import Deed
from audit.models import AuditLine
from custom_fields.models import CustomerAccess, FieldKind
from custom_fields.services import write_customer_values
from exports import working
from exports.models import Export
from tests.exports.helping import fetched
from tests.make import fresh, make_customer, make_department, make_field, make_staff, make_team, make_ticket
from tickets.choices import Kind
from tickets.models import Attachment, FieldValue, Ticket
from tickets.services import lifecycle
from tickets.services.fields import write_values
from tickets.services.secrets import MOST_AN_HOUR, show_secret, wipe_secrets

pytestmark = pytest.mark.django_db
SECRET = "root-hunter-2-unseen"


def page(ticket, more=""):
    return f"/desk/tickets/{ticket.number}/{more}"


def text(response):
    return response.content.decode()


def exported_by(desk, query):
    """The file of the list at this address, as text."""
    assert desk.post(f"/desk/tickets/export/?{query}", {"format": "csv"}).status_code == 302
    export = Export.objects.newest_first().first()
    assert working.write(export.pk)
    return fetched(desk, fresh(export)).decode()


@pytest.fixture
def secret(ticket, alice):
    field = make_field("Hosting access", FieldKind.SECRET, wiped_after_days=30)
    write_values(ticket, {field: SECRET}, by=alice)
    return field


def secret_page(ticket, field):
    return page(ticket, f"fields/{field.pk}/secret/")


def test_values_stand_beside_the_talk_and_their_change_in_the_history(desk, ticket, alice):
    order = make_field()
    write_values(ticket, {order: "A-17"}, by=alice)
    write_values(ticket, {order: "B-18"}, by=alice)

    shown = text(desk.get(page(ticket)))

    assert "Order number" in shown
    assert "filled in \u2068Order number\u2069: \u2068A-17\u2069 → \u2068B-18\u2069" in shown


def test_fields_are_changed_on_a_page_of_their_own(desk, ticket, alice):
    order, kind = make_field(), make_field("Kind", FieldKind.CHOICE, options=["technical", "financial"])

    assert "Order number" in text(desk.get(page(ticket, "fields/")))
    answer = desk.post(page(ticket, "fields/"), {"field-order-number": "A-17", "field-kind": "technical", "version": fresh(ticket).version})

    assert answer.status_code == 302
    assert fresh(ticket).fields == {str(order.pk): "A-17", str(kind.pk): "technical"}


def test_a_mistake_keeps_everything_that_was_typed_but_the_secret(desk, ticket):
    make_field()
    make_field("Price", FieldKind.NUMBER)
    make_field("Access", FieldKind.SECRET)

    answer = desk.post(page(ticket, "fields/"), {"field-order-number": "A-17", "field-price": "a lot", "field-access": SECRET})

    assert answer.status_code == 422
    assert "A-17" in text(answer)
    assert "a lot" in text(answer)
    assert SECRET not in text(answer)
    assert not FieldValue.objects.exists()


def test_the_second_of_two_is_told_and_nothing_is_overwritten(desk, ticket, alice):
    order = make_field()
    seen = fresh(ticket).version
    write_values(ticket, {order: "first"}, by=alice)

    answer = desk.post(page(ticket, "fields/"), {"field-order-number": "second", "version": seen})

    assert answer.status_code == 422
    assert "second" in text(answer)
    assert fresh(ticket).fields == {str(order.pk): "first"}


def test_fields_of_other_departments_and_of_other_teams_are_not_taken(desk, ticket):
    make_field()
    make_field("Elsewhere", departments=[make_department("Sales")])
    make_field("Of a team", editors=[make_team("Money")])
    make_field("Unseen", viewers=[make_team("Law")])

    desk.post(page(ticket, "fields/"), {"field-order-number": "A-17", "field-elsewhere": "x", "field-of-a-team": "x", "field-unseen": "x"})

    assert list(FieldValue.objects.values_list("field__key", flat=True)) == ["order-number"]


@pytest.mark.parametrize("typed", ["<b>", "gone", "0", "' or 1=1"])
def test_what_is_not_in_the_list_is_refused(desk, ticket, typed):
    make_field("Kind", FieldKind.CHOICE, options=["technical"])
    make_field("Parts", FieldKind.SEVERAL, options=["a", "b"])

    answer = desk.post(page(ticket, "fields/"), {"field-kind": typed, "field-parts": ["a", typed]})

    assert answer.status_code == 422
    assert not FieldValue.objects.exists()


def test_a_huge_value_is_refused_in_words(desk, ticket):
    make_field()

    answer = desk.post(page(ticket, "fields/"), {"field-order-number": "x" * 200_000})

    assert answer.status_code == 422
    assert "too long" in text(answer)


def test_markup_in_values_and_labels_is_shown_as_text(desk, ticket, alice):
    evil = "<script>alert(1)</script>"
    field = make_field(evil, key="evil", in_lists=True, help="<img src=x>")
    link = make_field("Page", FieldKind.LINK)
    write_values(ticket, {field: evil, link: "https://shop.example/?q=<b>"}, by=alice)

    for address in (page(ticket), page(ticket, "fields/"), "/desk/?view=all"):
        shown = text(desk.get(address))
        assert "alert(1)" in shown
        assert "<script>alert" not in shown
        assert "<img src=x>" not in shown


def test_whoever_may_not_answer_changes_nothing(desk_of, support, ticket):
    make_field()
    reader = make_staff("Rita", support, role="observer")

    assert "Order number" in text(desk_of(reader).get(page(ticket)))
    assert desk_of(reader).post(page(ticket, "fields/"), {"field-order-number": "x"}).status_code == 403


def test_staff_of_other_departments_get_404(desk_of, ticket, secret):
    bob = make_staff("Bob", make_department("Sales"))

    assert desk_of(bob).get(page(ticket, "fields/")).status_code == 404
    assert desk_of(bob).post(secret_page(ticket, secret)).status_code == 404


# --- Secrets ----------------------------------------------------------------------------------------
def test_a_secret_is_shown_on_a_click_and_only_on_that_page(desk, ticket, alice, secret):
    assert SECRET not in text(desk.get(page(ticket))) + text(desk.get(page(ticket, "fields/")))

    answer = desk.post(secret_page(ticket, secret))

    assert SECRET in text(answer)
    assert "no-store" in answer.headers["Cache-Control"]
    assert SECRET not in text(desk.get(page(ticket)))
    assert ticket.events.get(kind=Kind.SECRET_SHOWN).details == {"field": secret.pk}
    line = AuditLine.objects.get(deed=Deed.SECRET_SHOWN)
    assert (line.actor, line.subject_id) == (alice, str(ticket.pk))
    assert "looked at the secret “\u2068Hosting access\u2069”" in text(desk.get(page(ticket)))


def test_looking_with_get_shows_nothing(desk, ticket, secret):
    assert desk.get(secret_page(ticket, secret)).status_code == 405
    assert not ticket.events.filter(kind=Kind.SECRET_SHOWN).exists()


def test_a_secret_stands_in_no_row_of_the_history_the_log_the_search_and_the_export(desk, ticket, secret, caplog):
    desk.post(secret_page(ticket, secret))
    exported = exported_by(desk, "view=all")
    rows = [*ticket.events.values(), *AuditLine.objects.values(), *Ticket.objects.values(), exported, caplog.text]

    assert SECRET not in str(rows)
    assert ticket.number in exported
    assert not Ticket.objects.matching(SECRET).exists()


def test_a_secret_of_a_team_is_not_there_for_others(desk, ticket, alice):
    field = make_field("Access", FieldKind.SECRET, viewers=[make_team("Technicians")])
    write_values(ticket, {field: SECRET})

    assert desk.post(secret_page(ticket, field)).status_code == 404
    assert not ticket.events.filter(kind=Kind.SECRET_SHOWN).exists()


def test_a_field_that_is_no_secret_or_of_another_ticket_is_not_shown(desk, ticket, secret, support):
    other = make_ticket(department=support)

    assert desk.post(secret_page(other, secret)).status_code == 404
    assert desk.post(secret_page(ticket, make_field())).status_code == 404


def test_somebody_who_looks_at_very_many_secrets_is_stopped(desk, ticket, alice, secret):
    for _number in range(MOST_AN_HOUR):
        show_secret(ticket, secret, by=alice)

    answer = desk.post(secret_page(ticket, secret))

    assert answer.status_code == 429
    assert SECRET not in text(answer)


def closed_days_ago(ticket, days):
    Ticket.objects.filter(pk=ticket.pk).update(closed_at=timezone.now() - timedelta(days=days))


def test_secrets_are_wiped_so_many_days_after_closing(ticket, alice, secret):
    order = make_field()
    write_values(ticket, {order: "A-17"}, by=alice)
    lifecycle.close_ticket(ticket, by=alice)
    closed_days_ago(ticket, 29)
    assert wipe_secrets() == 0

    closed_days_ago(ticket, 31)

    assert (wipe_secrets(), wipe_secrets()) == (1, 0)
    assert list(FieldValue.objects.values_list("field", flat=True)) == [order.pk]
    assert ticket.events.get(kind=Kind.SECRETS_WIPED).details == {"fields": [secret.pk]}


def test_opening_a_ticket_again_keeps_its_secrets(ticket, alice, secret):
    lifecycle.close_ticket(ticket, by=alice)
    closed_days_ago(ticket, 31)
    lifecycle.reopen_ticket(ticket, by=alice)

    assert wipe_secrets() == 0
    assert FieldValue.objects.filter(field=secret).exists()


def test_a_secret_without_an_end_is_kept(ticket, alice):
    field = make_field("Access", FieldKind.SECRET)
    write_values(ticket, {field: SECRET}, by=alice)
    closed_days_ago(ticket, 4000)

    assert wipe_secrets() == 0


# --- Hidden customers -------------------------------------------------------------------------------
def test_who_may_not_know_the_customer_reads_values_covered(desk_of, support):
    ticket = make_ticket(department=support, customer=make_customer("Kasia Nowakowska", email="kasia@mail.example"))
    mail, words = make_field("Other mail", FieldKind.EMAIL, in_lists=True), make_field("Remark", in_lists=True)
    secret = make_field("Access", FieldKind.SECRET)
    write_values(ticket, {mail: "kn@other.example", words: "call Nowakowska", secret: "login kasia@mail.example zebra"})
    desk = desk_of(make_staff("Dan", support, sees_customers=False))

    exported = exported_by(desk, "view=all")
    shown = [text(desk.get(page(ticket))), text(desk.get("/desk/?view=all")), text(desk.get(page(ticket, "fields/"))), exported]
    shown.append(text(desk.post(secret_page(ticket, secret))))

    for words in ("kn@other.example", "Nowakowska", "kasia@mail.example"):
        assert not any(words in one for one in shown)
    assert "zebra" in shown[-1]


# --- Lists ------------------------------------------------------------------------------------------
def test_lists_show_and_are_narrowed_by_fields(desk, support, alice):
    kind = make_field("Kind", FieldKind.CHOICE, options=["technical", "financial"], in_lists=True)
    urgent = make_field("Urgent", FieldKind.YES_NO)
    one, other = make_ticket("The mill", department=support), make_ticket("The bill", department=support)
    write_values(one, {kind: "technical", urgent: True}, by=alice)
    write_values(other, {kind: "financial"}, by=alice)

    def listed(query):
        shown = text(desk.get(f"/desk/?view=all{query}"))
        return [subject for subject in ("The mill", "The bill") if subject in shown]

    assert "chip-field" in text(desk.get("/desk/?view=all"))
    assert listed("&field-kind=technical") == ["The mill"]
    assert listed("&field-urgent=yes") == ["The mill"]
    assert listed("&field-kind=gone") == ["The mill", "The bill"]


def test_a_field_of_a_team_neither_shows_nor_narrows_lists_for_others(desk, support, alice):
    hidden = make_field("Kind", FieldKind.CHOICE, options=["technical"], in_lists=True, viewers=[make_team("Money")])
    write_values(make_ticket("The mill", department=support), {hidden: "technical"})
    make_ticket("The bill", department=support)

    shown = text(desk.get("/desk/?view=all&field-kind=technical"))

    assert "The bill" in shown
    assert "chip-field" not in shown
    assert "field-kind" not in shown


def test_the_export_holds_what_the_list_shows_and_cannot_calculate(desk, ticket, alice, support):
    order = make_field()
    hidden = make_field("Hidden from customers", customer_access=CustomerAccess.NONE)
    make_field("Of a team", viewers=[make_team("Money")])
    write_values(ticket, {order: '=HYPERLINK("http://evil")', hidden: "seen by staff"}, by=alice)
    make_ticket("Not asked for", department=support)

    exported = exported_by(desk, f"view=all&q={ticket.number}")

    assert '"\'=HYPERLINK(""http://evil"")"' in exported
    assert "seen by staff" in exported
    assert "Of a team" not in exported
    assert "Not asked for" not in exported
    assert AuditLine.objects.filter(deed=Deed.EXPORTED).latest("pk").after["lines"] == 1


def test_the_export_leaves_out_what_its_reader_does_not_see(desk_of, ticket):
    sales = make_department("Sales")
    bob = make_staff("Bob", sales)
    assert desk_of(bob).post("/desk/tickets/export/?view=all", {"format": "csv"}).status_code == 403
    make_ticket(department=sales)

    exported = exported_by(desk_of(bob), "view=all")

    assert ticket.number not in exported


def test_fields_cost_no_query_more_for_any_number_of_them(desk, support, alice):
    def cost(address):
        desk.get(address)
        with CaptureQueriesContext(connection) as queries:
            desk.get(address)
        return len(queries)

    tickets = [make_ticket(f"Number {number}", department=support) for number in range(3)]
    costs = []
    for number in range(4):
        field = make_field(f"Field {number}", FieldKind.CHOICE, options=["a", "b"], in_lists=True)
        for ticket in tickets:
            write_values(ticket, {field: "a"}, by=alice)
        write_customer_values(ticket.customer, {make_field(f"Of customers {number}", place="customer"): "x"})
        costs.append((cost("/desk/?view=all"), cost("/desk/?view=all&field-field-0=a"), cost(page(tickets[0]))))

    assert len(set(costs)) == 1
    assert costs[0][1] <= 10
    assert costs[0][2] <= 15


# --- Files and statuses -----------------------------------------------------------------------------
def test_a_file_stands_in_its_field_and_not_in_the_talk(desk, desk_of, support, ticket, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    team = make_team("Money", make_staff("Bea", support))
    make_field("Invoice", FieldKind.FILE, customer_access=CustomerAccess.NONE)
    file = io.BytesIO(b"total: 12")
    file.name = "invoice.txt"

    desk.post(page(ticket, "fields/"), {"field-invoice": file})

    attachment = Attachment.objects.get()
    assert text(desk.get(page(ticket))).count("invoice.txt</bdi>") == 1
    assert desk.get(f"/files/{attachment.pk}/invoice.txt").getvalue() == b"total: 12"
    assert not Attachment.objects.visible_to(ticket.customer.user).exists()
    FieldValue.objects.get().field.viewers.add(team)
    assert desk.get(f"/files/{attachment.pk}/invoice.txt").status_code == 404


def test_a_file_that_is_replaced_is_gone(desk, ticket, settings, tmp_path, django_capture_on_commit_callbacks):
    settings.MEDIA_ROOT = tmp_path
    make_field("Invoice", FieldKind.FILE)

    def files_kept():
        return [path for path in Path(Attachment._meta.get_field("file").storage.location).rglob("*") if path.is_file()]

    before = len(files_kept())
    for words in (b"first", b"second"):
        file = io.BytesIO(words)
        file.name = "invoice.txt"
        with django_capture_on_commit_callbacks(execute=True):
            desk.post(page(ticket, "fields/"), {"field-invoice": file})

    with Attachment.objects.get().file.open() as kept:
        assert kept.read() == b"second"
    assert len(files_kept()) == before + 1


@pytest.mark.parametrize("deed", ["status", "closure"])
def test_a_status_that_wants_a_field_says_which_one(desk, ticket, support, deed):
    order = make_field()
    status = support.workflow.closing_status()
    order.required_in.add(status)

    answer = desk.post(page(ticket, f"{deed}/"), {"status": status.pk, "version": fresh(ticket).version})

    assert answer.status_code == 409
    assert "Order number" in text(answer)
    assert not fresh(ticket).is_closed


def test_a_field_the_owner_removed_is_still_read_as_an_old_one(desk, ticket, alice):
    order = make_field()
    write_values(ticket, {order: "A-17"}, by=alice)
    order.archived_at = timezone.now()
    order.save()

    assert "A-17" in text(desk.get(page(ticket)))
    assert desk.get(page(ticket, "fields/")).status_code == 403
