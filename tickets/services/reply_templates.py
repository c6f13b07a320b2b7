"""Keeping the prepared answers that staff put into their replies."""

from django.db import transaction
from django.db.models import Max
from i18nfield.strings import LazyI18nString

from common.ordering import move_row
from common.text import clean_line, clean_text
from tickets.models import ReplyTemplate


@transaction.atomic
def write_reply_template(*, words, department=None, template=None):
    """Make a prepared answer, or rewrite one. words: {language: (title, text)}, all of them: a language left out has none.

    A new one, or one that changes its department, comes last there. Without a department it is offered in all.
    """
    template = template or ReplyTemplate()
    if template.pk is None or template.department != department:
        template.position = _next_position(department)
    template.department = department
    template.title = LazyI18nString({language: clean_line(title, 120) for language, (title, _text) in words.items()})
    template.text = LazyI18nString({language: clean_text(text) for language, (_title, text) in words.items()})
    template.save()
    return template


def _next_position(department):
    last = ReplyTemplate.objects.of_department(department).aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


@transaction.atomic
def move_reply_template(template, *, places):
    """Move it among those of its department; negative: up. At the end it stays where it is."""
    rows = ReplyTemplate.objects.of_department(template.department).select_for_update()
    move_row(rows.order_by("position", "pk"), template, places)


def delete_reply_template(template):
    """Gone; replies that were written with it keep their words."""
    template.delete()
