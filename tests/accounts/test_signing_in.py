import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from accounts.services import disable_person, proven_addresses
from tests.accounts.door import ask_for_code, code_sent_to, is_in, last_message, sign_in, sign_in_by_code, type_code
from tests.make import PASSWORD, make_customer, make_person, make_staff, make_store, make_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def store():
    return make_store(phone_region="IR")


@pytest.fixture
def kasia():
    return make_person("Kasia", email="kasia@mail.example", phone="+989123456789", password=PASSWORD)


@pytest.mark.parametrize("login", ["kasia@mail.example", " KASIA@Mail.Example ", "09123456789", "+98 912 345 6789", "۰۹۱۲۳۴۵۶۷۸۹"])
def test_either_address_and_the_password_let_in(client, kasia, login):
    assert sign_in(client, login, PASSWORD).url == reverse("portal:home")
    assert is_in(client)


@pytest.mark.parametrize(("login", "to"), [("kasia@mail.example", "kasia@mail.example"), ("۰۹۱۲۳۴۵۶۷۸۹", "+989123456789")])
def test_either_address_and_a_code_let_in_and_are_proved_by_it(client, kasia, login, to):
    assert ask_for_code(client, login).url == reverse("account_confirm_login_code")
    assert type_code(client, code_sent_to(to)).url == reverse("portal:home")

    kasia.refresh_from_db()
    assert list(proven_addresses(kasia).values()) == [to]
    assert is_in(client)


def test_staff_land_at_their_inbox(client):
    alice = make_staff("Alice", password=PASSWORD)
    assert sign_in(client, alice.email, PASSWORD).url == reverse("backoffice:inbox")


def test_the_page_wanted_before_comes_after_signing_in(client, kasia):
    wanted = client.get(reverse("portal:tickets"))
    assert wanted.url == f"{reverse('account_login')}?next=/tickets/"
    page = client.get(wanted.url)
    assert '<input type="hidden" name="next" value="/tickets/">' in page.content.decode()

    assert sign_in(client, kasia.email, PASSWORD, next="/tickets/").url == "/tickets/"


def test_the_page_wanted_before_comes_after_a_code_too(client, kasia):
    ask_for_code(client, kasia.email, next="/tickets/")
    assert type_code(client, code_sent_to(kasia.email)).url == "/tickets/"


ELSEWHERE = [
    "//evil.example",
    "/\\evil.example",
    "https:evil.example",
    "\t//evil.example",
    "https://evil.example/",
    "javascript:alert(1)",
    "http://localhost/x",
]


@pytest.mark.parametrize("away", ELSEWHERE)
def test_signing_in_never_leads_to_another_host(client, kasia, away):
    assert sign_in(client, kasia.email, PASSWORD, next=away).url == "/"
    assert client.get(reverse("account_login"), {"next": away}).url == "/"
    for name, data in [("portal:language", {"language": "pl"}), ("portal:theme", {"theme": "dark"}), ("account_logout", {})]:
        assert client.post(reverse(name), {**data, "next": away}).url == "/"


@pytest.mark.parametrize("away", ELSEWHERE)
def test_a_code_never_leads_to_another_host(client, kasia, away):
    ask_for_code(client, kasia.email, next=away)
    assert type_code(client, code_sent_to(kasia.email)).url == "/"


def test_a_wrong_password_is_said_without_a_hint_and_the_address_stays(client, kasia):
    answer = sign_in(client, "09123456789", "wrong")

    assert answer.context["form"].non_field_errors() == ["The address or the password is not right."]
    page = answer.content.decode()
    assert 'value="09123456789"' in page
    assert 'value="wrong"' not in page


@pytest.mark.parametrize("login", ["", "kasia", "kasia@", "12", "x\x00y@mail.example", "a" * 3000])
def test_what_is_no_address_is_said_beside_the_field(client, login):
    answer = sign_in(client, login, PASSWORD)
    assert list(answer.context["form"].errors) == ["login"]
    assert list(ask_for_code(client, login).context["form"].errors) == ["login"]


def test_whoever_has_an_address_without_account_may_make_one_at_once(client):
    ask_for_code(client, "karol@mail.example", next="/tickets/")
    answer = type_code(client, code_sent_to("karol@mail.example"), follow=True)

    assert answer.redirect_chain[-1][0] == f"{reverse('account_signup')}?next=%2Ftickets%2F"
    assert "There is no account with this address yet" in answer.content.decode()


