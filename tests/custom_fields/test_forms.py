"""The owner's fields inside a form."""

import pytest
from django import forms

from common.fields import LineField
from custom_fields.forms import FieldsMixin
from custom_fields.models import FieldKind
from tests.make import make_field

pytestmark = pytest.mark.django_db


class Asking(FieldsMixin, forms.Form):
    subject = LineField(limit=40)

    def __init__(self, *args, fields, **kwargs):
        given = {name: kwargs.pop(name) for name in ("values", "required", "add_clearing") if name in kwargs}
        super().__init__(*args, **kwargs)
        self.add_fields(fields, **given)


@pytest.fixture
def question():
    return make_field("Kind of question", FieldKind.CHOICE, options=["technical", "financial"])


@pytest.fixture
def access(question):
    return make_field(
        "Hosting access", FieldKind.SECRET, shown_when=question, shown_when_values=["technical"], is_required=True, wiped_after_days=30
    )


def test_a_field_that_plays_no_part_is_neither_required_nor_kept(question, access):
    data = {"subject": "Hello", "field-kind-of-question": "financial", "field-hosting-access": "root:hunter2"}
    form = Asking(data, fields=[question, access])

    assert form.is_valid()
    assert form.field_values == {question: "financial"}


def test_a_field_that_plays_its_part_is_required(question, access):
    form = Asking({"subject": "Hello", "field-kind-of-question": "technical"}, fields=[question, access])

    assert list(form.errors) == ["field-hosting-access"]


def test_a_secret_has_to_be_typed_again_after_a_mistake_and_nothing_else(question, access):
    data = {"subject": "", "field-kind-of-question": "technical", "field-hosting-access": "root:hunter2"}
    form = Asking(data, fields=[question, access])

    assert sorted(form.errors) == ["field-hosting-access", "subject"]
    assert "hunter2" not in form.as_div()
    assert "checked" in str(form["field-kind-of-question"])


def test_a_refusal_after_the_form_was_read_asks_for_the_secret_again_too(question, access):
    form = Asking({"subject": "Hi", "field-kind-of-question": "technical", "field-hosting-access": "root"}, fields=[question, access])
    assert form.is_valid()

    form.add_error(None, "Somebody was quicker.")

    assert "field-hosting-access" in form.errors


def test_what_depends_on_an_answer_says_so_where_there_is_no_script(question, access):
    shown = Asking(fields=[question, access])["field-hosting-access"]

    assert "Only when “\u2068Kind of question\u2069” is \u2068technical\u2069." in shown.help_text
    assert 'data-shown-when="field-kind-of-question"' in str(shown)


def test_a_secret_promises_what_becomes_of_it(access):
    assert "wiped 30 days after closing" in Asking(fields=[access])["field-hosting-access"].help_text


def test_a_secret_that_is_kept_stays_when_nothing_is_typed(question, access):
    known = {question.pk: "technical", access.pk: True}
    form = Asking({"subject": "Hi", "field-kind-of-question": "technical"}, fields=[question, access], values=known)

    assert form.is_valid()
    assert form.field_values == {question: "technical"}


def test_a_field_that_plays_no_part_any_more_is_emptied(question, access):
    known = {question.pk: "technical", access.pk: True}
    form = Asking({"subject": "Hi", "field-kind-of-question": "financial"}, fields=[question, access], values=known)

    assert form.is_valid()
    assert form.field_values == {question: "financial", access: None}


def test_an_answer_given_elsewhere_decides_as_well(question, access):
    assert not Asking({"subject": "Hi"}, fields=[access], values={question.pk: "technical"}).is_valid()


def test_an_action_may_require_what_the_owner_does_not(question):
    assert not Asking({"subject": "Hi"}, fields=[question], required={question.pk}).is_valid()


def test_labels_cannot_smuggle_in_markup():
    field = make_field("<script>alert(1)</script>", help="<img src=x>", key="evil", options=[])

    assert "<script>" not in Asking(fields=[field]).as_div()
    assert "<img" not in Asking(fields=[field]).as_div()
