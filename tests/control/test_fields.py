"""The owner's pages about fields."""

import pytest

from audit.choices import Deed
from audit.models import AuditLine
from custom_fields.models import ActionField, Field, FieldKind, FieldPlace
from permissions.rights import StoreRight
from permissions.services import grant
from tests.make import fresh, make_action, make_department, make_field, make_store, make_ticket
from tickets.services.fields import write_values

PAGE = "/control/fields/"
GIVEN = {"place": "ticket", "kind": "text", "customer_access": "edits", "label_en": "Order number", "in_forms": "on"}


@pytest.fixture
def owner(browser_of, olga):
    return browser_of(olga)


def text(response):
    return response.content.decode()


def test_an_owner_makes_a_list_in_several_languages(owner, support):
    words = {"option_0_en": "Technical", "option_0_fa": "فنی", "option_1_en": "Financial", "option_0_place": "2", "option_1_place": "1"}

    answer = owner.post(f"{PAGE}new/", GIVEN | words | {"kind": "choice", "label_fa": "نوع پرسش", "departments": [support.pk]})

    field = Field.objects.get()
    assert answer.url == f"{PAGE}#field-{field.pk}"
    assert field.label.localize("fa") == "نوع پرسش"
    assert [option["key"] for option in field.options] == ["financial", "technical"]
    assert field.options[1]["label"] == {"en": "Technical", "fa": "فنی"}
    assert list(field.departments.all()) == [support]
    assert AuditLine.objects.get(deed=Deed.SETTINGS_CHANGED).after["did"] == "made"


def test_the_form_sent_twice_makes_one_field(owner):
    for _time in range(2):
        owner.post(f"{PAGE}new/", GIVEN | {"form_key": "a-key-of-one-form-here"})

    assert Field.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"label_en": ""}, "Write the label in one language at least."),
        ({"kind": "choice"}, "A list needs at least one answer to choose."),
        ({"kind": "secret", "place": "customer"}, "Secrets and files belong to a request"),
        ({"kind": "evil"}, "evil is not one of the available choices"),
        ({"wiped_after_days": "0", "kind": "secret"}, "greater than or equal to 1"),
    ],
)
def test_a_mistake_is_said_beside_its_cause_and_nothing_is_saved(owner, given, words):
    answer = owner.post(f"{PAGE}new/", GIVEN | {"help_en": "As on the invoice"} | given)

    assert answer.status_code == 422
    assert words in text(answer)
    assert "As on the invoice" in text(answer)
    assert not Field.objects.exists()


def test_the_kind_stays_once_somebody_answered(owner, support):
    field = make_field()
    write_values(make_ticket(department=support), {field: "A-17"})

    assert "It is filled in 1 time, so its kind stays" in text(owner.get(f"{PAGE}{field.pk}/"))
    owner.post(f"{PAGE}{field.pk}/", GIVEN | {"kind": "number", "label_en": "Number of the order"})

    assert (fresh(field).kind, str(fresh(field).label)) == (FieldKind.TEXT, "Number of the order")


def test_an_option_that_is_offered_no_more_is_still_read(owner, support):
    field = make_field("Kind", FieldKind.CHOICE, options=["technical", "financial"])
    ticket = make_ticket(department=support)
    write_values(ticket, {field: "technical"})
    given = {"kind": "choice", "label_en": "Kind", "option_0_en": "Technical", "option_0_gone": "on", "option_1_en": "Financial"}

    owner.post(f"{PAGE}{field.pk}/", GIVEN | given)

    assert [(option["key"], option["archived"]) for option in fresh(field).options] == [("technical", True), ("financial", False)]
    assert owner.post(f"{PAGE}{field.pk}/", GIVEN | given | {"option_0_en": ""}).status_code == 422


def test_what_hangs_on_an_answer_cannot_go_round_in_a_circle(owner):
    one = make_field("One", FieldKind.CHOICE, options=["a"])
    other = make_field("Other", FieldKind.CHOICE, options=["b"], shown_when=one, shown_when_values=["a"])
    given = GIVEN | {"kind": "choice", "label_en": "One", "option_0_en": "a"}

    answer = owner.post(f"{PAGE}{one.pk}/", given | {"only_when": [f"{other.pk}:b"]})

    assert answer.status_code == 422
    assert "round in a circle" in text(answer)
    assert fresh(one).shown_when is None


