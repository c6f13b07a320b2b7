"""Whoever may not know a customer never reads who it is: not on any page of the desk, in any file's address, notice or mail.

Every address of the desk is asked, those that will be added as well; the customer signed, quoted and named everything after herself.
"""

import html
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from asgiref.sync import async_to_sync
from django.conf import settings as django_settings
from django.urls import get_resolver, reverse
from django.utils import timezone, translation

from backoffice.tickets.exporting import TicketsListing
from common.uploads import CheckedFile, check_uploads
from customers.services import add_customer_note
from exports import working
from exports.services import ask_for_export
from notifications.choices import Channel, Template
from notifications.models import Delivery
from notifications.rendering import mail_of
from permissions.rights import DepartmentRight, StoreRight, WorkflowRight
from permissions.services import grant
from permissions.viewing import SESSION_KEY
from surveys.models import Survey
from surveys.services import answer_survey
from tests.make import make_customer, make_message, make_staff, make_ticket
from tests.portal.pictures import photo
from tickets.covering import known_stores
from tickets.models import Attachment, DraftFile, Ticket
from tickets.search.writing import rename
from tickets.services import lifecycle
from tickets.services.drafts import keep_draft, keep_file, share_draft
from tickets.services.reply_templates import write_reply_template

pytestmark = pytest.mark.django_db

SIGNED = "Best, Kasia NOWAK (nowak meble), +48 601-220-214 or ۶۰۱۲۲۰۲۱۴, kasia.nowak@mail.example"
TELLING = ["kasia", "nowak", "mail.example", "601220214", "220214"]


