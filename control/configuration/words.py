"""Questions and prepared answers of a file: words in several languages, written through the services that keep them.

Each returns (what was done, name, what differs), or None where nothing did. Raises ValidationError with all that is wrong.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.choices import Language
from common.templatetags.formats import isolate
from control.configuration.reading import answer_item, question_item
from departments.models import Department
from faq.models import FaqEntry, FaqSection
from faq.services import write_entry
from stores.models import Store
from tickets.models import ReplyTemplate
from tickets.services.reply_templates import write_reply_template


def take_question(item, *, by):
    wrong = _unknown(item, {"key", "department", "section", "stores", "position", "is_published", "words"})
    department, section = _thing(Department, item.get("department"), wrong), _thing(FaqSection, item.get("section"), wrong)
    stores = [store for key in _list(item.get("stores"), wrong) if (store := _thing(Store, key, wrong))]
    words = _words(item.get("words"), "question", ("answer", "html"), wrong)
    if not stores and not wrong:
        wrong.append(_("A question belongs to one store at least."))
    if wrong:
        raise ValidationError(wrong)
    key = str(item.get("key", ""))[:40]
    entry = FaqEntry.objects.filter(key=key).with_words().first()
    before = question_item(entry) if entry else {}
    where = {"stores": stores, "department": department, "section": section, "is_published": item.get("is_published", True) is True}
    for name, as_markdown in (("answer", True), ("html", False)):
        texts = {language: (text["question"], text[name]) for language, text in words.items() if name in text}
        if texts:
            entry = write_entry(
                words=texts, entry=entry or FaqEntry(key=key), as_markdown=as_markdown, by=by, position=_place(item), **where
            )
    return _outcome(before, question_item(FaqEntry.objects.with_words().get(pk=entry.pk)), isolate(FaqEntry.objects.get(pk=entry.pk)))


def take_answer(item, *, by):
    wrong = _unknown(item, {"key", "department", "store", "words"})
    department, store = _thing(Department, item.get("department"), wrong), _thing(Store, item.get("store"), wrong)
    words = _words(item.get("words"), "title", ("text",), wrong)
    if wrong:
        raise ValidationError(wrong)
    key = str(item.get("key", ""))[:40]
    template = ReplyTemplate.objects.filter(key=key, owner=None, team=None).first()
    before = answer_item(template) if template else {}
    texts = {language: (text["title"], text["text"]) for language, text in words.items()}
    template = write_reply_template(words=texts, department=department, store=store, template=template or ReplyTemplate(key=key), by=by)
    return _outcome(before, answer_item(template), isolate(template))


def _outcome(before, after, name):
    differing = sorted(part for part in {*before, *after} if before.get(part) != after.get(part))
    return ("changed" if before else "made", name, differing if before else ()) if differing else None


def _unknown(item, names):
    wrong = [_("There is no setting “%(name)s” here.") % {"name": name} for name in sorted(map(str, item.keys() - names))]
    if not str(item.get("key") or ""):
        wrong.append(_("The key is missing, by which it is known."))
    return wrong


def _thing(model, key, wrong):
    thing = model.objects.filter(key=str(key)).first() if key else None
    if key and thing is None:
        wrong.append(_("Nothing has the key “%(key)s”.") % {"key": key})
    return thing


def _list(value, wrong):
    if isinstance(value, list | None):
        return value or []
    wrong.append(_("Here stands a list."))
    return []


def _words(value, line, texts, wrong):
    """{language: {line: …, text: …}}: each language with its line and one of the texts."""
    if not isinstance(value, dict) or not value:
        wrong.append(_("Here stand words by language: en, fa, pl, ru."))
        return {}
    for language, words in value.items():
        is_whole = isinstance(words, dict) and all(isinstance(text, str) for text in words.values())
        if language not in Language.values or not is_whole or not words.get(line) or not any(words.get(name) for name in texts):
            wrong.append(
                _("The words of “%(language)s” are not whole: “%(line)s” and its text belong together.")
                % {"language": language, "line": line}
            )
    return value


def _place(item):
    place = item.get("position")
    return place if isinstance(place, int) and 0 <= place < 100_000 else None