def test_an_owner_is_told_where_a_field_is_used_before_it_goes(owner, support):
    kind = make_field("Kind", FieldKind.CHOICE, options=["technical"])
    make_field("Server", shown_when=kind, shown_when_values=["technical"])
    ticket = make_ticket(department=support)
    write_values(ticket, {kind: "technical"})
    seal = owner.get(f"{PAGE}{kind.pk}/removal/").context["uses"].seal
    ActionField.objects.create(action=make_action(support.workflow.first_status(), "Hand over"), field=kind)

    answer = owner.post(f"{PAGE}{kind.pk}/removal/", {"seal": seal})

    assert answer.status_code == 409
    for words in ("1 ticket holds an answer", "These actions ask for it", "Hand over", "These fields are asked only after", "Server"):
        assert words in text(answer)
    assert fresh(kind).archived_at is None

    owner.post(f"{PAGE}{kind.pk}/removal/", {"seal": answer.context["uses"].seal})
    assert fresh(kind).archived_at
    assert ticket.values.get().option == "technical"

    owner.post(f"{PAGE}{kind.pk}/restoration/")
    assert fresh(kind).archived_at is None


def test_fields_are_moved_by_buttons_and_by_dragging(owner):
    fields = [make_field(label) for label in ("A", "B", "C")]

    owner.post(f"{PAGE}{fields[2].pk}/place/", {"move": "up"})
    owner.post(f"{PAGE}{fields[0].pk}/place/", {"places": "2"})
    owner.post(f"{PAGE}{fields[0].pk}/place/", {"places": "-999999999", "move": "sideways"})

    assert [str(field) for field in Field.objects.kept()] == ["C", "B", "A"]


def test_the_form_is_shown_as_customers_see_it_in_each_language(owner):
    make_field("Kind", FieldKind.CHOICE, options=["technical"])
    staff_only = make_field("Margin", customer_access="none")
    field = make_field("Access", FieldKind.SECRET, wiped_after_days=30)
    field.label.data["fa"] = "دسترسی هاست"
    field.save()

    shown = text(owner.get(PAGE))

    preview = shown[shown.index("As customers see it") :]
    assert "دسترسی هاست" in preview
    assert 'dir="rtl"' in preview
    assert str(staff_only) not in preview


def test_names_of_markup_are_only_words(owner):
    make_field("<script>alert(1)</script>", FieldKind.CHOICE, key="evil", options=["<img src=x>"], help="<b>x</b>")

    for address in (PAGE, f"{PAGE}new/", f"{PAGE}{Field.objects.get().pk}/", f"{PAGE}{Field.objects.get().pk}/removal/"):
        shown = text(owner.get(address))
        assert "<script>alert" not in shown
        assert "<img src=x>" not in shown
        assert "<b>x</b>" not in shown


def test_fields_of_another_store_alone_are_not_there(owner, store):
    other = make_store(name="Another")
    theirs = make_field("Theirs", departments=[make_department("Elsewhere", store=other)])

    assert "Theirs" not in text(owner.get(PAGE))
    for place in ("", "removal/"):
        assert owner.get(f"{PAGE}{theirs.pk}/{place}").status_code == 404
    assert owner.post(f"{PAGE}{theirs.pk}/place/", {"move": "up"}).status_code == 404


def test_departments_of_other_stores_stay_as_they_are(owner, olga, support):
    another = make_store(name="Another")
    grant(olga, StoreRight.CHANGE_SETTINGS, another)
    elsewhere = make_department("Elsewhere", store=another)
    field = make_field(departments=[support, elsewhere])

    owner.post(f"{PAGE}{field.pk}/", GIVEN)

    assert list(field.departments.all()) == [elsewhere]


def test_staff_without_the_right_find_nothing(browser_of, alice):
    assert browser_of(alice).get(PAGE).status_code == 404
    assert browser_of(alice).post(f"{PAGE}new/", GIVEN).status_code == 404


def test_fields_about_actions_are_not_asked_in_forms(owner):
    owner.post(f"{PAGE}new/", GIVEN | {"place": "action"})

    assert (Field.objects.get().place, Field.objects.get().in_forms) == (FieldPlace.ACTION, False)
