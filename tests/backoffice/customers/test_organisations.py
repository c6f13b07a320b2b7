"""Organisations on the desk: made, filled and noted about by right, shown on the tickets of their members."""

import pytest

from customers.models import Organisation, OrganisationDomain, Sharing
from customers.services import add_organisation_note, put_into_organisation, save_organisation
from permissions.rights import StoreRight
from permissions.services import withdraw
from tests.make import fresh, make_customer, make_staff, make_store, make_ticket

pytestmark = pytest.mark.django_db

FIRM = {"name": "Mirror Cafés", "domains": "mirror.example\ncafes.example", "sharing": "read"}


@pytest.fixture
def firm(alice):
    return save_organisation(name="Mirror Cafés", sharing=Sharing.NOTHING, by=alice)


@pytest.fixture
def dan(support):
    return make_staff("Dan Moreau", support, sees_customers=False)


def test_one_is_made_found_and_changed(desk):
    made = desk.post("/desk/organisations/new/", FIRM)

    firm = Organisation.objects.get()
    assert made["Location"] == f"/desk/organisations/{firm.pk}/"
    assert [str(domain) for domain in firm.domains.all()] == ["cafes.example", "mirror.example"]
    assert "Mirror Cafés" in desk.get("/desk/organisations/?q=MIRROR+cafes").content.decode()
    assert "Mirror Cafés" not in desk.get("/desk/organisations/?q=other").content.decode()

    desk.post(f"/desk/organisations/{firm.pk}/edit/", {"name": "Mirror", "domains": "", "sharing": "reply"})

    firm.refresh_from_db()
    assert (firm.name, firm.sharing, firm.domains.count()) == ("Mirror", "reply", 0)


@pytest.mark.parametrize("domain", ["gmail.com", "mail.wp.pl", "yandex.ru", "no domain", "localhost", "1.2.3.4", "-a.example", "x" * 300])
def test_no_public_and_no_broken_domain(desk, domain):
    response = desk.post("/desk/organisations/new/", FIRM | {"domains": domain})

    assert response.status_code == 422
    assert "field-error" in response.content.decode()
    assert not Organisation.objects.exists()


def test_a_domain_belongs_to_one(desk, firm):
    OrganisationDomain.objects.create(organisation=firm, domain="mirror.example")

    assert desk.post("/desk/organisations/new/", FIRM).status_code == 422
    assert Organisation.objects.count() == 1


def test_members_are_put_in_and_taken_out(desk, firm, kasia):
    assert "Kasia Nowak" in desk.get(f"/desk/organisations/{firm.pk}/?q=nowak").content.decode()

    desk.post(f"/desk/organisations/{firm.pk}/members/", {"customer": kasia.pk})
    assert fresh(kasia).organisation == firm
    assert "Mirror Cafés" in desk.get(f"/desk/customers/{kasia.pk}/").content.decode()
    desk.post(f"/desk/organisations/{firm.pk}/members/{kasia.pk}/removal/")

    assert fresh(kasia).organisation is None
    assert desk.post(f"/desk/organisations/{firm.pk}/members/", {"customer": "99999"}).status_code == 404


def test_its_warning_stands_on_tickets_of_all_members(desk, desk_of, dan, firm, kasia, alice, ticket):
    put_into_organisation(kasia, firm, by=alice)
    desk.post(f"/desk/organisations/{firm.pk}/notes/", {"text": "Mirror Cafés pay late.", "is_warning": "on"})
    add_organisation_note(firm, text="Closed on Mondays.", by=alice)

    for address in (f"/desk/tickets/{ticket.number}/", f"/desk/customers/{kasia.pk}/"):
        page = desk.get(address).content.decode()
        assert "Mirror Cafés pay late." in page
        assert "Closed on Mondays." in page
    covered = desk_of(dan).get(f"/desk/tickets/{ticket.number}/").content.decode()
    assert "pay late." in covered
    assert "Mirror" not in covered
    assert "Closed on Mondays." not in covered


def test_its_notes_are_changed_and_deleted(desk, firm, alice):
    note = add_organisation_note(firm, text="Closed on Mondays.", by=alice)
    address = f"/desk/organisations/{firm.pk}/notes/{note.pk}/"

    assert desk.get(address).status_code == 200
    desk.post(address, {"text": "Closed on Sundays."})
    assert fresh(note).text == "Closed on Sundays."
    desk.post(f"{address}deletion/")

    assert not firm.notes.exists()


def test_a_deleted_one_leaves_its_customers(desk, firm, kasia, alice):
    put_into_organisation(kasia, firm, by=alice)

    assert desk.get(f"/desk/organisations/{firm.pk}/deletion/").status_code == 200
    desk.post(f"/desk/organisations/{firm.pk}/deletion/")
    desk.post(f"/desk/organisations/{firm.pk}/deletion/")

    assert not Organisation.objects.exists()
    assert fresh(kasia).organisation is None


DEEDS = ["edit/", "deletion/", "members/", "notes/", "notes/1/", "notes/1/deletion/"]


def test_without_the_right_it_is_read_only_and_hidden_from_whom_customers_are(desk_of, alice, dan, store, firm, kasia):
    withdraw(alice, StoreRight.MANAGE_CUSTOMERS, store)

    for person, seen, done in ((alice, 200, 403), (dan, 404, 404)):
        desk = desk_of(person)
        assert desk.get("/desk/organisations/").status_code == seen
        assert desk.get(f"/desk/organisations/{firm.pk}/").status_code == seen
        for deed in [*DEEDS, f"members/{kasia.pk}/removal/"]:
            assert desk.post(f"/desk/organisations/{firm.pk}/{deed}", FIRM | {"customer": kasia.pk}).status_code == done, deed
        assert desk.post("/desk/organisations/new/", FIRM).status_code == done
    assert (Organisation.objects.count(), fresh(firm).sharing, fresh(kasia).organisation) == (1, Sharing.NOTHING, None)


def test_one_whose_members_wrote_to_other_stores_is_not_mine(desk, support, firm, alice):
    nour = make_customer("Nour Haddad")
    make_ticket(department=support, store=make_store(), customer=nour)
    put_into_organisation(nour, firm, by=alice)

    assert desk.get(f"/desk/organisations/{firm.pk}/").status_code == 404
    assert "Mirror" not in desk.get("/desk/organisations/").content.decode()

    kasia = make_customer("Kasia")
    make_ticket(department=support, customer=kasia)
    put_into_organisation(kasia, firm, by=alice)

    assert desk.get(f"/desk/organisations/{firm.pk}/").status_code == 200
    assert "Nour Haddad" not in desk.get(f"/desk/organisations/{firm.pk}/").content.decode()
    assert desk.post(f"/desk/organisations/{firm.pk}/edit/", FIRM).status_code == 403
