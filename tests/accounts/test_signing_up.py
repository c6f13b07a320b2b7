import time

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from accounts.services import proven_addresses
from customers.models import Customer
from tests.accounts.door import FORM, code_sent_to, is_in, last_message, sign_in, sign_up, type_code
from tests.make import PASSWORD, make_person, make_store

pytestmark = pytest.mark.django_db
People = get_user_model().objects


@pytest.fixture(autouse=True)
def store():
    return make_store(phone_region="IR")


def test_somebody_with_an_email_address_makes_an_account_with_a_password(client):
    answer = sign_up(client, password=PASSWORD)
    assert answer.url == reverse("account_confirm_login_code")
    assert not People.exists()

    answer = type_code(client, code_sent_to("kasia@mail.example"))

    kasia = People.get()
    assert answer.url == reverse("portal:home")
    assert (kasia.name, kasia.email, kasia.phone, kasia.language) == ("Kasia Nowak", "kasia@mail.example", None, "en")
    assert kasia.check_password(PASSWORD)
    assert proven_addresses(kasia) == {"email": "kasia@mail.example"}
    assert Customer.objects.get().user == kasia
    assert is_in(client)


def test_a_mobile_number_in_persian_digits_is_enough_and_no_password_is_needed(client):
    sign_up(client, name="نور", email="", phone="۰۹۱۲ ۳۴۵ ۶۷۸۹")
    assert last_message("+989123456789").channel == "sms"
    type_code(client, code_sent_to("+989123456789"))

    nour = People.get()
    assert (nour.phone, nour.phone_verified, nour.email) == ("+989123456789", True, None)
    assert not nour.has_usable_password()
    assert is_in(client)


def test_a_code_may_be_typed_in_persian_digits_with_a_space(client):
    sign_up(client)
    code = code_sent_to("kasia@mail.example").translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    type_code(client, f" {code[:3]} {code[3:]} ")

    assert is_in(client)


def test_with_two_addresses_both_are_proved_before_anybody_is_stored(client):
    sign_up(client, phone="+989123456789")
    type_code(client, code_sent_to("kasia@mail.example"))
    assert not People.exists()

    type_code(client, code_sent_to("+989123456789"))

    assert proven_addresses(People.get()) == {"email": "kasia@mail.example", "phone": "+989123456789"}


def test_an_address_whose_code_does_not_arrive_can_be_left_out(client):
    sign_up(client, phone="+989123456789")
    type_code(client, code_sent_to("kasia@mail.example"))
    client.post(reverse("account_skip_address"))

    assert (People.get().email, People.get().phone) == ("kasia@mail.example", None)
    assert is_in(client)


def test_the_first_address_cannot_be_left_out(client):
    sign_up(client, phone="+989123456789")
    client.post(reverse("account_skip_address"))

    assert not People.exists()


def test_a_known_address_gets_the_same_page_and_its_owner_a_message(client):
    kasia = make_person("Kasia", email="kasia@mail.example", password=PASSWORD)
    known = sign_up(client, email="kasia@mail.example", password="another long password")
    known_page = client.get(known.url)

    stranger = type(client)()
    unknown = sign_up(stranger, email="karol@mail.example", password="another long password")
    unknown_page = stranger.get(unknown.url)

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert _neutral(known_page, "kasia") == _neutral(unknown_page, "karol")
    assert last_message("kasia@mail.example").template == last_message("karol@mail.example").template
    kasia.refresh_from_db()
    assert kasia.check_password(PASSWORD)


def _neutral(page, name):
    """The page without what differs between any two people."""
    text = page.content.decode().replace(name, "somebody")
    token = page.context["csrf_token"]
    return "".join(part for part in text.replace(str(token), "").split('"') if len(part) != 64)


