"""One batch of tickets as rows of all tables. It is drawn from its round and its number alone, in whatever process."""

from random import Random

from common.text import excerpt
from helpdesk.generating import people
from helpdesk.generating.chance import urn, zipf_weights
from helpdesk.generating.counts import message_counts
from helpdesk.generating.documents import document
from helpdesk.generating.extras import attach, fill_fields, read_marks, tag
from helpdesk.generating.letters import Matter
from helpdesk.generating.moments import opened_at, written
from helpdesk.generating.numbers import number_of
from helpdesk.generating.pieces import tongue
from helpdesk.generating.stories import CUSTOMER, DESK, NOTE, REPLY, Story
from helpdesk.generating.tables import TABLES
from surveys.choices import AskedBy
from tickets.choices import Source

#: So many tickets for each customer.
PER_CUSTOMER = 4
_PORTAL, _MAIL = Source.PORTAL.value, Source.MAIL.value
_MAIL_OR_PORTAL = {DESK: _MAIL}
_TOPICS = urn(range(8), zipf_weights(8, exponent=1.6, offset=1.5), size=256)


def known_customers(tickets):
    """How many customers there are once so many tickets of one making are."""
    return -(-tickets // PER_CUSTOMER)


class Batch:
    """Rows by the table's name, and the documents of the search: of tickets and of customers."""

    def __init__(self, plan, making, number):
        self.plan, self.making, self.number = plan, making, number
        self.rows = {name: [] for name in TABLES}
        self.documents, self.people = [], []
        self._start = number * making["size"]
        self.tickets = min(making["size"], making["tickets"] - self._start)
        self.draw = Random(f"{plan['seed']}/{making['first']}/{number}")
        self._departments = urn(plan["departments"], zipf_weights(len(plan["departments"]), exponent=0.8), size=512)
        self.tags = urn(plan["tags"], size=512)
        self._next = {name: base + each * self._start for name, (base, each) in making["ids"].items()}

    def id(self, table):
        """The next id that was set aside for this batch in the table."""
        self._next[table] += 1
        return self._next[table] - 1

    def compose(self):
        self._customers()
        for place, messages in enumerate(message_counts(self.draw, self.tickets, self.making["messages"])):
            self._ticket(self._start + place, messages)
        for name, (base, each) in self.making["ids"].items():
            assert self._next[name] <= base + each * (self._start + self.tickets), f"too few ids for {name}"
        return self

    def _customers(self):
        first = self.making["people"]
        base, users, addresses = (self.making["ids"][name][0] for name in ("customers", "users", "addresses"))
        for own in range(known_customers(self._start), known_customers(self._start + self.tickets)):
            person = people.Person(first + own)
            since = written(opened_at(own * PER_CUSTOMER / self.making["tickets"], self.plan["until"]) - 86_400)
            user = users + own if person.has_account else None
            if user:
                login = (user, self.plan["password"], person.name, person.email, person.phone or None, 1 if person.phone else 0)
                self.rows["users"].append((*login, person.language, since))
                self.rows["addresses"].append((addresses + own, user, person.email, 1, 1))
            row = (base + own, user, person.name, person.email, person.phone, person.language, person.company, since)
            self.rows["customers"].append(row)
            self.people.append((base + own, person))

    def _ticket(self, place, messages):
        draw, plan, making = self.draw, self.plan, self.making
        random = draw.random
        ticket = self.id("tickets")
        own = people.writer(random, known_customers(place + 1))
        person, customer = people.Person(making["people"] + own), making["ids"]["customers"][0] + own
        department = self._departments[int(random() * len(self._departments))]
        topic = department["topic"] if random() < 0.7 else _TOPICS[int(random() * len(_TOPICS))]
        order = f"10{100_000 + int(random() * 900_000)}"
        matter = Matter(tongue(person.language), topic, order, person, random)
        subject, subject_words = matter.subject()
        opened = opened_at((place + random()) / making["tickets"], plan["until"])
        story = Story(
            draw, department, plan["workflows"][department["workflow"]],
            opened=opened, until=plan["until"], place=(place + 0.5) / making["tickets"], messages=messages,
        )  # fmt: skip

        letters, ids, user = [], [], making["ids"]["users"][0] + own if person.has_account else None
        source = _MAIL_OR_PORTAL.get(story.source, story.source)
        for kind, by, when in story.said:
            letter = self._letter(matter, kind)
            letters.append(letter)
            ids.append(self.id("messages"))
            from_customer = kind == CUSTOMER
            author = (user if source == _PORTAL else None) if from_customer else by
            self.rows["messages"].append(
                (
                    ids[-1],
                    ticket,
                    kind,
                    author,
                    customer if from_customer else None,
                    letter.html,
                    letter.text,
                    source if from_customer else DESK,
                    written(when),
                )  # fmt: skip
            )
        first_event = self._next["events"]
        for kind, by, by_customer, said, details, when in story.events:
            moment = written(when)
            message = None if said is None else ids[said]
            actor = user if by_customer and source == _PORTAL else by
            self.rows["events"].append((self.id("events"), ticket, kind, actor, int(by_customer), message, details, moment, moment))
        if story.survey:
            closing, due, asked, answered, score = story.survey
            whose = (plan["store"], department["id"], story.assignee, person.language, AskedBy.MAIL.value)
            self.rows["surveys"].append((self.id("surveys"), ticket, first_event + closing, *whose, due, asked, answered, score, ""))
        files = attach(self, story, ids)
        fields, field_words = fill_fields(self, ticket, matter, opened)
        read_marks(self, ticket, story, department)
        tag(self, ticket)

        number = number_of(making["first"] + place, seed=plan["seed"], digits=plan["digits"], prefix=plan["prefix"], taken=making["taken"])
        kind, _by, last = story.said[-1]
        public = max(place for place, said in enumerate(story.said) if said[0] != NOTE)
        last_words = excerpt(letters[-1].text, 160)
        moment = lambda seconds: None if seconds is None else written(seconds)  # noqa: E731
        types = plan["types"]
        self.rows["tickets"].append(
            (
                ticket,
                number,
                plan["store"],
                department["id"],
                story.status,
                written(story.status_since),
                types[int(random() ** 2 * len(types))] if random() < 0.85 else None,
                fields,
                story.priority,
                customer,
                story.assignee,
                None if story.assignee else story.team,
                subject,
                person.language,
                story.source,
                written(opened),
                written(story.updated),
                moment(story.closed),
                moment(story.first_answered),
                written(last),
                kind,
                last_words,
                last_words if public == len(letters) - 1 else excerpt(letters[public].text, 160),
                int(story.said[public][0] == CUSTOMER),
                moment(story.waiting),
                moment(story.due),
                int(bool(files)),
                story.rating,
                len(story.events),
            )  # fmt: skip
        )
        self.documents.append(document(ticket, department["id"], number, subject_words, story, letters, files, field_words, person))

    @staticmethod
    def _letter(matter, kind):
        if kind == CUSTOMER:
            return matter.by_customer()
        return matter.by_staff() if kind == REPLY else matter.note()