def told_in(page):
    """What a page tells of Kasia, in whatever spelling, address or header it stands."""
    page = unquote(html.unescape(page)).lower()
    digits = re.sub(r"[^\d]", "", page.translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")))
    return [word for word in TELLING if word in page or word in digits and len(word) > 8]


def everything(response):
    body = response.content if not response.streaming else async_to_sync(joined)(response) if response.is_async else response.getvalue()
    shown = b"" if response.headers["Content-Type"].startswith(("image/", "application/octet")) else body
    return f"{response.headers} {response.cookies} {shown.decode()}"


async def joined(response):
    return b"".join([part async for part in response])


@pytest.fixture
def kasia(store):
    return make_customer("Kasia Nowak", email="kasia.nowak@mail.example", phone="+48601220214", company="Nowak Meble Sp. z o.o.")


@pytest.fixture
def dan(support, store):
    """May do everything, and know nobody."""
    dan = make_staff("Dan", support, sees_customers=False)
    for right in DepartmentRight:
        grant(dan, right, support)
    for right in WorkflowRight:
        grant(dan, right, support.workflow)
    for right in set(StoreRight) - {StoreRight.VIEW_CUSTOMERS}:
        grant(dan, right, store)
    return dan


@pytest.fixture
def ticket(settings, tmp_path, support, kasia, alice, dan):
    settings.MEDIA_ROOT = tmp_path
    files = check_uploads([photo("kasia_nowak.png"), photo("Nowak 601220214.png")])
    make_ticket("Kasia Nowak once more", department=support, customer=kasia, text=SIGNED)
    ticket = make_ticket(f"From Kasia: {SIGNED[-40:]}", department=support, customer=kasia, text=SIGNED, files=files)
    lifecycle.assign_ticket(ticket, to=dan, by=alice)
    offer = CheckedFile(name="offer for Kasia.pdf", content_type="application/pdf", size=5, content=files[0].content, kind="pdf")
    lifecycle.reply_as_staff(ticket, text=f"Dear Kasia, you wrote:\n> {SIGNED}", files=[offer], by=alice)
    Delivery.objects.filter(ticket=ticket, customer=kasia).update(state="failed", reason="bad_address", remark="kasia@mail.example?")
    make_message(ticket, "Ms Nowak called from 601 220 214.", by=alice, note=True)
    add_customer_note(kasia, text="Kasia Nowak is angry, call 601220214.", is_warning=True, by=alice)
    add_customer_note(kasia, text="Kasia is from Gdynia.", by=alice)
    lifecycle.close_ticket(ticket, by=alice)
    answer_survey(Survey.objects.get(ticket=ticket), score=2, comment=SIGNED)
    make_message(ticket, SIGNED)
    write_reply_template(words={"en": ("Greeting", "Hello.")})
    draft = share_draft(keep_draft(ticket, by=alice, text=f"Dear Kasia, {SIGNED}"), shared=True, by=alice)
    keep_file(check_uploads([photo("kasia_nowak.png")])[0], draft=draft)
    return Ticket.objects.get(pk=ticket.pk)


def addresses(patterns, names=()):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from addresses(pattern.url_patterns, [*names, *([pattern.namespace] if pattern.namespace else [])])
        else:
            yield ":".join([*names, pattern.name]), list(pattern.pattern.converters)


def file_of_list(person):
    """A list of all tickets that this person had written as a file."""
    export = ask_for_export(TicketsListing(person, {"view": "all"}), format="csv", by=person)
    assert working.write(export.pk)
    return export


def desk_addresses(ticket, person):
    """Every address of the desk and of the settings with arguments that lead somewhere, as far as we know them."""
    things = {
        "note_showing": ticket.messages.get(kind="note").pk,
        "delivery_sending": Delivery.objects.filter(ticket=ticket, customer__isnull=False).first().pk,
        "export_file": file_of_list(person).pk,
        "export_deletion": file_of_list(person).pk,
        "draft_file_removal": DraftFile.objects.filter(draft__ticket=ticket).first().pk,
    }
    said = ticket.messages.order_by("pk").first()
    things |= dict.fromkeys(("ticket_message", "message_redaction", "message_originals", "file_removal"), said.pk)
    known = {"number": ticket.number, "pk": ticket.customer_id, "file": Attachment.objects.filter(message__ticket=ticket).first().pk}
    for name, arguments in addresses(get_resolver().url_patterns):
        if name.partition(":")[0] in {"backoffice", "control"}:
            given = {argument: known.get(argument, ticket.pk) for argument in arguments}
            given |= {"pk": things[name.partition(":")[2]]} if name.partition(":")[2] in things else {}
            yield reverse(name, kwargs=given)


def test_no_page_of_the_desk_tells(desk_of, dan, alice, ticket):
    desk = desk_of(dan)
    # There is something to be hidden.
    open_desk = desk_of(alice)
    assert len(told_in(everything(open_desk.get(f"/desk/tickets/{ticket.number}/")))) == len(TELLING)
    assert told_in(everything(open_desk.get("/desk/?view=all")))
    asked = [*desk_addresses(ticket, dan)]
    asked += ["/desk/?view=all", "/desk/?view=mine&density=dense", f"/desk/?q={ticket.number}", "/desk/tickets/new/?new"]

    told = {}
    for address in asked:
        told[address] = told_in(everything(desk.get(address)))
    for menu in ("answers", "assignment", "department"):
        page = desk.get(f"/desk/tickets/{ticket.number}/{menu}/", headers={"X-Requested-With": "menu-part"})
        told[f"menu {menu}"] = told_in(everything(page))
    about_it = [address for address in asked if ticket.number in address]
    for address in sorted(about_it, key=lambda address: "deletion" in address):  # what ends the ticket comes last
        told[f"POST {address}"] = told_in(everything(desk.post(address)))
    for address in ("/desk/", "/desk/tickets/deleted/", "/control/audit/"):
        told[f"afterwards {address}"] = told_in(everything(desk.get(address)))

    assert {address: words for address, words in told.items() if words} == {}


def test_the_page_stays_readable(desk_of, dan, ticket):
    page = desk_of(dan).get(f"/desk/tickets/{ticket.number}/").content.decode()

    assert f"Customer {ticket.customer_id}" in page
    assert "is angry, call" in page  # a warning is for everybody who sees the ticket
    assert "Gdynia" not in page
    assert page.count('class="covered"') > 5
    assert "Dear " in page


def test_files_leave_under_neutral_names(desk_of, dan, alice, kasia, ticket):
    staff, known, customer = desk_of(dan), desk_of(alice), desk_of(kasia.user)
    for attachment in Attachment.objects.all():
        for address in (f"/files/{attachment.pk}/any.png", f"/files/{attachment.pk}/thumbnail"):
            if "thumbnail" in address and not attachment.thumbnail:
                continue
            assert told_in(everything(staff.get(address))) == []
            assert told_in(everything(known.get(address))), "those who may know read the real name"
            assert told_in(everything(customer.get(address))), "and so does the customer"


def staff_templates():
    folder = Path(django_settings.BASE_DIR) / "templates" / "notifications"
    return sorted(body.parent.name for body in folder.glob("*/body.html") if "_why_staff" in body.read_text())


@pytest.mark.parametrize("language", ["en", "fa"])
def test_no_mail_or_notice_to_staff_tells(dan, alice, ticket, language):
    events = [ticket.events.get(kind="opened"), ticket.events.filter(kind="staff_replied").get(), ticket.events.get(kind="reopened")]
    told, shown = {}, []
    for template in staff_templates():
        for event in events:
            for reader in (dan, alice):
                delivery = Delivery.objects.create(
                    template=template, channel=Channel.MAIL, store=ticket.store, ticket=ticket, event=event, user=reader,
                    recipient_key=f"user:{reader.pk}:{language}", address=reader.email, language=language,
                    context={"reason": SIGNED, "minutes": 5},
                )  # fmt: skip
                delivery = Delivery.objects.for_sending().get(pk=delivery.pk)
                words = " ".join([*mail_of(delivery), *mail_of(delivery)])  # a second attempt covers as well
                if reader == alice:
                    shown += told_in(words)
                elif told_in(words):
                    told[template, event.kind] = told_in(words)

    assert Template.CUSTOMER_REPLIED in staff_templates()
    assert told == {}
    assert set(shown) == set(TELLING)


def test_searching_tells_no_more_than_reading(desk_of, dan, alice, ticket):
    def found(person, words):
        return ticket in Ticket.objects.visible_to(person).matching(words, known_stores=known_stores(person))

    for words in ("Kasia", "Kasi", "now", "meble", "601", "220 214", "0214", "kasia.nowak@mail.example", "mail.example", "۶۰۱"):
        assert not found(dan, words), words
        assert found(alice, words), words
    for words in (ticket.number, "dear", "best wrote"):
        assert found(dan, words), words
    assert "No ticket fits." in desk_of(dan).get("/desk/", {"view": "all", "q": "kasia"}).content.decode()


def test_a_new_name_is_hidden_in_old_words_too(dan, support):
    customer = make_customer("Marta", email="", phone="+48601220999")
    ticket = make_ticket("From Zofia Lis", department=support, customer=customer, text="Zofia")
    customer.name = "Zofia Lis"
    customer.save()

    rename(customer)

    tickets = Ticket.objects.visible_to(dan)
    assert list(tickets.matching("zofia", known_stores=frozenset())) == []
    assert list(tickets.matching("from", known_stores=frozenset())) == [ticket]
    assert list(tickets.matching("from zofia lis 601220999")) == [ticket]


def test_a_colleagues_eyes_show_no_customer_whom_the_viewer_may_not_know(desk_of, dan, alice, ticket):
    desk = desk_of(dan)
    session = desk.session
    session[SESSION_KEY] = {"person": alice.pk, "since": timezone.now().isoformat()}
    session.save()
    attachment = Attachment.objects.filter(message__kind="customer").first()
    asked = [f"/desk/tickets/{ticket.number}/", "/desk/?view=all", "/desk/?q=kasia+nowak", "/desk/notices/", f"/files/{attachment.pk}/a"]

    pages = {address: desk.get(address) for address in asked}

    assert "Gdynia" not in pages[asked[0]].content.decode()
    assert {page.wsgi_request.user for page in pages.values()} == {alice}
    assert ticket.number not in pages["/desk/?q=kasia+nowak"].content.decode()
    del pages["/desk/?q=kasia+nowak"]  # repeats what was typed
    assert {address: told for address, page in pages.items() if (told := told_in(everything(page)))} == {}
    assert desk.get("/desk/customers/").status_code == 404
    assert desk.get(f"/desk/customers/{ticket.customer_id}/").status_code == 404


def test_what_is_covered_cannot_be_stored(dan, ticket):
    from backoffice.doors import ticket_or_404

    with pytest.raises(RuntimeError):
        ticket_or_404(dan, ticket.number).save()


def test_the_desk_in_other_languages_does_not_tell_either(desk_of, dan, ticket):
    desk = desk_of(dan)
    for language in ("fa", "ru"):
        with translation.override(language):
            desk.cookies[django_settings.LANGUAGE_COOKIE_NAME] = language
            assert told_in(everything(desk.get(f"/desk/tickets/{ticket.number}/"))) == []
