from datetime import date

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from common.fields import EmailOrPhoneField, FilesField, JalaliDateField, LineField, LongTextField, PhoneField, WholeNumberField
from common.moments import reading_as
from common.uploads import UploadLimits


def error(field, value):
    with pytest.raises(forms.ValidationError) as refusal:
        field.clean(value)
    return refusal.value.messages[0]


def test_a_line_is_cleaned_before_it_is_measured():
    assert LineField(limit=5).clean("  a\r\nb\x00  ") == "a b"
    assert LineField(limit=5, required=False).clean(None) == ""


def test_too_long_a_text_is_told_by_how_much():
    assert error(LineField(limit=5), "x" * 6) == "This is 1 character too long; at most 5 fit."
    assert error(LongTextField(limit=1000), "x" * 2500) == "This is 1,500 characters too long; at most 1,000 fit."


@pytest.mark.parametrize("value", ["", None, "   ", "\u200c", "\x00", "\r\n"])
def test_nothing_to_read_is_a_missing_value(value):
    assert error(LineField(limit=5), value) == error(LongTextField(limit=5), value) == "This field is required."


def test_a_long_text_keeps_its_lines():
    assert LongTextField(limit=50).clean("a\r\n\r\n  b") == "a\n\n  b"


def test_a_phone_takes_its_region_from_the_store():
    assert PhoneField(region="PL").clean("600 100 200") == "+48600100200"
    assert PhoneField(region="IR").clean("۰۹۱۲ ۳۴۵ ۶۷۸۹") == "+989123456789"
    assert PhoneField(required=False).clean("") == ""
    assert "cannot be right" in error(PhoneField(region="IR"), "600")
    assert "mobile" in error(PhoneField(region="IR", mobile=True), "021 8888 1234")
    assert 'dir="ltr"' in PhoneField().widget.render("phone", "", PhoneField().widget_attrs(forms.TextInput()))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Kasia@Mail.Example", "Kasia@mail.example"),
        (" kasia@mail.example ", "kasia@mail.example"),
        ("۰۹۱۲۳۴۵۶۷۸۹", "+989123456789"),
        ("+48 600 100 200", "+48600100200"),
    ],
)
def test_an_address_or_a_number_in_one_field(typed, kept):
    assert EmailOrPhoneField(region="IR").clean(typed) == kept


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("kasia", "Write an e-mail address or a mobile number."),
        ("kasia@", "not complete"),
        ("a@b.example, c@d.example", "not complete"),
        ('"x" <evil@d.example>', "not complete"),
        ("a@b.example\r\nBcc: v@y.example", "not complete"),
        ("x" * 250 + "@mail.example", "not complete"),
        ("0912", "cannot be right"),
        ("021 8888 1234", "landline"),
    ],
)
def test_each_mistake_in_it_has_its_words(typed, words):
    assert words in error(EmailOrPhoneField(region="IR"), typed)


def test_a_date_is_taken_in_either_calendar_and_shown_in_the_readers():
    field = JalaliDateField()
    assert field.clean("۱۴۰۵/۰۹/۰۱") == field.clean("2026-11-22") == field.clean("22.11.2026") == date(2026, 11, 22)
    for language, shown in [("fa", "۱۴۰۵/۰۹/۰۱"), ("en", "2026-11-22"), ("pl", "22.11.2026"), ("ru", "22.11.2026")]:
        with reading_as(language=language):
            assert field.prepare_value(date(2026, 11, 22)) == shown
            assert field.clean(shown) == date(2026, 11, 22)
    with reading_as(language="pl", calendar="jalali"):
        assert field.prepare_value(date(2026, 11, 22)) == "1405/09/01"
    assert field.prepare_value("1405/9/") == "1405/9/"


def test_a_date_out_of_range_names_the_border():
    field = JalaliDateField(earliest=date(2026, 11, 22), latest=date(2026, 12, 31))
    assert error(field, "1405/08/30") == "The earliest day that can be chosen is Sunday, 22 November 2026."
    assert error(field, "2027-01-01") == "The latest day that can be chosen is Thursday, 31 December 2026."
    assert "no such day" in error(field, "1404/12/30")
    assert "not a date" in error(field, "soon" * 1000)


def test_a_date_that_was_only_written_otherwise_has_not_changed():
    field = JalaliDateField(required=False)
    assert not field.has_changed(date(2026, 11, 22), "۱۴۰۵/۰۹/۰۱")
    assert field.has_changed(date(2026, 11, 22), "۱۴۰۵/۰۹/۰۲")
    assert field.has_changed(date(2026, 11, 22), "soon")
    assert field.clean(" ") is None


def test_a_whole_number_in_any_digits():
    assert WholeNumberField(min_value=1).clean("۱۲") == 12
    error(WholeNumberField(), "1.5")
    error(WholeNumberField(max_value=5), "۶")


class Files(forms.Form):
    files = FilesField(required=False, limits=UploadLimits(max_files=2))


def sent(*files):
    return Files({}, MultiValueDict({"files": [SimpleUploadedFile(name, content) for name, content in files]}))


def test_several_files_become_checked_files():
    form = sent(("a.txt", b"one"), ("b.pdf", b"%PDF-1.7"))
    assert form.is_valid()
    assert [(checked.name, checked.content_type) for checked in form.cleaned_data["files"]] == [
        ("a.txt", "text/plain"),
        ("b.pdf", "application/pdf"),
    ]


def test_no_file_is_an_empty_list_and_a_wrong_one_is_named():
    nothing = sent()
    assert nothing.is_valid()
    assert nothing.cleaned_data["files"] == []
    assert "b.exe" in sent(("a.txt", b"x"), ("b.exe", b"MZ")).errors["files"][0]
    assert "3 files" in sent(*[(f"{n}.txt", b"x") for n in range(3)]).errors["files"][0]
    assert "empty" in sent(("a.txt", b"")).errors["files"][0]
