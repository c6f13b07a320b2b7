"""The life of one ticket, told in rows: what the services would have written, step by step, without asking the database."""

from helpdesk.generating.moments import gap, stays_open, within, written
from tickets.choices import Kind, MessageKind, Priority, Source

CUSTOMER, REPLY, NOTE = MessageKind.CUSTOMER.value, MessageKind.REPLY.value, MessageKind.NOTE.value
DESK = Source.DESK.value
_ASSIGNED = Kind.ASSIGNED.value
_CLOSED = Kind.CLOSED.value
_CUSTOMER_REPLIED = Kind.CUSTOMER_REPLIED.value
_NOTE_ADDED = Kind.NOTE_ADDED.value
_OPENED = Kind.OPENED.value
_RATED = Kind.RATED.value
_STAFF_REPLIED = Kind.STAFF_REPLIED.value
_STATUS_CHANGED = Kind.STATUS_CHANGED.value
#: After these words: how often the next ones are the customer's, ours to them, or a note. What is left are notes.
_NEXT = {CUSTOMER: (0.14, 0.86), REPLY: (0.66, 0.80), NOTE: (0.15, 0.92)}
_PRIORITIES = ((0.10, Priority.LOW.value), (0.85, Priority.NORMAL.value), (0.97, Priority.HIGH.value), (1, Priority.URGENT.value))
_SOURCES = ((0.55, Source.PORTAL.value), (0.95, Source.MAIL.value), (1, DESK))
_SCORES = ((0.58, 5), (0.80, 4), (0.90, 3), (0.95, 2), (1, 1))


def among(chances, chance):
    """What the chance falls on, of (up to, thing)."""
    return next(thing for up_to, thing in chances if chance < up_to)


