import pytest
from django.urls import reverse

from accounts.services import give_address, proven_addresses
from tests.accounts.door import code_sent_to, last_message, sign_in, sign_in_by_code, type_code
from tests.make import PASSWORD, make_customer, make_person, make_store, make_ticket

pytestmark = pytest.mark.django_db
EMAIL, PHONE = "account_email", "account_change_phone"


@pytest.fixture(autouse=True)
def store():
    return make_store(phone_region="IR")


@pytest.fixture
def kasia():
    person = make_customer("Kasia", email="kasia@mail.example").user
    person.set_password(PASSWORD)
    person.save()
    give_address(person, "kasia@mail.example")
    return person


@pytest.fixture
def at_home(client, kasia):
    """Kasia's browser, in which she has just signed in."""
    sign_in(client, kasia.email, PASSWORD)
    return client


def ask(client, name, address):
    return client.post(reverse(name), {"address": address})


def test_a_new_email_address_counts_from_its_code(at_home, kasia):
    assert ask(at_home, EMAIL, "Kasia.Nowak@mail.example").url == reverse("account_confirm_login_code")
    kasia.refresh_from_db()
    assert kasia.email == "kasia@mail.example"

    assert type_code(at_home, code_sent_to("kasia.nowak@mail.example")).url == reverse("portal:profile")

    kasia.refresh_from_db()
    assert (kasia.email, kasia.customer.email) == ("kasia.nowak@mail.example", "kasia.nowak@mail.example")
    assert proven_addresses(kasia) == {"email": "kasia.nowak@mail.example"}
    told = last_message("kasia@mail.example")
    assert (told.template, told.context["change"]) == ("account_changed", "email")
    assert told.context["link"].endswith(reverse("account_reset_password"))


def test_a_mobile_number_is_added_by_its_code(at_home, kasia):
    ask(at_home, PHONE, "۰۹۱۲۳۴۵۶۷۸۹")
    type_code(at_home, code_sent_to("+989123456789"))

    kasia.refresh_from_db()
    assert (kasia.phone, kasia.phone_verified, kasia.customer.phone) == ("+989123456789", True, "+989123456789")


def test_a_proven_new_address_brings_what_was_written_from_there(at_home, kasia):
    before = make_ticket(customer=make_customer("K.", account=False, email="", phone="+989123456789"))
    ask(at_home, PHONE, "09123456789")
    type_code(at_home, code_sent_to("+989123456789"))

    before.refresh_from_db()
    assert before.customer.user == kasia


def test_an_address_of_another_account_is_refused_only_after_its_code(at_home, kasia):
    make_person("Karol", email="karol@mail.example")
    assert ask(at_home, EMAIL, "karol@mail.example").url == reverse("account_confirm_login_code")
    answer = type_code(at_home, code_sent_to("karol@mail.example"), follow=True)

    assert "Another account already has this address" in answer.content.decode()
    kasia.refresh_from_db()
    assert kasia.email == "kasia@mail.example"


@pytest.mark.parametrize(("name", "address"), [(EMAIL, "kasia@mail.example"), (EMAIL, "kasia@"), (EMAIL, ""), (PHONE, "12"), (PHONE, "")])
def test_mistakes_stand_beside_the_field(at_home, name, address):
    assert list(ask(at_home, name, address).context["form"].errors) == ["address"]


def test_a_code_that_somebody_else_asked_for_changes_nothing_of_mine(at_home, kasia):
    """One browser, two people, one after the other."""
    ask(at_home, EMAIL, "new@mail.example")
    karol = make_person("Karol", email="karol@mail.example", password=PASSWORD)
    session = dict(at_home.session)
    at_home.force_login(karol)
    kept = at_home.session
    kept["proof"] = session["proof"]
    kept.save()

    assert type_code(at_home, code_sent_to("new@mail.example")).url == reverse("portal:profile")
    karol.refresh_from_db()
    assert karol.email == "karol@mail.example"


@pytest.mark.parametrize("name", [EMAIL, PHONE, "account_set_password"])
def test_after_a_while_we_ask_whether_it_is_still_you(client, kasia, name):
    client.force_login(kasia)  # a session whose last proof nobody remembers
    assert client.get(reverse(name)).url == f"{reverse('account_reauthenticate')}?next={reverse(name).replace('/', '%2F')}"


def test_the_password_shows_that_it_is_you(client, kasia):
    client.force_login(kasia)
    wrong = client.post(reverse("account_reauthenticate"), {"password": "wrong", "next": reverse(EMAIL)})
    assert wrong.context["form"].errors == {"password": ["This is not your password."]}
    assert client.get(reverse(EMAIL)).status_code == 302

    assert client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": reverse(EMAIL)}).url == reverse(EMAIL)
    assert client.get(reverse(EMAIL)).status_code == 200


def test_whoever_has_no_password_shows_it_by_a_code(client, kasia):
    kasia.set_unusable_password()
    kasia.save()
    client.force_login(kasia)
    assert client.get(reverse("account_reauthenticate")).context["form"] is None

    client.post(reverse("account_send_confirmation_code"), {"next": reverse("account_set_password")})
    assert type_code(client, code_sent_to(kasia.email)).url == reverse("account_set_password")
    client.post(reverse("account_set_password"), {"password1": PASSWORD})

    kasia.refresh_from_db()
    assert kasia.check_password(PASSWORD)


def test_a_mobile_number_can_be_removed_but_not_the_last_address(client, kasia):
    give_address(kasia, "+989123456789")
    sign_in_by_code(client, "+989123456789")
    client.post(reverse("account_remove_phone"))
    kasia.refresh_from_db()
    assert (kasia.phone, kasia.phone_verified, kasia.customer.phone) == (None, False, "")

    nour = make_person("Nour", email=None, phone="+989120000000", phone_verified=True)
    phone_only = type(client)()
    sign_in_by_code(phone_only, "+989120000000")
    answer = phone_only.post(reverse("account_remove_phone"), follow=True)
    assert "the only address of your account" in answer.content.decode()
    nour.refresh_from_db()
    assert nour.phone == "+989120000000"


def test_the_password_is_asked_before_it_is_changed(at_home, kasia):
    answer = at_home.post(reverse("account_change_password"), {"oldpassword": "wrong", "password1": "an even longer password"})
    assert answer.context["form"].errors == {"oldpassword": ["This is not your password."]}
    weak = at_home.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": "12345678"})
    assert list(weak.context["form"].errors) == ["password1"]

    kasia.refresh_from_db()
    assert kasia.check_password(PASSWORD)
