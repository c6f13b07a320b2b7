import pytest

from permissions.rights import RoleKey
from permissions.services import grant_role
from tests.make import fresh, make_department, make_person, make_store, make_ticket
from tickets.models import ReplyTemplate
from tickets.services.reply_templates import write_reply_template


def typed(department=None, **words):
    return {"department": department.pk if department else "", **words}


def offered(department):
    return [str(template) for template in ReplyTemplate.objects.offered_to(make_person(), make_ticket(department=department))]


def test_a_new_prepared_answer_is_offered_in_the_tickets_of_its_department(as_olga, browser_of, alice, support, sales):
    grant_role(alice, sales, RoleKey.SUPPORTER)
    as_olga.post("/control/answers/new/", typed(support, line_en="Ask for the label", text_en="Hello,\n\nplease send the label."))
    desk = browser_of(alice)

    def menu(department):
        return desk.get(f"/desk/tickets/{make_ticket(department=department).number}/answers/").content.decode()

    assert "Ask for the label" in menu(support)
    assert "Ask for the label" not in menu(sales)
    assert str(ReplyTemplate.objects.get().text) == "Hello,\n\nplease send the label."


def test_one_for_all_departments_follows_a_departments_own(as_olga, support, sales):
    as_olga.post("/control/answers/new/", typed(line_en="Greeting", text_en="Hello."))
    as_olga.post("/control/answers/new/", typed(support, line_en="Label", text_en="The label, please."))

    assert offered(support) == ["Label", "Greeting"]
    assert offered(sales) == ["Greeting"]


def test_editing_shows_every_language_and_forgets_the_emptied_one(as_olga, store):
    template = write_reply_template(words={"en": ("Greeting", "Hello."), "pl": ("Powitanie", "Dzień dobry.")})
    address = f"/control/answers/{template.pk}/"

    page = as_olga.get(address).content.decode()
    as_olga.post(address, typed(line_en="Greeting", text_en="Good day.", line_fa="درود", text_fa="سلام."))

    assert "Dzień dobry." in page
    assert fresh(template).words == {"en": ("Greeting", "Good day."), "fa": ("درود", "سلام.")}


def test_one_that_was_stored_as_plain_text_can_be_edited(as_olga, support):
    template = ReplyTemplate.objects.create(title="Greeting", text="Hello.", department=support)

    page = as_olga.get(f"/control/answers/{template.pk}/").content.decode()

    assert 'value="Greeting"' in page
    assert "Hello.</textarea>" in page


@pytest.mark.parametrize(("words", "wrong"), [({}, "line_en"), ({"line_ru": "Привет"}, "text_ru"), ({"text_en": "Hello."}, "line_en")])
def test_mistakes_keep_what_was_typed(as_olga, words, wrong):
    response = as_olga.post("/control/answers/new/", typed(**words))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [wrong]
    assert all(text in response.content.decode() for text in words.values())
    assert not ReplyTemplate.objects.exists()


def test_up_and_down_change_the_order_staff_see(as_olga, support):
    for title in ("One", "Two", "Three"):
        last = write_reply_template(words={"en": (title, "Text.")}, department=support)

    as_olga.post(f"/control/answers/{last.pk}/place/", {"move": "up"})

    assert offered(support) == ["One", "Three", "Two"]


def test_deleting_asks_first(as_olga, support):
    template = write_reply_template(words={"en": ("Greeting", "Hello.")}, department=support)
    address = f"/control/answers/{template.pk}/removal/"

    assert "Delete this prepared answer?" in as_olga.get(address).content.decode()
    assert offered(support) == ["Greeting"]
    as_olga.post(address)
    assert offered(support) == []


@pytest.mark.parametrize("part", ["", "place/", "removal/"])
def test_a_prepared_answer_of_another_stores_department_does_not_exist_here(as_olga, part):
    elsewhere = make_department("Elsewhere", store=make_store())
    template = write_reply_template(words={"en": ("Foreign", "Hello.")}, department=elsewhere)

    assert as_olga.post(f"/control/answers/{template.pk}/{part}", typed(line_en="Mine", text_en="Mine")).status_code == 404
    assert offered(elsewhere) == ["Foreign"]
    assert "Foreign" not in as_olga.get("/control/answers/").content.decode()