def test_a_code_typed_in_another_browser_opens_nothing(client, kasia):
    ask_for_code(client, kasia.email)
    stranger = type(client)()
    ask_for_code(stranger, "stranger@mail.example")

    type_code(stranger, code_sent_to(kasia.email))

    assert not is_in(stranger)


def test_a_wrong_code_is_said_beside_the_field(client, kasia):
    ask_for_code(client, kasia.email)
    right = code_sent_to(kasia.email)
    answer = type_code(client, "000000" if right != "000000" else "111111")

    assert answer.context["form"].errors == {"code": ["This is not the code we sent. Compare the digits with the message."]}
    assert not is_in(client)


def test_a_new_code_replaces_the_one_before(client, kasia):
    ask_for_code(client, kasia.email)
    first = code_sent_to(kasia.email)
    client.post(reverse("account_resend_code"))
    second = code_sent_to(kasia.email)
    if first != second:
        assert type_code(client, first).context["form"].errors
    assert type_code(client, second).status_code == 302
    assert is_in(client)


def test_the_code_page_without_a_code_under_way_leads_to_signing_in(client, kasia):
    for name in ("account_confirm_login_code", "account_complete_password_reset"):
        assert client.get(reverse(name)).status_code == 302
    assert client.post(reverse("account_resend_code")).url == reverse("account_login")
    client.force_login(kasia)
    assert client.get(reverse("account_confirm_login_code")).url == reverse("portal:profile")


@pytest.mark.parametrize("by", ["password", "code"])
def test_a_closed_account_lets_nobody_in_and_says_so_only_to_its_owner(client, kasia, by):
    disable_person(kasia)
    answer = sign_in(client, kasia.email, PASSWORD) if by == "password" else sign_in_by_code(client, kasia.email)

    assert answer.url == reverse("account_inactive")
    assert "This account is closed" in client.get(answer.url).content.decode()
    assert not is_in(client)
    assert "closed" not in sign_in(client, kasia.email, "wrong").content.decode()


def test_what_was_written_as_a_visitor_is_found_at_the_next_sign_in(client, kasia):
    sign_in_by_code(client, kasia.email)
    before = make_ticket(customer=make_customer("Kasia", account=False, email="Kasia@mail.example"))
    client.post(reverse("account_logout"))

    sign_in(client, kasia.email, PASSWORD)

    before.refresh_from_db()
    assert before.customer.user == kasia


def test_an_unproven_address_brings_nothing(client, kasia):
    before = make_ticket(customer=make_customer("Kasia", account=False, email="kasia@mail.example"))
    sign_in(client, kasia.email, PASSWORD)

    before.refresh_from_db()
    assert before.customer.user is None


def test_signing_in_makes_no_customer_of_staff(client):
    alice = make_staff("Alice", password=PASSWORD)
    sign_in(client, alice.email, PASSWORD)
    assert not hasattr(get_user_model().objects.get(pk=alice.pk), "customer")


def test_codes_are_sent_in_the_language_of_the_page(client, kasia):
    ask_for_code(client, kasia.email, HTTP_ACCEPT_LANGUAGE="fa")
    client.cookies["language"] = "pl"
    ask_for_code(client, kasia.email)
    assert last_message(kasia.email).language == "pl"


def test_only_a_post_signs_out(client, kasia):
    client.force_login(kasia)
    assert client.get(reverse("account_logout")).status_code == 405
    assert is_in(client)
    assert client.post(reverse("account_logout")).url == "/"
    assert not is_in(client)


def test_signed_in_people_are_led_on_from_the_door(client, kasia):
    client.force_login(kasia)
    for name in ("account_login", "account_signup", "account_request_login_code"):
        assert client.get(reverse(name)).url == reverse("portal:home")


@pytest.mark.parametrize(
    "name", ["account_login", "account_signup", "account_request_login_code", "account_reset_password", "account_logout"]
)
def test_forms_without_their_token_are_refused(kasia, name):
    from django.test import Client

    assert Client(enforce_csrf_checks=True).post(reverse(name), {"login": kasia.email, "password": PASSWORD}).status_code == 403
