"""What a prepared answer does besides its words, set by an owner."""

import pytest

from audit.models import AuditLine
from custom_fields.models import FieldKind
from tests.make import make_department, make_field, make_person
from tickets.models import Macro, ReplyTemplate

pytestmark = pytest.mark.django_db
NOTHING = {"status": "", "gives": "", "person": "", "team": "", "priority": "", "tags": ""}


@pytest.fixture
def answer(store):
    return ReplyTemplate.objects.create(title="Repaired", text="It is repaired.")


def test_an_owner_says_what_it_does_and_takes_it_away_again(as_olga, store, answer):
    support = make_department("Support", store=store)
    field = make_field("Fault", FieldKind.CHOICE, options=["noise", "leak"], departments=[support])
    closed = support.workflow.statuses.get(kind="closed")
    address = f"/control/answers/{answer.pk}/macro/"
    assert as_olga.get(address).status_code == 200

    given = {"status": closed.pk, "gives": "doer", "priority": "40", "tags": "repair, workshop", f"value_{field.pk}": "noise"}
    as_olga.post(address, NOTHING | given)

    macro = Macro.objects.get(template=answer)
    assert (macro.status, macro.gives, macro.priority, macro.tags) == (closed, "doer", 40, ["repair", "workshop"])
    assert macro.values == {str(field.pk): "noise"}
    assert AuditLine.objects.filter(deed="settings_changed").exists()
    as_olga.post(address, NOTHING)
    assert not Macro.objects.exists()


@pytest.mark.parametrize(("given", "field"), [({"gives": "person"}, "person"), ({"gives": "team"}, "team"), ({"tags": "x" * 60}, "tags")])
def test_mistakes_are_said_at_their_field(as_olga, answer, given, field):
    refused = as_olga.post(f"/control/answers/{answer.pk}/macro/", NOTHING | given)

    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == [field]
    assert not Macro.objects.exists()


def test_others_find_no_such_page(client, answer):
    client.force_login(make_person("Alice", is_staff=True))

    assert client.get(f"/control/answers/{answer.pk}/macro/").status_code in (403, 404)