class Story:
    """One ticket while it is told. `said`: (kind, by whom, when); `events`: (kind, by whom, by customer, index in `said`, details, when)."""

    def __init__(self, random, department, workflow, *, opened, until, place, messages):
        self._random, self._workflow, self._department = random, workflow, department
        self.status = workflow["first"]
        self.status_since = self.updated = self.opened = opened
        self.closed = self.first_answered = self.waiting = self.due = self.rating = self.survey = None
        self.assignee = self.team = None
        self.source = among(_SOURCES, random.random())
        self.priority = among(_PRIORITIES, random.random())
        self.said, self.events, self.read = [], [], {}
        self._tell(messages, stays_open(place, random.random()), until)

    def _tell(self, messages, is_open, until):
        random = self._random
        kinds, times = self._kinds(messages), [self.opened]
        for _ in range(messages):  # one more than is said: the moment of closing
            times.append(times[-1] + gap(random))
        times = within(times, until)
        for place, kind in enumerate(kinds):
            self._say(kind, times[place], place)
            if place == 0:
                self._open(times[0])
        if is_open:
            self._rest(times[-2] if messages > 1 else times[0] + 1)
        else:
            self._close(times[-1], until)

    def _kinds(self, messages):
        draw = self._random.random
        kinds = [REPLY if self.source == DESK else CUSTOMER]
        for _ in range(messages - 1):
            chance, (customer, reply) = draw(), _NEXT[kinds[-1]]
            kinds.append(CUSTOMER if chance < customer else REPLY if chance < reply else NOTE)
        return kinds

    def _somebody(self):
        members = self._department["members"]
        return members[int(self._random.random() * len(members))]

    def _open(self, now):
        """The line of opening, and to whom it was given at once."""
        if self.source == DESK:
            self._enter(self._workflow["waiting"], now)
            self.assignee = None
        chance = self._random.random()
        is_given = chance < 0.35
        by = self.said[0][1]
        self.events.append((_OPENED, by, by is None, 0, f'{{"is_given": {"true" if is_given else "false"}}}', now))
        if is_given:
            self._give(now, None)
        elif chance < 0.5 and self._department["team"]:
            self._give_team(now + 20)

    def _give(self, now, by):
        before, self.assignee = self.assignee, self._somebody()
        self._assigned(now, by, before, self.team)
        self.team = None

    def _give_team(self, now):
        before, before_team = self.assignee, self.team
        self.team, self.assignee = self._department["team"], None
        self._assigned(now, self._somebody(), before, before_team)

    def _assigned(self, now, by, before, before_team):
        word = lambda value: value if value else "null"  # noqa: E731
        after, after_team = word(self.assignee), word(self.team if not self.assignee else None)
        details = f'{{"before": {word(before)}, "before_team": {word(before_team)}, "after": {after}, "after_team": {after_team}}}'
        self.events.append((_ASSIGNED, by, False, None, details, now))
        self.updated = now

    def _say(self, kind, now, place):
        self.updated = now
        if kind == CUSTOMER:
            self.said.append((kind, None, now))
            self._wait(self.waiting or now)
            if place:
                self._enter(self._status["customer"] or self._workflow["open"], now)
                self.events.append((_CUSTOMER_REPLIED, None, True, place, f'{{"status": {self.status}}}', now))
            return
        by = self.assignee or self._somebody()
        self.said.append((kind, by, now))
        self.read[by] = now
        if kind == NOTE:
            self.events.append((_NOTE_ADDED, by, False, place, "{}", now))
            if self._random.random() < 0.3:
                self._move(now + 5, by)
            return
        self.first_answered = self.first_answered or now
        self._wait(None)
        if not place:
            return
        taken, team = self.assignee is None and self._random.random() < 0.9, self.team
        self._enter(self._status["staff"] or self.status, now)
        self.events.append((_STAFF_REPLIED, by, False, place, f'{{"status": {self.status}}}', now))
        if taken:
            self.assignee, self.team = by, None
            details = f'{{"before": null, "before_team": {team or "null"}, "after": {by}}}'
            self.events.append((_ASSIGNED, by, False, None, details, now))
        if self._random.random() < 0.22:
            self._move(now + 5, by)

    @property
    def _status(self):
        return self._workflow["statuses"][self.status]

    def _move(self, now, by):
        """By hand into one of the statuses in which others have the turn."""
        others = self._workflow["others"]
        to = others[int(self._random.random() * len(others))]
        if to != self.status:
            self.events.append((_STATUS_CHANGED, by, False, None, f'{{"before": {self.status}, "after": {to}}}', now))
            self._enter(to, now)
            self.updated = now

    def _enter(self, to, now):
        if to == self.status:
            return
        stood_still = not self._status["clock_runs"]
        self.status, self.status_since = to, now
        if not self._status["clock_runs"]:
            self.due = None
        elif stood_still:
            self.due = self._promise(now)

    def _wait(self, since):
        promised = self.due if since == self.waiting else None
        self.waiting = since
        self.due = promised or self._promise(since)

    def _promise(self, since):
        hours = self._department["hours"]
        return since + hours * 3600 if self.waiting and hours and self._status["clock_runs"] else None

    def _rest(self, now):
        """It stays open. Some have lain with nobody all the time, however often they were answered."""
        if self.assignee and self._random.random() < 0.12:
            before, self.assignee, self.team = self.assignee, None, None
            self._assigned(now + 10, before, before, None)

    def _close(self, now, until):
        chance = self._random.random()
        by_customer = chance < 0.04
        by = None if by_customer else self.assignee or self._somebody()
        self._enter(self._workflow["closing"], now)
        self.closed = self.updated = now
        self._wait(None)
        self.events.append((_CLOSED, by, by_customer, None, f'{{"status": {self.status}}}', now))
        if not self._status["asks"]:
            return
        asked = now + self._department["survey_delay"]
        answered = asked + gap(self._random)
        if asked >= until - 60:
            asked = answered = None
        elif self._random.random() < 0.27 and answered < until:
            self.rating = among(_SCORES, self._random.random())
            details = f'{{"before": null, "score": {self.rating}, "commented": false}}'
            self.events.append((_RATED, None, True, None, details, answered))
            self.updated = answered
        else:
            answered = None
        if asked:
            closing = len(self.events) - (2 if answered else 1)
            self.survey = (closing, written(asked), written(asked), answered and written(answered), self.rating)
