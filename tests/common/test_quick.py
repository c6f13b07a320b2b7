"""Tags that do less for what never changes say what Django's own tags say."""

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.template import Context, Template, engines
from django.test import RequestFactory
from django.urls import reverse
from django.utils.translation import override

from common.form_drawing import FieldRenderer
from common.templatetags import quick


def drawn(words, **values):
    return Template(words).render(Context(values))


def test_words_are_said_in_the_language_of_each_reader():
    template = Template(
        '{% translate "Subject" %}|{% translate "Subject" as subject %}{{ subject }}|{% icon "search" label=_("Subject") %}'
    )
    said = {}
    for language in ("en", "pl", "en", "pl"):
        with override(language):
            said.setdefault(language, set()).add(template.render(Context()))

    assert [len(found) for found in said.values()] == [1, 1]
    assert said["en"] != said["pl"]
    assert "Temat|Temat|" in said["pl"].pop()


def test_words_that_depend_on_a_variable_are_never_kept():
    for words in (
        "{% translate word %}",
        "{% blocktranslate %}{{ word }}{% endblocktranslate %}",
        '{% translate "a" context word %}',
        "{% icon word %}",
    ):
        template = Template(words)
        first, second = (template.render(Context({"word": word})) for word in ("one", "two"))
        assert words.startswith('{% translate "a"') or first != second


def test_the_word_kept_under_a_name_is_there_after_a_branch_that_did_not_need_it():
    template = Template('{% if wanted %}{% translate "Subject" as subject %}{% endif %}{{ subject }}')
    assert [template.render(Context({"wanted": wanted})) for wanted in (True, False, True)] == ["Subject", "", "Subject"]


@pytest.mark.parametrize("number", ["734469", 734469, "7", "0012", "abc-1", "9" * 12, "1/2", "<b>"])
def test_an_address_of_a_number_is_the_one_that_django_writes(number):
    quickly = '{% url "backoffice:ticket" number %}'
    try:
        expected = reverse("backoffice:ticket", args=[number])
    except Exception as refusal:
        with pytest.raises(type(refusal)):
            drawn(quickly, number=number)
    else:
        assert drawn(quickly, number=number) == expected
        assert drawn('{% url "backoffice:ticket" number=number %}', number=number) == expected


def test_an_address_of_two_numbers_has_them_in_their_places():
    expected = reverse("backoffice:ticket_message", args=["5", 6])
    assert drawn('{% url "backoffice:ticket_message" "5" pk %}', pk=6) == expected
    assert drawn('{% url "backoffice:ticket_message" pk=pk number=number %}', pk=6, number="5") == expected
    assert drawn('{% url "backoffice:ticket_message" number pk as there %}[{{ there }}]', pk=6, number="5") == f"[{expected}]"


def test_an_address_that_is_not_there_says_so_as_before():
    from django.urls import NoReverseMatch

    with pytest.raises(NoReverseMatch):
        drawn('{% url "backoffice:ticket" %}')
    with pytest.raises(NoReverseMatch):
        drawn('{% url "nowhere" 5 %}')


def test_an_address_stands_under_the_prefix_of_its_request():
    from django.urls import set_script_prefix

    template = Template('{% url "backoffice:ticket" 5 %}')
    plain = template.render(Context())
    set_script_prefix("/help/")
    try:
        assert template.render(Context()) == f"/help{plain}"
    finally:
        set_script_prefix("/")
    assert template.render(Context({}, autoescape=False)) == plain


def test_a_part_sees_what_it_is_given_and_leaves_nothing_behind():
    template = Template(
        '{% include "components/button.html" with label=word %}[{{ label }}]|{% include "components/button.html" with label="x" only %}'
    )
    first, second = (template.render(Context({"word": word})) for word in ("one", "two"))

    assert "one" in first and "two" in second and "one" not in second
    assert "[]" in first and "[]" in second
    assert ">x<" in first.split("|")[1]


def test_the_page_of_a_request_uses_the_quick_tags():
    template = engines["django"].from_string('{% url "backoffice:ticket" 5 %}{% translate "Subject" %}').template
    assert [type(node) for node in template.nodelist] == [quick.QuickUrl, quick.OncePerLanguage]
    assert engines["django"].from_string('{% url "backoffice:ticket" 5 %}').render({}, RequestFactory().get("/")) == reverse(
        "backoffice:ticket", args=[5]
    )


class EveryField(forms.Form):
    text = forms.CharField(max_length=3, widget=forms.TextInput(attrs={"title": '<"x>', "hidden": True, "off": False}))
    hidden = forms.IntegerField(widget=forms.HiddenInput)
    yes = forms.BooleanField()
    several = forms.MultipleChoiceField(choices=[(1, "a<"), (2, "b&")], widget=forms.CheckboxSelectMultiple)
    one = forms.ChoiceField(choices=[("", "-"), ("1", "x'y")])
    grouped = forms.ChoiceField(choices=[("G", [("1", "x")]), ("2", "z")])
    radio = forms.ChoiceField(choices=[("1", "x")], widget=forms.RadioSelect)
    mail = forms.EmailField()
    number = forms.IntegerField(min_value=1)
    password = forms.CharField(widget=forms.PasswordInput)
    long = forms.CharField(widget=forms.Textarea)
    file = forms.FileField()


@pytest.mark.parametrize("given", [None, {"text": "\"<&'", "several": ["2"], "one": "1", "yes": "on", "hidden": "x", "mail": "q"}])
@pytest.mark.parametrize("name", EveryField.base_fields)
def test_a_field_is_drawn_as_django_draws_it(name, given):
    ours, theirs = (EveryField(given, renderer=renderer)[name] for renderer in (FieldRenderer(), TemplatesSetting()))

    assert str(ours) == str(theirs)
    assert [str(option.tag()) for option in ours] == [str(option.tag()) for option in theirs]


@pytest.mark.django_db
def test_the_token_of_a_page_is_its_own_and_the_one_of_a_kept_part_is_put_in_for_each_reader():
    template = Template('{% csrf_token %}{% kept "a part of this test" %}{% csrf_token %}{% endkept %}{% csrf_token %}')
    for token in ("first", "second"):
        page = template.render(Context({"csrf_token": token}))
        assert page == f'<input type="hidden" name="csrfmiddlewaretoken" value="{token}">' * 3


def test_a_file_is_looked_up_again_where_files_are_stored_otherwise(settings):
    template = Template('{% static "icons.svg" %}')
    before = template.render(Context())
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    settings.STATIC_URL = "/elsewhere/"
    assert template.render(Context()) == "/elsewhere/icons.svg" != before
