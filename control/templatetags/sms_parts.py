from django import template

from control.texts.trying import parts_in_words
from notifications.sms_rules import rules_of
from notifications.sms_texts import measure, plain_latin

register = template.Library()


@register.simple_tag(takes_context=True)
def counted_sms(context, field):
    """{"is_sms", "plain", "words"} of a field: whether an SMS is written there, whether plainly, and how long it is now, in words."""
    if not field.name.startswith("sms"):
        return {"is_sms": False}
    plain = rules_of(getattr(context["request"], "store_to_set_up", None)).plain_latin
    text = " ".join(str(field.value() or "").split())
    return {"is_sms": True, "plain": plain, "words": parts_in_words(measure(plain_latin(text) if plain else text))}
