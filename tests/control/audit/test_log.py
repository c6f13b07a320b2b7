"""The audit log as its readers see it: who comes in, what stands there, in whose words, narrowed how, at what cost."""

from datetime import date, datetime, timedelta

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from audit.choices import Deed
from audit.log import acting_from, note
from audit.models import AuditLine
from common.moments import reading_as
from control.audit.asked import GROUPS
from control.audit.reading import story_of
from control.audit.words import ICONS, Teller
from permissions.rights import DepartmentRight, RoleKey, StoreRight
from permissions.roles import standard_role
from permissions.services import change_role, grant, grant_role, withdraw
from stores.services import change_settings
from tests.control.audit.test_export import rows_of
from tests.make import make_customer, make_department, make_person, make_staff, make_store, make_ticket
from tickets.services.deleting import delete_ticket
from tickets.services.revealing import reveal_customer

pytestmark = pytest.mark.django_db
LOG = "/control/audit/"


@pytest.fixture
def store():
    return make_store()


@pytest.fixture
def support(store):
    return make_department("Support", store=store)


@pytest.fixture
def olga(store):
    olga = make_staff("Olga", language="en")
    grant(olga, StoreRight.VIEW_AUDIT, store)
    return olga


@pytest.fixture
def dan(support):
    return make_staff("Dan", sees_customers=False)


def told(line, reader, language="en"):
    with reading_as(language=language):
        return Teller(reader).tell(line).replace("\u2068", "").replace("\u2069", "")


def last(deed):
    return AuditLine.objects.filter(deed=deed).latest("pk")


def shown(client, query=""):
    page = client.get(f"{LOG}{query}")
    assert page.status_code == 200
    return [row.line for _day, rows in page.context["days"] for row in rows]


# --- Who comes in -------------------------------------------------------------------------------


def test_only_who_holds_the_right_finds_the_log(client, olga, dan):
    for person, status in ((olga, 200), (dan, 404), (make_customer().user, 404), (make_staff("Root", is_superuser=True), 404)):
        client.force_login(person)
        assert client.get(LOG).status_code == status
        assert client.post(f"{LOG}export/").status_code == status


def test_with_the_right_in_one_of_two_stores_one_reads_that_store_and_oneself(client, olga, store, dan):
    other = make_store(name="Other")
    mine = note(Deed.SETTINGS_CHANGED, by=dan, on=store)
    foreign = note(Deed.SETTINGS_CHANGED, by=dan, on=other)
    of_nobody = note(Deed.SIGNED_IN, by=dan, on=dan)
    own = note(Deed.SIGNED_IN, by=olga, on=olga)
    client.force_login(olga)
    assert shown(client) == [own, mine]

    grant(olga, StoreRight.VIEW_AUDIT, other)
    assert {foreign, of_nobody, mine, own} < set(shown(client))


# --- What stands there --------------------------------------------------------------------------


def test_a_grant_is_a_sentence_with_its_end(olga, dan, support):
    until = timezone.make_aware(datetime(2031, 3, 3, 12))
    grant(dan, DepartmentRight.REPLY, support, by=olga, ends_at=until)
    assert told(last(Deed.GRANTED), olga) == "Olga gave Dan: answer (Support), until Mon 3 Mar 2031, 12:00"


def test_a_withdrawal_and_a_role_are_sentences(olga, dan, support):
    grant_role(dan, support, RoleKey.OBSERVER, by=olga)
    assert told(last(Deed.GRANTED), olga) == "Olga gave Dan the role Observer: Support"
    withdraw(dan, DepartmentRight.NOTE, support, by=olga)
    assert told(last(Deed.WITHDRAWN), olga) == "Olga took from Dan: write notes (Support)"
    change_role(standard_role(RoleKey.OBSERVER), by=olga, department_rights=["view_tickets"])
    assert told(last(Deed.ROLE_CHANGED), olga).startswith("Olga changed the role Observer, which 1 has")


def test_many_rights_are_cut_in_the_sentence_and_whole_in_the_details(olga, dan, support):
    for right in list(DepartmentRight):
        grant(dan, right, support)
    facts = [{"right": str(right), "on": "department", "id": 1, "name": "Support"} for right in DepartmentRight]
    line = note(Deed.GRANTED, by=olga, on=dan, after={"rights": facts})
    assert told(line, olga) == "Olga gave Dan: see tickets, answer, write notes, 9 more (Support)"
    ((_what, _before, after),) = Teller(olga).told([line])[0].rows
    assert all(str(right.label) in after for right in DepartmentRight)


