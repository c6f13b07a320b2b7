"""How long an SMS is, and what is in it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.numbers import local_digits
from notifications.models import Delivery
from notifications.rendering import sms_of
from notifications.sms_texts import MOST_PARTS, fit, measure, plain_latin
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
        # What takes two places is never parted: 153 holds 76 of them, 67 holds 33.
        ("€" * 152, "GSM-7", 304, 2),
        ("€" * 153, "GSM-7", 306, 3),
        ("😀" * 66, "UCS-2", 132, 2),
        ("😀" * 67, "UCS-2", 134, 3),
        ("ç", "UCS-2", 1, 1),
        ("\x1b", "UCS-2", 1, 1),
    ],
)
def test_length_is_counted_as_operators_count_it(text, alphabet, units, parts):
    length = measure(text)

    assert (length.alphabet, length.units, length.parts) == (alphabet, units, parts)


@pytest.mark.parametrize("text", ["a" * 10_000, "س" * 10_000, "😀" * 10_000, "€" * 10_000])
def test_an_endless_text_is_cut_to_what_anybody_would_pay(text):
    cut = fit(text)

    assert measure(cut).parts <= MOST_PARTS
    assert cut.endswith(("…", "..."))
    assert measure(cut).alphabet == measure(text).alphabet


anything = st.text(st.one_of(st.sampled_from("aż€[ł سلام😀\u200c“–@Δ"), st.characters()), max_size=250)


@pytest.mark.once
@settings(deadline=None, max_examples=40)
@given(anything)
def test_parts_are_what_the_units_need_and_never_more_than_one_place_each_is_lost(text):
    length = measure(text)
    single, joined = {"GSM-7": (160, 153), "UCS-2": (70, 67)}[length.alphabet]

    assert length.units >= len(text) and 0 <= length.left <= length.per_part
    if length.units <= single:
        assert length.parts == (1 if text else 0)
    else:
        assert -(-length.units // joined) <= length.parts <= -(-length.units // (joined - 1))


@pytest.mark.once
@settings(deadline=None, max_examples=40)
@given(anything, anything)
def test_more_words_never_cost_less(text, more):
    assert measure(text + more).parts >= measure(text).parts


@pytest.mark.once
@settings(deadline=None, max_examples=40)
@given(anything)
def test_whatever_is_written_fits_after_cutting_and_what_fits_stays(text):
    cut = fit(text, 2)

    assert measure(cut).parts <= 2
    assert cut == text if measure(text).parts <= 2 else text.startswith(cut.removesuffix("…").removesuffix("...").rstrip()[:-1])


@pytest.mark.once
@settings(deadline=None, max_examples=40)
@given(anything)
def test_plain_words_are_cheap_or_stay_as_they_were(text):
    plain = plain_latin(text)

    assert plain == text or measure(plain).alphabet == "GSM-7"
    assert plain_latin(plain) == plain


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Zażółć gęślą jaźń – „tak”…", 'Zazolc gesla jazn - "tak"...'),
        ("Größe: 5 £, naïve café", "Größe: 5 £, naive café"),
        ("ŁÓDŹ ½", "LODZ 1/2"),
        ("Kod: 123 — پاسخ", "Kod: 123 — پاسخ"),
        ("Zgłoszenie 😀 ą", "Zgłoszenie 😀 ą"),
        ("سلام", "سلام"),
        ("Ответ", "Ответ"),
    ],
)
def test_polish_is_written_plainly_only_where_that_makes_it_cheaper(text, plain):
    assert plain_latin(text) == plain


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
    assert (sms.params["code"], "link" in sms.params) == ("123456", False)


def test_one_message_has_one_key_however_often_it_is_written(support):
    ticket, first = text_for()
    again = sms_of(Delivery.objects.for_sending().get(ticket=ticket, channel="sms"))

    assert first.key == again.key
    assert int(first.key[:15], 16) < 2**63
