"""Changing who hears of what: the owner's word for a store, or for one of its departments. All of it stands in the audit log."""

from django.db import transaction

from audit.choices import Deed
from audit.log import note
from notifications.models import MessageRule, MessageSettings
from notifications.ways import TELLS, media_for, usual_ways
from stores.models import Store


def cells():
    """(template, audience, channel) of everything that can be switched, in the order of the table."""
    return [(template, audience, way) for template, audiences in TELLS.items() for audience in audiences for way in media_for(audience)]


@transaction.atomic
def set_rules(store, said, *, by, department=None):
    """`said`: {(template, audience, channel): True, False, or None for what would be without a word}; cells that are not in it stay.

    Only what differs is kept. Returns how many rules changed.
    """
    Store.objects.select_for_update().get(pk=store.pk)
    theirs = MessageRule.objects.filter(store=store, department=department)
    before = {(rule.template, rule.audience, rule.channel): rule.is_on for rule in theirs}
    after = dict(before)
    for template, audience, way in cells():
        name = (str(template), str(audience), str(way))
        if name not in said:
            continue
        word = said[name]
        if department is None and word == (way in usual_ways(template, audience)):
            word = None
        after.pop(name, None) if word is None else after.update({name: word})
    changed = [name for name in {*before, *after} if before.get(name) != after.get(name)]
    for name in changed:
        place = dict(zip(("template", "audience", "channel"), name, strict=True))
        if name in after:
            MessageRule.objects.update_or_create(store=store, department=department, **place, defaults={"is_on": after[name]})
        else:
            theirs.filter(**place).delete()
    if changed:
        facts = {"message_rules": department.key if department else ""}
        told = [{f"rule:{'.'.join(name)}": side[name] for name in sorted(changed) if name in side} for side in (before, after)]
        note(Deed.SETTINGS_CHANGED, by=by, on=department or store, store=store, before=facts | told[0], after=facts | told[1])
    return len(changed)


def forget_rules(store, *, by, department=None):
    """Back to what would be without the owner's word."""
    return set_rules(store, {tuple(map(str, cell)): None for cell in cells()}, by=by, department=department)


@transaction.atomic
def change_settings(store, *, by, **fields):
    """How a store keeps messages from becoming a flood (MessageSettings)."""
    row = MessageSettings.objects.select_for_update().filter(store=store).first() or MessageSettings(store=store)
    before = {name: getattr(row, name) for name in fields if getattr(row, name) != fields[name]}
    if not before:
        return row
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    note(Deed.SETTINGS_CHANGED, by=by, on=store, before=before, after={name: fields[name] for name in before})
    return row