def test_the_owner_of_a_known_address_is_let_into_the_account_there_is(client):
    kasia = make_person("Kasia", email="kasia@mail.example", password=PASSWORD)
    sign_up(client, name="Somebody else", password="another long password")
    type_code(client, code_sent_to("kasia@mail.example"))

    assert People.get() == kasia
    assert client.session["_auth_user_id"] == str(kasia.pk)
    kasia.refresh_from_db()
    assert (kasia.name, kasia.check_password(PASSWORD)) == ("Kasia", True)


def test_a_stranger_learns_nothing_by_proving_another_address_beside_a_known_one(client):
    """Only the stranger's own address is written to; the known one hears by itself, at its turn."""
    make_person("Kasia", email="kasia@mail.example")
    sign_up(client, email="kasia@mail.example", phone="+989123456789")
    client.post(reverse("account_skip_address"))

    assert not People.filter(phone="+989123456789").exists()
    assert last_message("kasia@mail.example").template == "address_code"


def test_nobody_can_sit_on_an_address_of_somebody_else(client):
    """What a stranger typed and never proved does not stand in the way of its owner, nor in the owner's account."""
    stranger = type(client)()
    sign_up(stranger, name="Stranger", phone="+989123456789", password="the stranger's password")
    sign_up(client, name="Kasia", password=PASSWORD)
    type_code(client, code_sent_to("kasia@mail.example"))

    kasia = People.get()
    assert (kasia.name, kasia.phone, kasia.check_password(PASSWORD)) == ("Kasia", None, True)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"email": "", "phone": ""}, "email"),
        ({"name": " \u200c "}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"email": "kasia@"}, "email"),
        ({"email": "a" * 250 + "@mail.example"}, "email"),
        ({"phone": "12"}, "phone"),
        ({"phone": "+98912345678;rm"}, "phone"),
        ({"password": "12345678"}, "password"),
        ({"password": "kasia@mail.example"}, "password"),
        ({"password": "nul\x00 in a password"}, "password"),
    ],
)
def test_mistakes_stand_beside_their_field_and_what_was_typed_stays(client, typed, field):
    answer = sign_up(client, **typed)

    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert "Kasia" in answer.content.decode() or "name" in typed
    assert not People.exists()


def test_a_password_is_never_written_back_into_the_page(client):
    answer = sign_up(client, email="kasia@", password="my very own secret")
    assert "my very own secret" not in answer.content.decode()


def test_rights_cannot_be_typed(client):
    sign_up(client, is_staff="1", is_superuser="1", is_active="1", groups="1")
    type_code(client, code_sent_to("kasia@mail.example"))

    kasia = People.get()
    assert (kasia.is_staff, kasia.is_superuser, kasia.groups.count()) == (False, False, 0)


def test_what_was_typed_is_forgotten_after_half_an_hour(client, monkeypatch):
    sign_up(client)
    code = code_sent_to("kasia@mail.example")
    session = client.session
    session["sign_up"] = {**session["sign_up"], "at": time.time() - 31 * 60}
    session.save()

    assert type_code(client, code).url == reverse("account_signup")
    assert not People.exists()


def test_the_page_wanted_before_comes_after_signing_up(client):
    sign_up(client, next="/tickets/")
    assert type_code(client, code_sent_to("kasia@mail.example")).url == "/tickets/"


def test_an_address_proved_a_moment_ago_is_not_proved_again(client):
    from tests.accounts.door import ask_for_code

    ask_for_code(client, FORM["email"])
    answer = type_code(client, code_sent_to(FORM["email"]))
    assert answer.url == reverse("account_signup")
    assert client.get(answer.url).context["form"].initial == {"email": FORM["email"]}

    sign_up(client)

    assert is_in(client)


def test_the_password_works_at_the_next_sign_in(client):
    sign_up(client, phone="+989123456789", password=PASSWORD)
    type_code(client, code_sent_to("kasia@mail.example"))
    type_code(client, code_sent_to("+989123456789"))

    for login in ("KASIA@mail.example", "۰۹۱۲۳۴۵۶۷۸۹"):
        browser = type(client)()
        assert sign_in(browser, login, PASSWORD).url == reverse("portal:home")
        assert is_in(browser)