def test_every_deed_has_a_sentence_in_every_language_even_without_any_fact(olga, dan):
    for deed in Deed:
        line = note(deed, by=olga, on=dan)
        for language in ("en", "fa", "pl", "ru"):
            assert "Dan" in told(line, olga, language) or "Olga" in told(line, olga, language)
        assert deed in ICONS
    assert {deed for _words, deeds in GROUPS.values() for deed in deeds} == set(Deed)


def test_settings_are_told_by_their_labels_before_and_after(olga, store):
    change_settings(store, {"language": "fa", "visitors_may_open": False, "captcha_private_key": "hidden"}, by=olga)
    row = Teller(olga).told([last(Deed.SETTINGS_CHANGED)])[0]
    assert sorted(row.rows) == [
        ("First language", "English", "فارسی"),
        ("Secret key", "", "changed, the value is not kept"),
        ("Visitors may write without an account", "yes", "no"),
    ]


def test_long_texts_are_shown_from_where_they_part(olga, store):
    before, after = "a" * 900 + "old", "a" * 900 + "new"
    line = note(Deed.SETTINGS_CHANGED, by=olga, on=store, before={"text:en": before}, after={"text:en": after, "did": "changed"})
    ((what, old, new),) = Teller(olga).told([line])[0].rows
    assert (what.replace("\u2068", "").replace("\u2069", ""), old, new) == (
        "Text (English)",
        "…" + "a" * 40 + "old",
        "…" + "a" * 40 + "new",
    )


def test_a_name_of_another_direction_is_isolated(client, olga):
    note(Deed.SIGNED_OUT, by=make_person("نگار رضایی"))
    client.force_login(olga)
    assert "\u2068نگار رضایی\u2069 signed out" in client.get(LOG).content.decode()


def test_names_reasons_and_addresses_stay_words_on_the_page(client, olga, dan):
    """A-46, A-47: whatever stands in a line is escaped."""
    attack = "<script>alert(1)</script>"
    with acting_from("192.0.2.9"):
        line = note(Deed.REVEALED, by=make_person(attack), name=attack, reason=attack, after={"field": attack, attack: attack})
    client.force_login(olga)
    page = client.get(LOG).content.decode()
    assert attack not in page
    assert page.count("&lt;script&gt;") >= 4
    assert "192.0.2.9" in page and f'id="line-{line.pk}"' in page


def test_customers_have_no_name_for_who_may_not_know_them(client, store):
    reader = make_staff("Reader", sees_customers=False)
    grant(reader, StoreRight.VIEW_AUDIT, store)
    line = note(Deed.REVEALED, by=reader, on=make_customer("Kasia Nowak"), before={"field": "kasia@mail.example"})
    client.force_login(reader)
    page = client.get(f"{LOG}?thing=customer-{line.subject_id}").content.decode()
    assert "a customer" in page
    assert "Kasia" not in page and "kasia@" not in page
    assert shown(client, "?q=Kasia") == []
    assert line in shown(client, "?q=Reader")

    grant(reader, StoreRight.VIEW_CUSTOMERS, store)
    assert shown(client, "?q=Kasia") == [line]
    assert "Kasia Nowak" in client.get(LOG).content.decode()


# --- What is asked for --------------------------------------------------------------------------


def test_the_list_is_narrowed_by_person_deed_thing_day_and_words(client, olga, dan, store, support):
    old = AuditLine.objects.create(deed=Deed.SIGNED_IN, actor=dan, actor_name="Dan", created_at=timezone.now() - timedelta(days=40))
    change = note(Deed.SETTINGS_CHANGED, by=dan, on=store)
    granted = note(Deed.GRANTED, by=olga, on=dan)
    client.force_login(olga)

    assert shown(client, f"?person={dan.pk}") == [change, old]
    assert shown(client, "?deed=settings") == [change]
    assert shown(client, "?deed=signed_in") == [old]
    assert shown(client, f"?thing=user-{dan.pk}&person={olga.pk}") == [granted]
    assert shown(client, "?thing=store") == [change]
    assert old not in shown(client, f"?since={(timezone.now() - timedelta(days=30)).date().isoformat()}")
    assert shown(client, f"?until={(timezone.now() - timedelta(days=30)).date().isoformat()}") == [old]
    assert shown(client, "?q=narv") == [change]
    assert shown(client, "?person=999999999&deed=nothing&thing=<b>&since=&q=") == shown(client)


def test_a_day_is_read_in_either_calendar_and_a_wrong_one_is_said_beside_its_field(client, olga):
    client.force_login(olga)
    assert client.get(f"{LOG}?since=۱۴۰۴/۰۱/۰۱").context["asked"].since.day == date(2025, 3, 21)
    page = client.get(f"{LOG}?since=32.13.2025")
    assert page.context["asked"].since.error
    assert 'value="32.13.2025"' in page.content.decode()
    assert client.post(f"{LOG}export/", {"since": "32.13.2025"}).status_code == 302


