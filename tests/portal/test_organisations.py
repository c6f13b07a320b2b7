"""Members of an organisation that shares requests: read, and answered where that is switched on; marked whose they are; nothing beyond."""

import pytest
from allauth.account.models import EmailAddress
from django.core.files.base import ContentFile
from django.test import Client

from common.uploads import CheckedFile
from customers.models import Sharing
from customers.services import (
    adopt_proven_tickets,
    block_customer,
    customer_of,
    put_into_organisation,
    save_organisation,
    update_from_account,
)
from customers.services.organisations import take_out_of_organisation
from tests.make import fresh, make_customer, make_field, make_message, make_person, make_store, make_ticket
from tickets.models import Ticket
from tickets.services.fields import write_values
from tickets.services.lifecycle import add_note, close_ticket
from tickets.services.writing import attach

ANSWER = {"text": "Here is the label.", "form_key": "k" * 22}


def proven(person):
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


@pytest.fixture
def mirror(kasia, nour, alice):
    """Kasia and Nour belong to it, and read each other's requests."""
    organisation = save_organisation(name="Mirror Cafés", sharing=Sharing.READ, by=alice)
    for customer in (kasia, nour):
        put_into_organisation(customer, organisation, by=alice)
    return organisation


@pytest.fixture
def nours(nour, support, alice):
    ticket = make_ticket("The scale drifts", department=support, customer=nour, text="By two grams.")
    make_message(ticket, "Please calibrate it.", by=alice)
    return ticket


def share(organisation, sharing, alice):
    save_organisation(organisation, name=organisation.name, sharing=sharing, by=alice)


def test_members_find_each_others_requests_and_read_who_asked(as_kasia, mirror, nours):
    assert "The scale drifts" not in as_kasia.get("/tickets/").content.decode()

    listed = as_kasia.get("/tickets/?of=organisation").content.decode()
    page = as_kasia.get(f"/tickets/{nours.number}/").content.decode()

    assert "The scale drifts" in listed
    assert "Asked by \u2068Nour Karimi\u2069" in listed
    for words in ("By two grams.", "Please calibrate it.", "\u2068Nour Karimi\u2069 asked this.", "Mirror Cafés"):
        assert words in page
    assert "nour@" not in page
    assert "n•••" not in page
    assert "<strong>You</strong>" not in page
    assert "/replies/" not in page


def test_their_search_finds_them_there_alone(as_kasia, mirror, nours):
    assert "The scale drifts" in as_kasia.get("/tickets/?of=organisation&q=grams").content.decode()
    assert "The scale drifts" not in as_kasia.get("/tickets/?q=grams").content.decode()


def test_nothing_is_shared_unless_switched_on(as_kasia, mirror, nours, alice):
    share(mirror, Sharing.NOTHING, alice)

    assert "Mirror Cafés" not in as_kasia.get("/tickets/").content.decode()
    assert "The scale drifts" not in as_kasia.get("/tickets/?of=organisation").content.decode()
    assert as_kasia.get(f"/tickets/{nours.number}/").status_code == 404


def test_whoever_left_or_belongs_elsewhere_finds_nothing(as_kasia, kasia, mirror, nours, alice):
    stranger = Client()
    stranger.force_login(make_customer("Zoe").user)
    assert stranger.get(f"/tickets/{nours.number}/").status_code == 404

    take_out_of_organisation(kasia, by=alice)

    assert as_kasia.get(f"/tickets/{nours.number}/").status_code == 404
    assert as_kasia.post(f"/tickets/{nours.number}/replies/", ANSWER).status_code == 404


def test_files_of_what_was_said_are_shared_and_no_others(as_kasia, mirror, nours, alice):
    def file(message, name):
        return attach(message, CheckedFile(name=name, content_type="text/plain", size=5, content=ContentFile(b"hello")))

    said = file(nours.messages.first(), "scale.txt")
    add_note(nours, text="Between us.", by=alice)
    noted = file(nours.messages.get(kind="note"), "secret.txt")
    upload = CheckedFile(name="id.txt", content_type="text/plain", size=5, content=ContentFile(b"hello"))
    field = make_field("Identity card", "file")
    write_values(nours, {field: upload}, by_customer=True)
    filled_in = nours.values.get().attachment

    assert as_kasia.get(f"/files/{said.pk}/scale.txt").status_code == 200
    for attachment in (noted, filled_in):
        assert as_kasia.get(f"/files/{attachment.pk}/x.txt").status_code == 404
    page = as_kasia.get(f"/tickets/{nours.number}/").content.decode()
    assert "scale.txt" in page
    for hidden in ("Identity card", "id.txt", "Between us."):
        assert hidden not in page


@pytest.mark.parametrize("deed", ["closure", "fields"])
def test_no_other_deed_is_shared(as_kasia, mirror, nours, alice, deed):
    share(mirror, Sharing.REPLY, alice)

    assert as_kasia.post(f"/tickets/{nours.number}/{deed}/", {}).status_code == 404
    assert not fresh(nours).is_closed


