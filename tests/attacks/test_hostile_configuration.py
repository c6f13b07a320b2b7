"""A configuration file sets up nothing that the settings' own pages would refuse."""

import pytest

from control.configuration.files import FileIsBroken, read_file
from control.configuration.taking import FileHasFaults, take_configuration
from custom_fields.models import FieldKind
from faq.models import FaqTranslation
from tests.make import fresh, make_department, make_field, make_store, make_ticket, make_workflow
from tickets.services.fields import write_values

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop():
    return make_store(key="shop")


def faults_of(lines):
    with pytest.raises(FileHasFaults) as caught:
        take_configuration(read_file(f"helpdesk: 1\n{lines}".encode()), by=None)
    return {fault.place for fault in caught.value.report.faults}


OF_A_STORE = [
    ("address: desk", "address"),
    ("address: control", "address"),
    ("address: healthz", "address"),
    ("host: testserver", "host"),
    ("host: 'evil host/'", "host"),
    ("colour: 'red;}'", "colour"),
    ("colour: '#ffffff'", "colour"),
    ("languages: 5", "languages"),
    ("languages: [en, {a: 1}]", "languages"),
    ("languages: [fa]", "language"),
    ("time_zone: Nowhere", "time_zone"),
    ("phone_region: '??'", "phone_region"),
    ("number_prefix: '<b>'", "number_prefix"),
    ("retention_months: 0", "retention_months"),
    ("max_files: 0", "max_files"),
]


@pytest.mark.parametrize(("line", "place"), OF_A_STORE)
def test_a_store_stays_one_that_can_be_reached_and_read(shop, line, place):
    assert faults_of(f"stores: [{{key: shop, is_default: true, {line}}}]") == {f"stores.shop.{place}"}


@pytest.mark.parametrize("where", ["key: desk", "key: other, address: control", "key: other, address: shop"])
def test_a_new_store_takes_no_place_of_the_product_or_of_another(shop, where):
    make_store(name="Under a word", key="under", address="shop")

    assert len(faults_of(f"stores: [{{{where}, name: {{en: Other}}}}]")) == 1


OF_OTHERS = [
    "portal_links: [{store: shop, url: 'ftp://x.example/', label: {en: x}}]",
    "block_rules: [{store: shop, kind: word, value: '!'}]",
    "block_rules: [{store: shop, kind: address, value: 0.0.0.0/0}]",
    "block_rules: [{store: shop, kind: sender, value: Spam.Example}]",
    "information_pages: [{store: shop, key: p, address: about, title: {en: A}, body: abc}]",
    "information_pages: [{store: shop, key: p, address: about, title: {en: A}, body: {en: 5}}]",
    "information_pages: [{store: shop, key: p, address: admin, title: {en: A}, body: {en: a}}]",
    "action_texts: [{key: t, name: T, subject: {en: a}, body: {en: '{ticket.customer.user.password}'}, sms: {en: a}}]",
    "event_texts: [{store: shop, template: staff_replied, subject: {en: a}, body: {en: '{evil}'}, sms: {en: a}}]",
    "fields: [{key: f, label: {en: F}, kind: choice, options: 5}]",
    "fields: [{key: f, label: {en: F}, kind: choice, options: [5]}]",
    "fields: [{key: f, label: {en: F}, kind: choice, options: [{key: a, label: x}]}]",
    "fields: [{key: f, label: {en: F}, kind: choice, options: [{key: a, label: {en: x}}, {key: a, label: {en: y}}]}]",
    "fields: [{key: f, label: {en: F}, kind: choice}]",
    "fields: [{key: f, label: {en: F}, shown_when_values: 5}]",
    "fields: [{key: f, label: {en: F}, place: customer, kind: secret}]",
    "fields: [{key: f, label: {en: F}, shown_when: f, shown_when_values: [x]}]",
    "departments: [{key: d, name: {en: D}, workflow: flow, stores: [shop], switches: 5}]",
    "departments: [{key: d, name: {en: D}, workflow: flow, stores: [shop], switches: [evil]}]",
    "departments: [{key: d, name: {en: D}, workflow: flow, stores: [shop], form_published: true}]",
]


@pytest.mark.parametrize("lines", OF_OTHERS)
def test_what_no_page_would_save_no_file_does(shop, lines):
    workflow = make_workflow("Flow")
    workflow.key = "flow"
    workflow.save()

    assert len(faults_of(lines)) == 1


@pytest.mark.parametrize(
    "value",
    [".nan", ".inf", "1.0e+999", "0x" + "f" * 5000, "'a\\0b'", '"a\\0b"', "!!binary aGVsbG8=", "!!set {a}", "!!timestamp 2026-01-01"],
)
def test_values_that_no_database_keeps_are_refused_in_words(value):
    with pytest.raises(FileIsBroken):
        read_file(f"helpdesk: 1\nstores: [{{key: shop, hue: {value}}}]".encode()) if value != "'a\\0b'" else read_file(
            b"helpdesk: 1\nstores: [{key: shop, name: {en: 'a\x00b'}}]"
        )


def test_a_field_that_is_filled_in_keeps_its_kind(shop):
    field, ticket = make_field(kind=FieldKind.TEXT, key="order"), make_ticket()
    write_values(ticket, {field: "4711"})

    assert faults_of("fields: [{key: order, label: {en: Order}, kind: secret}]") == {"fields.order.kind"}
    assert fresh(field).kind == FieldKind.TEXT


def test_a_department_with_tickets_changes_its_workflow_only_where_somebody_says_where_they_go(shop):
    support, other = make_department("Support", store=shop, key="support"), make_workflow("Other")
    other.key = "other"
    other.save()
    make_ticket(department=support)

    assert faults_of("departments: [{key: support, workflow: other}]") == {"departments.support.workflow"}


def test_the_html_of_an_answer_is_sanitised_like_a_letter(shop):
    words = "{en: {question: Q, html: '<p>Well</p><script>alert(1)</script><img src=x onerror=alert(1)>'}}"

    take_configuration(read_file(f"helpdesk: 1\nquestions: [{{key: q, stores: [shop], words: {words}}}]".encode()), by=None)

    answer = FaqTranslation.objects.get().answer
    assert "Well" in answer
    assert not any(evil in answer for evil in ("script", "onerror", "src=x"))
