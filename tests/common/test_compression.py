"""Pages are compressed for browsers that take it; files and streams are not touched."""

import gzip

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from common.compression import PageCompressionMiddleware
from tests.make import make_store

LONG = "<p>The grinder rattles.</p>" * 200


def sent(response, **headers):
    request = RequestFactory().get("/", headers={"accept-encoding": "gzip, br", **headers})
    return PageCompressionMiddleware(lambda _request: response)(request)


@pytest.mark.django_db
def test_the_portal_arrives_compressed_and_reads_the_same(client):
    make_store()
    plain = client.get("/faq/")
    small = client.get("/faq/", headers={"accept-encoding": "gzip"})

    assert "Content-Encoding" not in plain.headers
    assert small.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in small.headers["Vary"]
    assert int(small.headers["Content-Length"]) == len(small.content) < len(plain.content) / 2
    assert b"Questions and answers" in gzip.decompress(small.content)


def test_two_answers_of_one_page_differ_in_length():
    assert len({len(sent(HttpResponse(LONG)).content) for _time in range(40)}) > 5


@pytest.mark.parametrize("content_type", ["image/png", "application/octet-stream", "application/pdf"])
def test_files_are_left_alone(content_type):
    assert "Content-Encoding" not in sent(HttpResponse(LONG, content_type=content_type)).headers


def test_streams_are_left_alone():
    assert "Content-Encoding" not in sent(StreamingHttpResponse([LONG], content_type="text/html")).headers


def test_a_browser_that_does_not_ask_gets_it_plain():
    response = PageCompressionMiddleware(lambda _request: HttpResponse(LONG))(RequestFactory().get("/"))

    assert response.content.decode() == LONG
