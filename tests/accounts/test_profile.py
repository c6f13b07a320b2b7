import pytest
from django.urls import reverse

from tests.make import make_customer, make_person, make_store

pytestmark = pytest.mark.django_db
WISHES = {"name": "Kasia Kowalska", "language": "pl", "calendar": "jalali", "theme": "dark", "time_zone": "Asia/Tehran"}


@pytest.fixture(autouse=True)
def store():
    return make_store(languages=["en", "pl"])


@pytest.fixture
def kasia():
    return make_customer("Kasia Nowak", email="kasia@mail.example").user


def save(client, **fields):
    return client.post(reverse("portal:profile"), {**WISHES, **fields})


def test_a_person_chooses_name_language_calendar_theme_and_time_zone(client, kasia):
    client.force_login(kasia)
    assert save(client).url == reverse("portal:profile")

    kasia.refresh_from_db()
    assert {name: getattr(kasia, name) for name in WISHES} == WISHES
    assert (kasia.customer.name, kasia.customer.language) == ("Kasia Kowalska", "pl")


def test_nothing_else_can_be_changed_there(client, kasia):
    client.force_login(kasia)
    save(
        client,
        is_staff="1",
        is_superuser="1",
        is_active="",
        groups="1",
        email="agent@shop.example",
        phone="+48600100200",
        phone_verified="1",
        password="x",
    )

    kasia.refresh_from_db()
    assert (kasia.is_staff, kasia.is_superuser, kasia.is_active, kasia.email, kasia.phone) == (
        False,
        False,
        True,
        "kasia@mail.example",
        None,
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 121),
        ("language", "xx"),
        ("calendar", "mayan"),
        ("theme", "pink"),
        ("time_zone", "Mars/Olympus"),
        ("time_zone", "../../etc/passwd"),
    ],
)
def test_mistakes_stand_beside_their_field(client, kasia, field, value):
    client.force_login(kasia)
    answer = save(client, **{field: value})

    assert list(answer.context["form"].errors) == [field]
    kasia.refresh_from_db()
    assert kasia.name == "Kasia Nowak"


def test_the_page_is_for_people_who_signed_in(client):
    assert client.get(reverse("portal:profile")).url.startswith(reverse("account_login"))


def test_a_visitor_chooses_the_language_of_the_page(client):
    assert client.post(reverse("portal:language"), {"language": "pl", "next": "/faq/?q=1"}).url == "/faq/?q=1"
    assert client.get("/").headers["Content-Language"] == "pl"


@pytest.mark.parametrize("wish", ["", "xx", "fa", "../pl"])
def test_a_language_the_store_does_not_speak_changes_nothing(client, wish):
    client.post(reverse("portal:language"), {"language": wish})
    assert client.get("/").headers["Content-Language"] == "en"


def test_a_person_takes_the_language_to_the_account(client, kasia):
    client.force_login(kasia)
    client.post(reverse("portal:language"), {"language": "pl"})

    kasia.refresh_from_db()
    assert (kasia.language, kasia.customer.language) == ("pl", "pl")


def test_the_theme_is_kept_in_the_browser_and_on_the_account(client, kasia):
    client.post(reverse("portal:theme"), {"theme": "dark"})
    assert 'data-theme="dark"' in client.get(reverse("account_login")).content.decode()
    client.post(reverse("portal:theme"), {"theme": "pink"})
    assert client.cookies["theme"].value == "dark"

    client.force_login(kasia)
    client.post(reverse("portal:theme"), {"theme": "light"})
    kasia.refresh_from_db()
    assert kasia.theme == "light"


@pytest.mark.parametrize(
    "name",
    ["portal:language", "portal:theme", "account_end_sessions", "account_remove_phone", "account_resend_code", "account_skip_address"],
)
def test_opening_an_address_changes_nothing(client, name):
    client.force_login(make_person())
    assert client.get(reverse(name)).status_code == 405