def test_reading_alone_is_no_answering(as_kasia, mirror, nours):
    response = as_kasia.post(f"/tickets/{nours.number}/replies/", ANSWER)

    assert response.status_code == 422
    assert "Here is the label." in response.content.decode()
    assert nours.messages.count() == 2


def test_where_it_is_switched_on_a_member_answers_in_their_own_name(as_kasia, kasia, nour, mirror, nours, alice):
    share(mirror, Sharing.REPLY, alice)

    assert as_kasia.post(f"/tickets/{nours.number}/replies/", ANSWER).status_code == 302

    said = nours.messages.last()
    assert (said.customer, said.author, said.body_text) == (kasia, kasia.user, "Here is the label.")
    assert fresh(nours).customer == nour
    assert "<strong>You</strong>" in as_kasia.get(f"/tickets/{nours.number}/").content.decode()
    theirs = Client(headers={"accept-language": "en"})
    theirs.force_login(nour.user)
    assert "<bdi>Kasia Nowak</bdi>" in theirs.get(f"/tickets/{nours.number}/").content.decode()
    desk = Client()
    desk.force_login(alice)
    assert "Kasia Nowak" in desk.get(f"/desk/tickets/{nours.number}/").content.decode()


def test_a_blocked_member_answers_no_request_of_others(as_kasia, kasia, mirror, nours, alice):
    share(mirror, Sharing.REPLY, alice)
    block_customer(kasia, reason="Insults", words="Please call us.", by=alice)

    response = as_kasia.post(f"/tickets/{nours.number}/replies/", ANSWER)

    assert response.status_code == 422
    assert "Please call us." in response.content.decode()
    assert nours.messages.count() == 2
    assert as_kasia.get(f"/tickets/{nours.number}/").status_code == 200


def test_deleted_ones_are_gone_and_those_of_another_store_stay_there(as_kasia, mirror, nours, support, nour):
    other = make_store()
    support.stores.add(other)
    elsewhere = make_ticket("Elsewhere", department=support, store=other, customer=nour)
    Ticket.objects.filter(pk=nours.pk).update(deleted_at="2026-01-01T00:00Z")

    page = as_kasia.get("/tickets/?of=organisation").content.decode()

    assert "The scale drifts" not in page
    assert elsewhere.subject not in page
    assert as_kasia.get(f"/tickets/{nours.number}/").status_code == 404


def test_a_closed_one_tells_nothing_of_you(as_kasia, mirror, nours, nour):
    close_ticket(nours, by=nour.user, by_customer=True)

    assert "You closed" not in as_kasia.get(f"/tickets/{nours.number}/").content.decode()


# --- Belonging by a proven address --------------------------------------------------------------------


@pytest.fixture
def firm(alice):
    return save_organisation(name="Firm", sharing=Sharing.READ, domains=["firm.example"], by=alice)


def test_only_a_proven_address_belongs(firm, db):
    proved, typed = make_person("Ann", email="ann@firm.example"), make_person("Ben", email="ben@firm.example")
    proven(proved)
    make_customer("Cas", account=False, email="cas@firm.example")

    assert customer_of(proved).organisation == firm
    assert customer_of(typed).organisation is None
    assert list(firm.members.values_list("name", flat=True)) == ["Ann"]

    proven(typed)
    adopt_proven_tickets(typed)

    assert firm.members.count() == 2


def test_a_domain_named_later_brings_those_who_are_there(alice, db):
    ann, ben = (customer_of(make_person(name, email=f"{name.lower()}@firm.example")) for name in ("Ann", "Ben"))
    proven(ann.user)
    proven(customer_of(make_person("Eve", email="eve@notfirm.example")).user)

    firm = save_organisation(name="Firm", sharing=Sharing.NOTHING, domains=["@Firm.Example"], by=alice)

    assert [member.name for member in firm.members.all()] == ["Ann"]
    save_organisation(firm, name="Firm", sharing=Sharing.NOTHING, domains=[], by=alice)
    assert not firm.members.exists()
    assert fresh(ben).organisation is None


def test_who_goes_to_another_address_goes(firm, db):
    person = proven(make_person("Ann", email="ann@firm.example"))
    ann = customer_of(person)
    EmailAddress.objects.filter(user=person).update(email="ann@home.example")
    person.email = "ann@home.example"
    person.save()

    update_from_account(person)

    assert fresh(ann).organisation is None
    assert list(ann.events.order_by("pk").values_list("kind", flat=True)) == ["joined", "left"]


def test_who_was_taken_out_by_hand_stays_out(firm, alice):
    ann = customer_of(proven(make_person("Ann", email="ann@firm.example")))

    take_out_of_organisation(ann, by=alice)
    adopt_proven_tickets(ann.user)

    assert fresh(ann).organisation is None
