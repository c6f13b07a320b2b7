"""Sentences with a number that the script fills in: one for each form of plural that a language has, as data- attributes.

{% load live_words %}<live-ticket {% new_messages_words %}>   data-new-one="# new message" data-new-other="# new messages"
"""

from django import template
from django.utils.html import format_html_join
from django.utils.translation import ngettext

register = template.Library()

#: A number of each form that the browser knows by name (Intl.PluralRules).
NUMBERS = {"one": 1, "few": 3, "many": 5, "other": 100}


@register.simple_tag
def new_messages_words():
    return _attributes("new", lambda n: ngettext("%(number)s new message", "%(number)s new messages", n))


@register.simple_tag
def changed_tickets_words():
    return _attributes("changed", lambda n: ngettext("%(number)s ticket changed", "%(number)s tickets changed", n))


def _attributes(name, words):
    return format_html_join(" ", 'data-{}-{}="{}"', ((name, form, words(number) % {"number": "#"}) for form, number in NUMBERS.items()))
