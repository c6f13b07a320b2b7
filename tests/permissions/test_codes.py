"""The codes of rights stand twice, in the choices and in the Meta of the models they are given on. Both say the same."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission

from permissions.models import ROWS
from permissions.rights import FOR_ALL, RIGHTS_ON
from permissions.roles import STANDARD


def model_of(kind):
    return ROWS[kind][0]._meta.get_field("content_object").related_model


@pytest.mark.parametrize("kind", RIGHTS_ON)
def test_the_codes_of_the_choices_are_those_of_the_model(kind):
    model = model_of(kind)

    assert model._meta.model_name == kind
    assert model._meta.default_permissions == ()
    assert sorted(code for code, _name in model._meta.permissions) == sorted(RIGHTS_ON[kind].values)


def test_no_other_model_has_permissions_of_ours_and_no_code_stands_on_two():
    given_on = [model_of(kind) for kind in RIGHTS_ON]
    codes = [code for rights in RIGHTS_ON.values() for code in rights.values]
    elsewhere = {code for model in apps.get_models() if model not in given_on for code, _name in model._meta.permissions}

    assert len(codes) == len(set(codes))
    assert not elsewhere & set(codes)
    assert set(ROWS) == set(RIGHTS_ON)


@pytest.mark.parametrize("kind", RIGHTS_ON)
def test_persons_and_teams_are_given_the_same_kind_of_thing(kind):
    to_person, to_team = ROWS[kind]

    assert to_team._meta.get_field("content_object").related_model is model_of(kind)
    assert hasattr(to_person, "user") and hasattr(to_team, "group")


def test_what_stands_for_all_is_a_right_on_workflows_and_stands_for_rights_that_are_given_one_by_one():
    single = {*RIGHTS_ON["status"].values, *RIGHTS_ON["action"].values}

    assert {str(right) for right in FOR_ALL} == single
    assert {str(right) for right in FOR_ALL.values()} == set(RIGHTS_ON["workflow"].values)


def test_standard_roles_hold_only_codes_of_their_kind():
    for _names, _whom, in_department, in_workflow, in_store in STANDARD.values():
        assert {str(code) for code in in_department} <= set(RIGHTS_ON["department"].values)
        assert {str(code) for code in in_workflow} <= set(RIGHTS_ON["workflow"].values)
        assert {str(code) for code in in_store} <= set(RIGHTS_ON["store"].values)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", RIGHTS_ON)
def test_the_database_knows_each_code_once_after_migrating(kind):
    known = Permission.objects.filter(content_type__app_label=model_of(kind)._meta.app_label, content_type__model=kind)

    assert sorted(known.values_list("codename", flat=True)) == sorted(RIGHTS_ON[kind].values)