def test_pages_cost_the_same_with_one_line_and_with_many(client, olga, dan, store, django_assert_max_num_queries):
    client.force_login(olga)
    for number in range(120):
        note(Deed.REVEALED if number % 2 else Deed.SETTINGS_CHANGED, by=dan, on=make_customer("K", account=False) if number < 4 else store)
    first = client.get(LOG)
    with django_assert_max_num_queries(12):
        second = client.get(f"{LOG}{first.context['page'].next_url}")
    assert len(first.context["page"].rows) == len(second.context["page"].rows) == 50
    assert not set(first.context["page"].rows) & set(second.context["page"].rows)


def test_the_last_changes_of_one_person_are_told_in_the_same_words(olga, dan, support, store):
    grant(olga, StoreRight.GRANT_RIGHTS, store)
    grant(dan, DepartmentRight.REPLY, support, by=olga)
    note(Deed.SIGNED_IN, by=dan, on=dan)
    (row,) = story_of(dan, reader=olga).lines
    assert row.sentence.replace("\u2068", "").replace("\u2069", "") == "Olga gave Dan: answer (Support)"


def test_who_gives_rights_in_one_of_two_stores_reads_of_a_person_what_they_did_themselves(olga, dan, support, store):
    grant(olga, StoreRight.GRANT_RIGHTS, store)
    grant(dan, DepartmentRight.REPLY, support, by=olga)
    grant(dan, DepartmentRight.NOTE, support)
    assert len(story_of(dan, reader=olga).lines) == 2
    make_store(name="Other")
    assert [row.line.actor for row in story_of(dan, reader=olga).lines] == [olga]


def test_the_last_changes_lead_readers_of_the_log_to_the_whole_story(dan, support, store):
    granter = make_staff("Olga")
    grant(granter, StoreRight.GRANT_RIGHTS, store)
    grant(dan, DepartmentRight.REPLY, support, by=granter)

    def drawn():
        return render_to_string("control/audit/_last.html", {"story": story_of(dan, reader=granter)})

    assert "Olga\u2069 gave" in drawn()
    assert "?thing=" not in drawn()
    grant(granter, StoreRight.VIEW_AUDIT, store)
    assert f"?thing=user-{dan.pk}" in drawn()


def test_a_reveal_names_the_ticket_and_a_removal_its_number(olga, dan):
    revealed = note(Deed.REVEALED, by=dan, on=make_customer("Kasia"), name="#1", after={"ticket": "481902", "until": None})
    removed = note(Deed.TICKET_DELETED, name="481902", after={"for_good": True, "files": 2})
    assert told(revealed, olga) == "Dan looked at the hidden customer data of ticket 481902"
    assert told(removed, olga) == "Ticket 481902 was removed for good, its time to be restored was over"


def test_who_reads_the_log_and_sets_nothing_up_finds_the_way_there_from_the_desk(client, store):
    manager = make_staff("Manager")
    grant(manager, StoreRight.VIEW_AUDIT, store)
    client.force_login(manager)
    assert f'href="{LOG}"' in client.get("/desk/").content.decode()
    page = client.get(LOG).content.decode()
    assert f'href="{LOG}"' in page
    assert 'href="/control/faq/"' not in page


def test_reasons_name_no_customer_to_whoever_may_not_know_them(client, store, support, dan):
    kasia = make_customer("Kasia Nowak")
    ticket = make_ticket(department=support, customer=kasia)
    gone = make_ticket(department=support, customer=kasia)
    delete_ticket(ticket, by=dan, reason="Kasia Nowak wrote twice")
    delete_ticket(gone, by=dan, reason="Nowak asked for it")
    reveal_customer(make_ticket(department=support, customer=kasia), reason="Mrs Nowak is on the phone", by=dan)
    gone.delete()
    reader = make_staff("Vera", sees_customers=False)
    grant(reader, StoreRight.VIEW_AUDIT, store)
    client.force_login(reader)

    log = client.get(LOG).content.decode()
    file = "".join(map(",".join, rows_of(client.post(f"{LOG}export/"))))

    for told in (log, file):
        assert "wrote twice" in told and "is on the phone" in told
        assert "Nowak" not in told and "Kasia" not in told

    grant(reader, StoreRight.VIEW_CUSTOMERS, store)
    log = client.get(LOG).content.decode()
    assert "Kasia Nowak wrote twice" in log and "Nowak asked for it" in log and "Mrs Nowak is on the phone" in log
