import re

import pytest
from django.utils import timezone

from customers.models import Customer
from faq.services import write_entry
from portal.models import KeptFile
from tests.make import fresh, make_department
from tests.portal.pictures import photo, program, text_file
from tickets.links import number_behind
from tickets.models import Attachment, Message, Ticket

ABOUT = {"subject": "The grinder rattles", "text": "It rattles since Monday.", "form_key": "k" * 22}
WHO = {"name": "Marta", "contact": "Marta@mail.example"}


def send(client, to, **fields):
    return client.post(f"/tickets/new/{to.pk}/", ABOUT | fields)


def with_answer(department):
    return write_entry(stores=department.stores.all(), department=department, words={"en": ("Is it loud?", "<p>Turn the <b>burr</b>.</p>")})


# --- The three pages --------------------------------------------------------------------------------


def test_the_first_question_is_which_department(visitor, support, sales):
    page = visitor.get("/tickets/new/").content.decode()

    assert "Support" in page
    assert "Sales" in page


def test_where_there_is_one_department_nobody_is_asked(visitor, support):
    assert visitor.get("/tickets/new/").url == f"/tickets/new/{support.pk}/answers/"


def test_the_answers_of_the_department_come_before_the_form(visitor, support, sales):
    with_answer(support)

    page = visitor.get(f"/tickets/new/{support.pk}/answers/").content.decode()

    assert "Is it loud?" in page
    assert "<b>burr</b>" in page or "<strong>burr</strong>" in page
    assert f"/tickets/new/{support.pk}/" in page


def test_a_department_without_answers_goes_straight_to_the_form(visitor, support, sales):
    with_answer(support)

    assert visitor.get(f"/tickets/new/{sales.pk}/answers/").url == f"/tickets/new/{sales.pk}/"


def test_an_answer_in_draft_is_not_shown_and_makes_no_step(visitor, support):
    entry = with_answer(support)
    entry.is_published = False
    entry.save()

    assert visitor.get(f"/tickets/new/{support.pk}/answers/").status_code == 302


def test_the_form_asks_a_signed_in_person_only_what_it_is_about(as_kasia, support):
    form = as_kasia.get(f"/tickets/new/{support.pk}/").context["form"]

    assert [name for name in form.fields if name != "form_key"] == ["subject", "text", "files"]


# --- Sending ----------------------------------------------------------------------------------------


def test_title_and_description_are_enough(as_kasia, kasia, support):
    response = send(as_kasia, support)

    ticket = Ticket.objects.get()
    assert response.url == f"/tickets/{ticket.number}/sent/"
    assert (ticket.subject, ticket.customer, ticket.department) == ("The grinder rattles", kasia, support)
    assert Message.objects.get().body_text == "It rattles since Monday."


def test_the_page_after_sending_says_number_moment_and_where_we_write(as_kasia, kasia, support):
    page = as_kasia.get(send(as_kasia, support).url).content.decode()

    assert Ticket.objects.get().number in page
    assert "Support answers by" in page
    assert "k•••@mail.example" in page
    assert "kasia@mail.example" not in page


def test_files_are_stored_on_the_ticket(as_kasia, support):
    send(as_kasia, support, files=[photo("label.png"), text_file("log.txt")])

    assert sorted(Attachment.objects.values_list("name", flat=True)) == ["label.png", "log.txt"]


def test_a_visitor_gets_a_signed_link(visitor, support):
    response = send(visitor, support, **WHO)

    ticket = Ticket.objects.get()
    assert (ticket.customer.name, ticket.customer.email, ticket.customer.user) == ("Marta", "marta@mail.example", None)
    token = re.fullmatch(r"/t/([^/]+)/sent/", response.url)[1]
    assert number_behind(token) == ticket.number
    assert visitor.get(response.url).status_code == 200


def test_a_visitor_may_leave_a_mobile_number_in_persian_digits(visitor, support):
    send(visitor, support, name="لیلا", contact="۰۰۴۸ ۶۰۱ ۲۲۰ ۲۱۴")

    assert Customer.objects.get().phone == "+48601220214"


def test_a_visitor_who_types_the_address_of_an_account_does_not_write_in_its_name(visitor, kasia, support):
    send(visitor, support, name="Somebody", contact="kasia@mail.example")

    assert Ticket.objects.get().customer != kasia


def test_the_ticket_speaks_the_language_of_the_page(visitor, support):
    visitor.cookies["language"] = "fa"
    send(visitor, support, name="لیلا", contact="leila@mail.example")

    assert Ticket.objects.get().language == "fa"


def test_where_visitors_may_not_open_the_form_leads_to_signing_in_and_back(visitor, store, support):
    store.visitors_may_open = False
    store.save()

    response = visitor.get(f"/tickets/new/{support.pk}/")

    assert response.status_code == 302
    assert response.url == f"/account/login/?next=/tickets/new/{support.pk}/"


