"""Every kind of field, drawn by the pack templates/desk through crispy."""

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, ButtonHolder, Column, Div, Fieldset, Layout, MultiField, Row, Submit
from crispy_forms.utils import render_crispy_form
from django import forms
from django.template import engines

pytestmark = pytest.mark.once

CHOICES = [("mail", "E-mail"), ("sms", "SMS")]


@pytest.fixture(autouse=True)
def addresses(settings):
    settings.ROOT_URLCONF = "tests.face.urls"


class Many(forms.ClearableFileInput):
    allow_multiple_selected = True


class AskForm(forms.Form):
    subject = forms.CharField(label="What is it about?")
    body = forms.CharField(label="Message", widget=forms.Textarea)
    serial = forms.CharField(label="Serial number", required=False, help_text="On the label")
    order = forms.ChoiceField(label="Order", choices=CHOICES)
    several = forms.MultipleChoiceField(label="Several", choices=CHOICES, required=False)
    channel = forms.ChoiceField(label="Answer me by", choices=CHOICES, widget=forms.RadioSelect, help_text="Free of charge")
    reasons = forms.MultipleChoiceField(label="Reasons", choices=CHOICES, widget=forms.CheckboxSelectMultiple, required=False)
    agreed = forms.BooleanField(label="I agree")
    files = forms.FileField(label="Files", required=False, widget=Many(attrs={"data-max-files": 5}))
    key = forms.CharField(widget=forms.HiddenInput)

    def clean(self):
        self.add_error(None, "The whole is wrong.")


def drawn(form, layout=None, **helper):
    form.helper = FormHelper()
    if layout:
        form.helper.layout = layout
    for name, value in helper.items():
        setattr(form.helper, name, value)
    return render_crispy_form(form, form.helper, {"csrf_token": "token"})


def test_every_field_has_a_label_or_a_legend():
    html = drawn(AskForm())
    for field in AskForm():
        if not field.is_hidden:
            assert f"{field.label}" in html
    for name in ("subject", "body", "serial", "order", "files", "agreed"):
        assert f'for="id_{name}"' in html
    assert html.count("<legend") == 2


def test_optional_is_written_after_a_real_space_and_stars_never():
    html = drawn(AskForm())
    assert 'Serial number <span class="optional">(optional)</span>' in html
    assert "Message</label>" in html
    assert "*" not in html
    assert "(optional)" not in drawn(AskForm(), hide_optional=True)


def test_a_mistake_stands_under_its_field_and_in_the_summary():
    html = drawn(AskForm({"subject": "", "body": "x"}))
    assert '<div class="error-summary" role="alert" tabindex="-1" autofocus>' in html
    assert '<a href="#id_subject">What is it about? This field is required.</a>' in html
    assert "<li>The whole is wrong.</li>" in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_subject_error"' in html
    assert 'id="id_subject_error"' in html
    assert 'aria-describedby="id_channel_helptext id_channel_error"' in html
    assert html.index("error-summary") < html.index('id="id_subject"')


def test_a_mistake_of_a_hidden_field_leads_nowhere():
    assert "#id_key" not in drawn(AskForm({}))


def test_a_form_without_mistakes_has_no_summary():
    assert "error-summary" not in drawn(AskForm())


def test_a_form_is_posted_with_its_token_and_its_files():
    html = drawn(AskForm(), form_action="/x/")
    assert 'method="post"' in html
    assert 'action="/x/"' in html
    assert 'enctype="multipart/form-data"' in html
    assert 'name="csrfmiddlewaretoken"' in html
    assert "csrfmiddlewaretoken" not in drawn(AskForm(), form_method="get")
    assert "<form" not in drawn(AskForm(), form_tag=False)


def test_single_choices_are_wrapped_for_their_arrow_and_several_are_not():
    html = drawn(AskForm())
    assert html.count('<span class="select">') == 1


def test_files_come_with_the_words_of_their_element():
    html = drawn(AskForm())
    assert "<file-drop" in html
    assert 'data-words-remove="Remove {name}"' in html
    assert html.count('for="id_files"') == 1


def test_every_part_of_a_layout_can_be_drawn():
    layout = Layout(
        Fieldset("First", "subject", css_class="x"),
        Row(Column("serial"), Column("order")),
        Div("body", css_class="secret"),
        MultiField("Together", "several", "files"),
        "channel",
        "reasons",
        "agreed",
        "key",
        HTML("<hr>"),
        ButtonHolder(Submit("send", "Send it")),
    )
    html = drawn(AskForm(), layout)
    for name in AskForm().fields:
        assert f'name="{name}"' in html
    assert "<legend" in html
    assert 'class="btn btn-primary"' in html
    assert 'class="pair"' in html


def test_a_formset_can_be_drawn():
    formset = forms.formset_factory(AskForm, extra=2)()
    html = (
        engines["django"]
        .from_string("{% load crispy_forms_tags %}{% crispy formset helper %}")
        .render({"formset": formset, "helper": FormHelper()})
    )
    assert 'name="form-TOTAL_FORMS"' in html
    assert 'name="form-1-subject"' in html


def test_a_single_field_can_be_drawn():
    html = engines["django"].from_string("{% load crispy_forms_filters %}{{ form.subject|as_crispy_field }}").render({"form": AskForm()})
    assert 'class="field-label"' in html
