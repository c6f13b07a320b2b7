"""What files of earlier versions say in other words, said in today’s: a file that was kept stays one that can be taken in."""

from notifications.models import MessageRule

#: Beside the words of a message stood by which ways it leaves, and for everybody who heard of it then.
_WAYS = {"by_mail": "mail", "by_sms": "sms"}
_HOLDERS = ("holder", "team", "department")
_AUDIENCES = {
    "thanks": ("customer",),
    "opened_for_you": ("customer",),
    "reply": ("customer", "copies"),
    "closed": ("customer",),
    "merged": ("customer",),
    "survey": ("customer",),
    "opened": ("department",),
    "assigned": ("holder",),
    "team_assigned": ("team",),
    "passed_on": _HOLDERS,
    "customer_replied": _HOLDERS,
    "reopened": _HOLDERS,
    "rated": ("holder",),
    "mentioned": ("named",),
    "shared": ("named",),
    "woken": ("holder", "team", "named"),
    "merged_away": ("holder",),
    "watched": ("watchers",),
}
#: No way there is.
_NEVER = {("copies", "sms")}


def as_today(document):
    """The document in today’s words; what it says today already counts more. It is not changed itself."""
    texts, rules = document.get("event_texts"), document.get("message_rules") or []
    if not isinstance(texts, list) or not isinstance(rules, list):
        return document
    said, kept = [], []
    for item in texts:
        ways = {name: item[name] for name in _WAYS if isinstance(item.get(name), bool)} if isinstance(item, dict) else {}
        said += _rules(item, ways) if ways else []
        rest = {name: value for name, value in item.items() if name not in ways} if ways else item
        if not ways or rest.keys() - {"store", "template"}:
            kept.append(rest)
    if not said and kept == texts:
        return document
    known = {_cell(rule) for rule in rules if isinstance(rule, dict)}
    return {**document, "event_texts": kept, "message_rules": [*rules, *(rule for rule in said if _cell(rule) not in known)]}


def _rules(item, ways):
    """One for each audience. “Yes” was what is usual, so it only speaks where a rule says no."""
    for audience in _AUDIENCES.get(str(item.get("template")), ()):
        for name, is_on in ways.items():
            rule = {"store": item.get("store"), "template": item["template"], "audience": audience, "channel": _WAYS[name], "is_on": is_on}
            if (audience, rule["channel"]) not in _NEVER and (not is_on or _is_off(rule)):
                yield rule


def _is_off(rule):
    place = {name: rule[name] for name in ("template", "audience", "channel")}
    return MessageRule.objects.filter(store__key=str(rule["store"]), department=None, is_on=False, **place).exists()


def _cell(rule):
    return tuple(str(rule.get(name) or "") for name in ("store", "department", "template", "audience", "channel"))
