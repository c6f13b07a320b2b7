"""What is set up, as one document: plain dictionaries and lists, in the order people think in."""

from i18nfield.strings import LazyI18nString

from automations.document import read_workflow
from control.configuration.shapes import AFTER_WORKFLOWS, BEFORE_WORKFLOWS, FIELDS
from faq.models import FaqEntry
from statuses.models import Status, Workflow
from tickets.models import ReplyTemplate

#: Raised when a file written today could not be read by a program of yesterday.
FORMAT = 1


def read_configuration():
    """All stores with everything that is set up in them; no secrets, no people, no tickets."""
    document = {"helpdesk": FORMAT}
    document |= {shape.name: read_all(shape) for shape in BEFORE_WORKFLOWS}
    document["fields"] = read_all(FIELDS)
    document["workflows"] = [read_workflow(workflow) for workflow in Workflow.objects.kept().order_by("pk")]
    document |= {shape.name: read_all(shape) for shape in AFTER_WORKFLOWS}
    document["questions"] = [question_item(entry) for entry in FaqEntry.objects.with_words().select_related("department", "section")]
    document["prepared_answers"] = [answer_item(answer) for answer in ReplyTemplate.objects.filter(owner=None, team=None)]
    return {part: value for part, value in document.items() if value}


def read_all(shape):
    rows = shape.model.objects.all()
    rows = rows.filter(archived_at=None) if shape.kept_only else rows
    return [read_item(shape, row) for row in rows.select_related(*shape.refs).prefetch_related(*shape.many).order_by("pk")]


def read_item(shape, row):
    """One thing; what is empty, or as it is by itself, is left out."""
    item = {name: _key_or_value(shape, row, name) for name in shape.known_by}
    item |= {name: words_of(getattr(row, name)) for name in shape.words}
    item |= {name: getattr(row, name) for name in shape.plain if getattr(row, name) != _default(shape.model, name)}
    item |= {name: key_of(getattr(row, name)) for name in shape.refs if getattr(row, name) is not None}
    item |= {name: sorted(key_of(other) for other in getattr(row, name).all()) for name in shape.many}
    return {name: value for name, value in item.items() if value not in ({}, [], None)}


def _key_or_value(shape, row, name):
    value = getattr(row, name)
    return key_of(value) if value and name in shape.refs else value


def key_of(thing):
    """By which a file names it; a status by its workflow's key and its own."""
    return f"{thing.workflow.key}/{thing.key}" if isinstance(thing, Status) else thing.key


def words_of(value):
    """{language: words} without the empty ones. What was stored as one plain text belongs to the product's first language."""
    data = value.data if isinstance(value, LazyI18nString) else value
    data = data if isinstance(data, dict) else {"en": data}
    return {language: str(words) for language, words in data.items() if words}


def _default(model, name):
    return model._meta.get_field(name).get_default()


def question_item(entry):
    item = {
        "key": entry.key,
        "department": entry.department.key if entry.department else None,
        "section": entry.section.key if entry.section else None,
        "stores": sorted(store.key for store in entry.stores.all()),
        "position": entry.position,
        "is_published": entry.is_published,
        "words": {words.language: _answer_words(words) for words in entry.translations.all()},
    }
    return {name: value for name, value in item.items() if value is not None}


def _answer_words(words):
    return {"question": words.question, **({"answer": words.source} if words.source else {"html": words.answer})}


def answer_item(template):
    item = {
        "key": template.key,
        "department": template.department.key if template.department else None,
        "store": template.store.key if template.store else None,
        "words": {language: {"title": title, "text": text} for language, (title, text) in template.words.items()},
    }
    return {name: value for name, value in item.items() if value is not None}
