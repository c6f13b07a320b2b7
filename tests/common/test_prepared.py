"""A prepared query gives what its queryset would give, with other values each time."""

from datetime import timedelta

import pytest
from django.db import connection, models
from django.db.models import Exists, F, OuterRef
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from common import prepared
from common.prepared import Prepared
from departments.models import Department
from faq.models import FaqEntry, FaqTranslation
from stores.models import Store
from tests.make import make_department, make_store

pytestmark = pytest.mark.django_db


def by_name_and_store(name, store):
    offered = Store.objects.filter(departments=OuterRef("pk"), pk=store)
    return Department.objects.filter(key=name).annotate(is_offered=Exists(offered)).select_related("workflow").order_by("pk")


def facts(departments):
    return [(row, str(row.name), row.is_offered, row.workflow) for row in departments]


def test_rows_are_the_same_with_every_value():
    store, other = make_store(), make_store(key="other")
    departments = [make_department("Support", store=store), make_department("Sales", store=other)]
    ask = Prepared(by_name_and_store)

    for department in departments:
        for one in (store, other):
            values = {"name": department.key, "store": one.pk}
            assert facts(ask(**values)) == facts(by_name_and_store(**values))
            assert len(ask(**values)) == 1
    assert ask(name="unknown", store=store.pk) == []


def test_lists_unions_and_prefetched_parts_work():
    store = make_store()
    one, two, three = (FaqEntry.objects.create() for _entry in range(3))
    for entry in (one, two, three):
        FaqTranslation.objects.create(entry=entry, language="en", question=f"Question {entry.pk}")
    with_words = Prepared(lambda first, second: FaqEntry.objects.filter(pk__in=[first, second]).with_words().order_by("pk"))
    both = Prepared(
        lambda first, store: (
            FaqEntry.objects.filter(pk=first)
            .order_by()
            .values_list("pk", "position")
            .union(Store.objects.filter(pk=store).annotate(position=models.Value(7)).values_list("pk", "position"), all=True)
        )
    )

    with CaptureQueriesContext(connection) as queries:
        assert [str(entry) for entry in with_words(first=one.pk, second=three.pk)] == [f"Question {one.pk}", f"Question {three.pk}"]
    assert len(queries) == 2
    assert [str(entry) for entry in with_words(first=two.pk, second=two.pk)] == [f"Question {two.pk}"]
    assert sorted(both(first=one.pk, store=store.pk), key=lambda row: row[1]) == [(one.pk, 0), (store.pk, 7)]


def test_a_row_is_whole_for_whoever_goes_on_with_it():
    store = make_store()
    department = make_department("Support", store=store)
    [row] = Prepared(lambda pk: Department.objects.filter(pk=pk).select_related("workflow").only("key", "workflow__key"))(pk=department.pk)

    assert (row, row._state.adding, row._state.db) == (department, False, "default")
    assert row.get_deferred_fields() == Department.objects.only("key", "workflow").get(pk=department.pk).get_deferred_fields()
    assert str(row.name) == "Support"  # read when it is needed
    row.icon = "star"
    row.save(update_fields=["icon"])
    row.workflow.refresh_from_db()
    assert (Department.objects.get().icon, row.workflow) == ("star", department.workflow)


def test_who_has_a_say_in_how_rows_are_made_is_asked(monkeypatch):
    department = make_department("Support", store=make_store())
    heard = []

    def hear(instance, **_more):
        heard.append(instance)

    models.signals.post_init.connect(hear, sender=Department)
    try:
        assert Prepared(lambda pk: Department.objects.filter(pk=pk))(pk=department.pk) == heard == [department]
    finally:
        models.signals.post_init.disconnect(hear, sender=Department)


def test_the_present_moment_is_that_of_the_call(monkeypatch):
    entry = FaqEntry.objects.create(created_at=timezone.now())
    younger = Prepared(lambda pk: FaqEntry.objects.filter(pk=pk, created_at__gt=prepared.now() - timedelta(0)))
    older = Prepared(lambda pk: FaqEntry.objects.filter(pk=pk, created_at__lt=prepared.now()))
    assert younger(pk=entry.pk) == []
    assert older(pk=entry.pk) == [entry]

    real = timezone.now
    monkeypatch.setattr(timezone, "now", lambda: real() - timedelta(hours=1))
    assert younger(pk=entry.pk) == [entry]
    assert older(pk=entry.pk) == []


def test_moments_are_values_too():
    moment = timezone.now()
    entry = FaqEntry.objects.create(created_at=moment)
    ask = Prepared(lambda at: FaqEntry.objects.filter(created_at=at))

    assert ask(at=moment) == [entry]
    assert ask(at=moment + timedelta(microseconds=1)) == []


@pytest.mark.parametrize("value", [None, True, 1.5, [1]])
def test_other_values_are_refused(value):
    with pytest.raises(TypeError):
        Prepared(lambda pk: FaqEntry.objects.filter(pk=pk))(pk=value)


def test_a_value_that_decides_inside_is_noticed():
    with pytest.raises(ValueError, match="position"):
        Prepared(lambda pk, position: FaqEntry.objects.filter(pk=pk) if position else FaqEntry.objects.none())(pk=1, position=1)


def test_rows_may_be_changed_and_a_second_asking_sees_it():
    entry = FaqEntry.objects.create()
    ask = Prepared(lambda pk: FaqEntry.objects.filter(pk=pk))
    found = ask(pk=entry.pk)[0]
    FaqEntry.objects.filter(pk=entry.pk).update(reads=F("reads") + 2)

    assert ask(pk=entry.pk)[0].reads == 2
    assert found.reads == 0
