import pytest
from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory

from common import error_pages
from common.errors import Conflict, DeskError, TooManyRequests
from common.middleware import CalmErrorsMiddleware, RequestIdMiddleware
from common.references import current_reference

pytestmark = pytest.mark.urls("tests.common.urls")


@pytest.fixture
def visitor(client, settings):
    """A browser before which only our own middlewares stand, so that no page here needs a store."""
    settings.MIDDLEWARE = ["common.middleware.RequestIdMiddleware", "common.middleware.CalmErrorsMiddleware"]
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize(
    ("how", "status", "words"),
    [
        ("desk", 400, "The grinder &lt;b&gt; is away."),
        ("conflict", 409, "This was changed meanwhile"),
        ("hasty", 429, "Please wait a little"),
        ("forbidden", 403, "belongs to others"),
        ("missing", 404, "may be mistyped"),
        ("bad", 400, "reload the page"),
        ("heavy", 413, "larger together"),
        ("many", 413, "larger together"),
        ("broken", 500, "not your fault"),
    ],
)
def test_whatever_goes_wrong_is_a_calm_page_with_a_reference(visitor, how, status, words):
    response = visitor.get(f"/wrong/{how}")
    page = response.content.decode()
    assert response.status_code == status
    assert words in page
    assert response.headers["X-Request-Id"] in page
    assert response.headers["Cache-Control"] == "no-store"
    assert "hunter2" not in page
    assert "Traceback" not in page


def test_a_missing_address_is_the_same_calm_page(visitor):
    assert "There is nothing here" in visitor.get("/nowhere").content.decode()


def test_who_was_too_quick_is_told_how_long_to_wait(visitor):
    assert visitor.get("/wrong/hasty").headers["Retry-After"] == "7"


def test_the_page_is_in_the_language_of_the_browser_when_nobody_knows_better(visitor):
    page = visitor.get("/wrong/broken", headers={"accept-language": "fa"}).content.decode()
    assert 'lang="fa"' in page
    assert 'dir="rtl"' in page


def test_the_error_page_needs_neither_templates_nor_database(visitor, monkeypatch):
    def gone(*args, **kwargs):
        raise OSError("the disk is away")

    monkeypatch.setattr(error_pages, "select_template", gone)
    response = visitor.get("/wrong/broken")
    assert response.status_code == 500
    assert "not your fault" in response.content.decode()


def test_each_request_has_a_reference_of_its_own_and_none_from_outside(visitor):
    first, second = visitor.get("/fine", headers={"x-request-id": "mine\r\n"}), visitor.get("/fine")
    references = {first.headers["X-Request-Id"], second.headers["X-Request-Id"]}
    assert len(references) == 2
    assert all(len(reference) == 8 and reference.isalnum() for reference in references)
    assert current_reference() == ""


def test_an_expired_page_is_told_in_words():
    response = error_pages.csrf_failure(RequestFactory().post("/"), reason="CSRF cookie not set.")
    assert response.status_code == 403
    assert "open for too long" in response.content.decode()


def test_pages_of_people_with_a_session_are_not_kept_by_caches(visitor):
    assert not visitor.get("/fine").has_header("Cache-Control")
    visitor.cookies[settings.SESSION_COOKIE_NAME] = "x"
    assert visitor.get("/fine").headers["Cache-Control"] == "no-store, private"
    assert visitor.get("/public").headers["Cache-Control"] == "public, max-age=60"


def test_a_request_has_one_name_in_its_page_its_answer_and_its_log():
    request = RequestFactory().get("/")
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "x"
    response = RequestIdMiddleware(CalmErrorsMiddleware(lambda request: HttpResponse(current_reference())))(request)
    assert response.content.decode() == response.headers["X-Request-Id"] == request.id
    assert response.headers["Cache-Control"] == "no-store, private"


def test_an_error_can_stand_beside_its_field_or_above_the_form():
    class Form(forms.Form):
        subject = forms.CharField(required=False)

    form = Form({})
    form.is_valid()
    DeskError("Too short.", field="subject").add_to(form)
    Conflict(field="elsewhere").add_to(form)
    assert form.errors["subject"] == ["Too short."]
    assert form.non_field_errors() == [str(Conflict.message)]


def test_waiting_is_never_less_than_a_second():
    assert TooManyRequests(retry_after=0).retry_after == 1
