"""Actions that are done by themselves, one after the other, without an end."""

from statuses.models import ActionDeed


def circle(statuses):
    """[(status, action)] of a round that timed actions would go for ever, nobody else doing anything; [] where there is none."""
    ways = {status["key"]: [(action, leads_to(status, action)) for action in status["actions"]] for status in statuses}
    by_key = {status["key"]: status for status in statuses}
    done = set()
    for start in by_key:
        found = _from(start, ways, by_key, done, [])
        if found:
            return found
    return []


def _from(key, ways, by_key, done, trail):
    here = [step for step, (status, _action) in enumerate(trail) if status["key"] == key]
    if here:
        return trail[here[0] :]
    if key in done:
        return []
    for action, target in ways[key]:
        if target in by_key and target != key:
            found = _from(target, ways, by_key, done, [*trail, (by_key[key], action)])
            if found:
                return found
    done.add(key)
    return []


def leads_to(status, action):
    """The key of the status a timed action leads to by itself; None for one that stays, ends or is not timed."""
    if not action["fires_after_hours"] or action["deed"] in {ActionDeed.DELETE, ActionDeed.PASS_ON}:
        return None
    if action["target"] is None and action["deed"] == ActionDeed.REPLY:
        return status["after_staff_reply"]
    return action["target"]
