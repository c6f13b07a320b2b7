"""Keys: declared on the controls they press, told in words on a page, switched off by each for themselves."""

import re

import pytest

from backoffice.keys.sheet import SHEET
from permissions.rights import RoleKey
from tests.make import fresh, make_staff

pytestmark = pytest.mark.django_db


def keys_on(client, address):
    page = client.get(address).content.decode()
    return set(re.findall(r'data-key="([^"]+)"', page)), page


def test_a_ticket_has_the_keys_of_its_controls(desk, ticket):
    found, _page = keys_on(desk, f"/desk/tickets/{ticket.number}/")

    assert {"KeyR", "KeyN", "KeyA", "KeyS", "KeyE", "KeyW", "KeyM", "KeyT", "KeyI", "KeyP", "Mod+Enter", "Mod+Shift+Enter"} <= found


def test_a_key_is_there_only_with_the_right_to_what_it_presses(desk_of, support, ticket):
    reader = make_staff("Reader", support, role=RoleKey.OBSERVER)
    found, _page = keys_on(desk_of(reader), f"/desk/tickets/{ticket.number}/")

    assert "KeyN" in found
    assert {"KeyR", "KeyA", "KeyS", "KeyE", "KeyI", "KeyP", "Mod+Shift+Enter"}.isdisjoint(found)


def test_the_way_to_the_customers_goes_with_the_right_to_see_them(desk, desk_of, support):
    watcher = make_staff("Watcher", support, sees_customers=False)

    assert "KeyG KeyC" in keys_on(desk, "/desk/")[0]
    assert "KeyG KeyC" not in keys_on(desk_of(watcher), "/desk/")[0]


def test_every_key_on_the_pages_stands_in_the_sheet(desk, ticket):
    told = {name for group in SHEET for key in group.keys for name in key.names}
    for address in ("/desk/", f"/desk/tickets/{ticket.number}/", "/desk/customers/"):
        found, _page = keys_on(desk, address)
        assert {name for names in found for name in names.split(",")} - told == set(), address


def test_letters_are_switched_off_and_on_again(desk, alice):
    assert "letters data-words" in keys_on(desk, "/desk/")[1] and "foot-keys" in keys_on(desk, "/desk/")[1]

    desk.post("/desk/keys/", {"letters": "off"})
    assert not fresh(alice).letter_keys
    page = keys_on(desk, "/desk/")[1]
    assert "<desk-keys" in page and "letters data-words" not in page and "foot-keys" not in page

    desk.post("/desk/keys/", {"letters": "on"})
    assert fresh(alice).letter_keys


@pytest.mark.parametrize("sent", [{}, {"letters": "maybe"}, {"letters": ""}, {"letter_keys": "off", "is_superuser": "1"}])
def test_nothing_else_can_be_said_there(desk, alice, sent):
    desk.post("/desk/keys/", sent)

    assert fresh(alice).letter_keys and not fresh(alice).is_superuser


def test_the_sheet_is_a_part_for_the_dialog_and_a_page(desk):
    part = desk.get("/desk/keys/", headers={"X-Requested-With": "menu-part"}).content.decode()

    assert "<html" not in part and 'data-names="KeyJ,KeyK"' in part
    assert "<html" in desk.get("/desk/keys/").content.decode()


def test_customers_have_no_desk_and_no_keys(client, kasia):
    client.force_login(kasia.user)

    for address in ("/desk/keys/", "/desk/palette/"):
        assert client.get(address).status_code == 404
        assert client.post(address).status_code == 404
