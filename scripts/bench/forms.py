"""Reading pages as far as measuring needs it: their forms, and the links that lead on."""

import re
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urljoin

ANSWERS = {"number": "7", "date": "2024-05-01", "email": "somebody@mail.example", "tel": "+48123456789"}


class NoForm(Exception):
    """The page has no such form: another page than expected, or no right to use it."""


@dataclass
class Form:
    action: str = ""
    data: dict = field(default_factory=dict)
    required: dict = field(default_factory=dict)  # {name: what would do as an answer}, of what is still empty
    actions: list = field(default_factory=list)  # where its buttons lead, when not to `action`

    def address(self, page):
        return urljoin(page, self.action).partition("#")[0]

    def filled(self, **answers):
        """What is sent when these fields are typed, and every other required one has some answer."""
        return self.required | self.data | answers


class _Forms(HTMLParser):
    def __init__(self):
        super().__init__()
        self.forms, self._form, self._text, self._select = [], None, None, None

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self._form = Form(given.get("action") or "")
            self.forms.append(self._form)
        if self._form is None:
            return
        if "formaction" in given:
            self._form.actions.append(given["formaction"])
        if tag == "input":
            self._input(given)
        elif tag == "textarea" and "name" in given:
            self._text = given["name"]
            self._form.data[self._text] = ""
            if "required" in given:
                self._form.required[self._text] = "It rattles."
        elif tag == "select" and "name" in given:
            self._select = (given["name"], "required" in given)
        elif tag == "option" and self._select:
            name, required = self._select
            value = given.get("value", "")
            if "selected" in given:
                self._form.data[name] = value
            elif required and value:
                self._form.required.setdefault(name, value)

    def _input(self, given):
        name, kind, value = given.get("name"), given.get("type", "text"), given.get("value")
        if not name or kind in {"submit", "button", "file"} or "disabled" in given:
            return
        if kind in {"checkbox", "radio"}:
            if "checked" in given:
                self._form.data[name] = "on" if value is None else value
            elif "required" in given and value != "":
                self._form.required.setdefault(name, value or "on")
        elif value or "required" not in given:
            self._form.data[name] = value or ""
        else:
            self._form.required[name] = ANSWERS.get(kind, "narrow 7")

    def handle_data(self, data):
        if self._text and data.strip():
            self._form.data[self._text] = data.strip()

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None
        elif tag == "textarea":
            if self._form and not self._form.data.get(self._text) and self._text in self._form.required:
                self._form.data.pop(self._text, None)
            self._text = None
        elif tag == "select":
            self._select = None


def form_at(text, mark):
    """The form with a field of this name, or that leads (or has a button that leads) to an address with this part."""
    reader = _Forms()
    reader.feed(text)
    for form in reader.forms:
        if mark in form.data or mark in form.required or any(mark in action for action in [form.action, *form.actions]):
            return form
    raise NoForm(mark)


def link(text, rel):
    """Where the link with this rel leads; empty when there is none."""
    for tag in re.findall(r"<a\b[^>]*>", text):
        if re.search(rf'\brel="{rel}"', tag) and (found := re.search(r'\bhref="([^"]*)"', tag)):
            return unescape(found[1])
    return ""


def ticket_numbers(text):
    """Numbers of the tickets a page of the desk links to, each once, in their order."""
    return list(dict.fromkeys(re.findall(r'href="/desk/tickets/(\d+)/', text)))


def tickets_on(text):
    """The same of any page: a fast list that is empty would prove nothing."""
    return set(re.findall(r'href="(?:/desk)?/tickets/(\d+)/', text))