def test_who_was_signed_out_while_writing_keeps_the_text(visitor, store, support):
    store.visitors_may_open = False
    store.save()

    response = send(visitor, support)

    assert response.status_code == 422
    assert "It rattles since Monday." in response.content.decode()
    assert not Ticket.objects.exists()


# --- Sent twice, too often, by a program --------------------------------------------------------------


def test_the_same_form_sent_twice_makes_one_ticket_and_leads_to_the_same_page(as_kasia, support):
    first, second = send(as_kasia, support), send(as_kasia, support)

    assert Ticket.objects.count() == 1
    assert first.url == second.url


def test_after_many_requests_in_a_short_time_the_text_comes_back_with_429(as_kasia, support):
    for number in range(10):
        send(as_kasia, support, form_key=f"key-number-{number:020}")

    response = send(as_kasia, support, form_key="one-more-key-than-allowed", text="The last one")

    assert response.status_code == 429
    assert int(response.headers["Retry-After"]) > 0
    assert "The last one" in response.content.decode()
    assert Ticket.objects.count() == 10


def test_the_owner_says_how_many_requests_an_address_may_send_in_an_hour(as_kasia, store, support):
    store.requests_per_hour = 2
    store.save()
    for number in range(2):
        send(as_kasia, support, text="", form_key=f"key-mistyped-{number:020}")
        send(as_kasia, support, form_key=f"key-number-{number:020}")

    assert send(as_kasia, support, form_key="one-more-key-than-allowed").status_code == 429
    assert Ticket.objects.count() == 2


def test_a_program_that_fills_in_every_field_is_refused_and_a_person_reads_why(visitor, support):
    response = send(visitor, support, **WHO, guard_address="http://spam.example")

    assert response.status_code == 422
    assert "It rattles since Monday." in response.content.decode()
    assert not Ticket.objects.exists()


def test_the_captcha_is_asked_of_visitors_when_the_store_wants_it(visitor, store, support):
    store.captcha = "pow"
    store.save()

    response = send(visitor, support, **WHO)

    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"captcha"}
    assert not Ticket.objects.exists()


def test_without_a_csrf_token_nothing_is_opened(kasia, support):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(kasia.user)

    assert send(strict, support).status_code == 403
    assert not Ticket.objects.exists()


# --- Bad input ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("subject", ""),
        ("subject", "   \u200c\u200f "),
        ("subject", "x" * 201),
        ("text", ""),
        ("text", "x" * 20_001),
        ("name", ""),
        ("name", "x" * 121),
        ("contact", ""),
        ("contact", "not an address"),
        ("contact", "kasia@"),
        ("contact", "+48 12"),
    ],
)
def test_each_mistake_is_said_beside_its_field_and_the_rest_is_kept(visitor, support, field, value):
    response = send(visitor, support, **(WHO | {field: value}))

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {field}
    page = response.content.decode()
    for kept in {"subject", "text"} - {field}:
        assert ABOUT[kept] in page
    assert (Ticket.objects.count(), Customer.objects.count()) == (0, 0)


def test_nul_bytes_and_direction_overrides_are_cleaned_away(as_kasia, support):
    send(as_kasia, support, subject="The\x00 grin\u202eder", text="It\x00 rattles\u2067.")

    assert Ticket.objects.get().subject == "The grinder"
    assert Message.objects.get().body_text == "It rattles."


def test_scripts_may_mix_and_markup_stays_text(as_kasia, support):
    words = "آسیاب G2 مدل ۱۲ — не работает <script>alert(1)</script>"
    page = as_kasia.get(send(as_kasia, support, subject=words, text=words).url.replace("sent/", "")).content.decode()

    assert Ticket.objects.get().subject == words
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_fields_nobody_asked_for_change_nothing(as_kasia, nour, support, sales):
    send(as_kasia, support, customer=nour.pk, department=sales.pk, priority=40, status=1, is_staff=1)

    ticket = Ticket.objects.get()
    assert (ticket.customer.name, ticket.department, ticket.priority) == ("Kasia Nowak", support, 20)


# --- Files -------------------------------------------------------------------------------------------


def test_a_wrong_file_is_named_and_the_good_ones_wait_for_the_next_sending(as_kasia, support):
    response = send(as_kasia, support, files=[photo("label.png"), program("setup.exe")])

    assert response.status_code == 422
    assert "setup.exe" in str(response.context["form"].errors["files"])
    kept = KeptFile.objects.get()
    assert f'value="{kept.pk}" checked' in response.content.decode()

    send(as_kasia, support, kept=[kept.pk])

    assert Attachment.objects.get().name == "label.png"
    assert not KeptFile.objects.exists()


