"""How long an SMS is, and what is in it."""

import pytest

from common.numbers import local_digits
from notifications.models import Delivery
from notifications.rendering import sms_of
from notifications.sms_texts import MOST_PARTS, fit, measure
from tests.make import make_customer, make_ticket
from tests.notifications.sending import row


@pytest.mark.parametrize(
    ("text", "alphabet", "units", "parts"),
    [
        ("", "GSM-7", 0, 0),
        ("a" * 160, "GSM-7", 160, 1),
        ("a" * 161, "GSM-7", 161, 2),
        ("a" * 306, "GSM-7", 306, 2),
        ("a" * 307, "GSM-7", 307, 3),
        ("€" * 80, "GSM-7", 160, 1),
        ("€" * 81, "GSM-7", 162, 2),
        ("ą", "UCS-2", 1, 1),
        ("س" * 70, "UCS-2", 70, 1),
        ("س" * 71, "UCS-2", 71, 2),
        ("س" * 134, "UCS-2", 134, 2),
        ("س" * 135, "UCS-2", 135, 3),
        ("😀", "UCS-2", 2, 1),
    ],
)
def test_length_is_counted_as_operators_count_it(text, alphabet, units, parts):
    length = measure(text)

    assert (length.alphabet, length.units, length.parts) == (alphabet, units, parts)


@pytest.mark.parametrize("text", ["a" * 10_000, "س" * 10_000, "😀" * 10_000, "€" * 10_000])
def test_an_endless_text_is_cut_to_what_anybody_would_pay(text):
    cut = fit(text)

    assert measure(cut).parts <= MOST_PARTS
    assert cut.endswith("…")


def test_a_short_text_stays_as_it_is():
    assert fit("Narvan: your code is 123456.") == "Narvan: your code is 123456."


def text_for(**customer):
    ticket = make_ticket("The grinder G2 rattles", customer=make_customer(phone="+48601220214", **customer))
    delivery = Delivery.objects.get(ticket=ticket, channel="sms")
    return ticket, sms_of(Delivery.objects.for_sending().get(pk=delivery.pk))


def test_it_names_the_number_and_the_link_and_fits_into_one_part(support):
    ticket, sms = text_for()

    assert ticket.number in sms.text and f"/tickets/{ticket.number}/" in sms.text
    assert measure(sms.text).parts == 1
    assert sms.params["number"] == ticket.number


def test_without_an_account_the_link_is_signed_and_still_fits_into_two(support):
    _ticket, sms = text_for(account=False)

    assert "/t/" in sms.text
    assert measure(sms.text).parts <= 2


def test_persian_keeps_latin_words_apart_and_has_its_own_digits(support):
    ticket, sms = text_for(language="fa")

    assert f" {local_digits(ticket.number, 'fa')} " in sms.text
    assert "\u2068Narvan\u2069" in sms.text


def test_a_latin_sms_holds_no_marks_that_would_double_its_price(support):
    _ticket, sms = text_for(language="en")

    assert measure(sms.text).alphabet == "GSM-7"


def test_a_code_can_be_copied_as_it_stands(db):
    delivery = row("+48601220214", "sms")
    sms = sms_of(Delivery.objects.for_sending().get(pk=delivery.pk))

    assert "123456 " in sms.text
    assert sms.params == {"code": "123456"}


def test_one_message_has_one_key_however_often_it_is_written(support):
    ticket, first = text_for()
    again = sms_of(Delivery.objects.for_sending().get(ticket=ticket, channel="sms"))

    assert first.key == again.key
    assert int(first.key[:15], 16) < 2**63
