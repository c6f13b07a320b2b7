"""`python -m scripts.bench.queries`: how many queries each page costs, counted inside Django, so that the product needs no switch for it.

Prints one JSON line: {key of the page: queries}. Session and person are among them; BEGIN, SAVEPOINT and COMMIT are not.
"""

import json
import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

from scripts.bench.browser import KEPT_COOKIES, Answer, Request
from scripts.bench.pages import NotThere, pages
from scripts.bench.sign_ins import logins

#: What marks the edges of transactions, which SQLite is told in sentences and PostgreSQL partly by its driver.
EDGES = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")


class InsideBrowser:
    """The part of scripts.bench.browser.Browser that pages use, on Django's own client."""

    def __init__(self, person, port):
        from django.test import Client

        # As the product is reached over the wire.
        self.client = Client(HTTP_HOST=f"127.0.0.1:{port}", headers={"accept-language": "en"})
        if person:
            self.client.force_login(person)

    def get(self, address):
        return self.ask(Request(address))

    def ask(self, request):
        call = self.client.get if request.data is None else self.client.post
        response = call(request.address, *([] if request.data is None else [request.data]))
        for name in set(self.client.cookies) - KEPT_COOKIES:
            del self.client.cookies[name]
        body = b"".join(response.streaming_content) if response.streaming else response.content
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Answer(response.status_code, headers, body, 0, 0)

    def follow(self, answer, address):
        while answer.status in {301, 302, 303, 307}:
            answer = self.get(urlsplit(answer.headers["location"])._replace(scheme="", netloc="").geturl())
        return answer


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helpdesk.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.contrib.auth import get_user_model

    facts = json.loads((Path(settings.DATA_DIR) / "generated.json").read_text())
    people = {who: login and get_user_model().objects.get(email=login) for who, login in logins(facts).items()}
    browsers = {who: InsideBrowser(person, settings.PORT) for who, person in people.items()}
    counted = {page.key: count(page, browsers[page.who]) for page in pages(facts, *sys.argv[1:]) if page.who in browsers}
    print(json.dumps({key: number for key, number in counted.items() if number is not None}))


def count(page, browser):
    """The queries of the second asking, when what is kept for all pages is there. None for a page that is not there or fails."""
    from django.db import connection

    asked = []

    def note(execute, sql, params, many, context):
        if not sql.startswith(EDGES):
            asked.append(sql)
        return execute(sql, params, many, context)

    try:
        browser.ask(page.request(browser))
        request = page.request(browser)
        with connection.execute_wrapper(note):
            answer = browser.ask(request)
    except NotThere:
        return None
    except Exception as error:  # a failing page must not cost the others their numbers; the times name it
        print(f"{page.key}: {type(error).__name__} {error}", file=sys.stderr)
        return None
    if not answer.is_fine(request):
        print(f"{page.key}: {answer.status}", file=sys.stderr)
        return None
    return len(asked)


if __name__ == "__main__":
    main()