def test_files_survive_a_mistake_elsewhere(as_kasia, support):
    send(as_kasia, support, subject="", files=[photo("label.png")])
    send(as_kasia, support, subject="", kept=[KeptFile.objects.get().pk], files=[text_file("log.txt")])
    send(as_kasia, support, kept=list(KeptFile.objects.values_list("pk", flat=True)))

    assert sorted(Attachment.objects.values_list("name", flat=True)) == ["label.png", "log.txt"]
    assert Attachment.objects.get(name="label.png").thumbnail


def test_a_kept_file_that_was_taken_away_is_forgotten(as_kasia, support, after_commit):
    send(as_kasia, support, subject="", files=[photo("label.png")])
    storage, name = KeptFile.objects.get().file.storage, KeptFile.objects.get().file.name
    with after_commit():
        send(as_kasia, support)

    assert not Attachment.objects.exists()
    assert not KeptFile.objects.exists()
    assert not storage.exists(name)


def test_files_kept_by_somebody_else_cannot_be_taken(as_kasia, nour, support):
    from django.test import Client

    send(as_kasia, support, subject="", files=[photo("label.png")])
    other = Client()
    other.force_login(nour.user)

    send(other, support, kept=[KeptFile.objects.get().pk])

    assert not Attachment.objects.exists()
    assert KeptFile.objects.count() == 1


def test_a_file_larger_than_the_owner_allows_is_refused(as_kasia, store, support):
    store.max_file_mb = 1
    store.save()

    response = send(as_kasia, support, files=[text_file("log.txt", "x" * 1_000_001)])

    assert "log.txt" in str(response.context["form"].errors["files"])
    assert not Ticket.objects.exists()


def test_more_files_than_the_owner_allows_are_refused_however_they_come(as_kasia, store, support):
    store.max_files = 2
    store.save()

    assert send(as_kasia, support, files=[photo(f"{n}.png") for n in range(3)]).status_code == 422
    send(as_kasia, support, subject="", files=[photo("0.png"), photo("1.png")])
    response = send(as_kasia, support, kept=list(KeptFile.objects.values_list("pk", flat=True)), files=[photo("2.png")])

    assert response.context["form"].errors.keys() == {"files"}
    assert not Ticket.objects.exists()


def test_an_empty_file_is_refused_in_words(as_kasia, support):
    assert "empty.txt" in str(send(as_kasia, support, files=[text_file("empty.txt", "")]).context["form"].errors["files"])


# --- Departments that come and go ----------------------------------------------------------------------


def vanish(department):
    department.archived_at = timezone.now()
    department.save()


def test_a_department_that_vanished_leads_back_to_the_choice(visitor, support, sales):
    vanish(support)

    response = visitor.get(f"/tickets/new/{support.pk}/", follow=True)

    assert response.redirect_chain[-1][0].startswith("/tickets/new/")
    assert "does not take requests any more" in response.content.decode()


def test_a_department_that_vanished_while_writing_keeps_the_text_and_asks_for_another(as_kasia, support, sales):
    vanish(support)

    response = send(as_kasia, support)

    assert response.status_code == 422
    page = response.content.decode()
    assert "does not take requests any more" in page
    assert "It rattles since Monday." in page
    assert not Ticket.objects.exists()

    send(as_kasia, support, department=sales.pk)

    assert Ticket.objects.get().department == sales


def test_a_department_deleted_while_writing_is_no_different(as_kasia, store, sales):
    gone = make_department("Gone", store=store)
    pk = gone.pk
    gone.delete()

    response = as_kasia.post(f"/tickets/new/{pk}/", ABOUT)

    assert response.status_code == 422
    assert "It rattles since Monday." in response.content.decode()


def test_one_that_vanished_cannot_be_chosen_instead_either(as_kasia, store, support, sales):
    vanish(support)
    vanish(sales)

    assert send(as_kasia, support, department=sales.pk).context["form"].errors.keys() == {"department"}


@pytest.mark.parametrize("pk", ["999999", "99999999999999999999999", "0"])
def test_an_unknown_department_is_a_404(visitor, support, pk):
    assert visitor.get(f"/tickets/new/{pk}/").status_code == 404
    assert visitor.get(f"/tickets/new/{pk}/answers/").status_code == 404


def test_an_internal_department_takes_nothing_from_the_portal(as_kasia, store, support):
    internal = make_department("Warehouse", store=store, is_public=False)

    assert send(as_kasia, internal).status_code == 422
    assert not Ticket.objects.exists()


def test_looking_at_the_pages_changes_nothing(visitor, support):
    entry = with_answer(support)
    for address in ("/tickets/new/", f"/tickets/new/{support.pk}/answers/", f"/tickets/new/{support.pk}/"):
        visitor.get(address)

    assert (Ticket.objects.count(), Customer.objects.count(), fresh(entry).solved) == (0, 0, 0)
