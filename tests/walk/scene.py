"""The people of the walk, the things they try to reach, and the arguments of every address for each thing.

To add an address that needs a new kind of argument, add its word to `arguments_of`: for each thing what stands in the address.
"""

from datetime import timedelta
from io import BytesIO

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from accounts.models import User
from automations.models import WorkflowVersion
from automations.reading import read_workflow
from backoffice.tickets.exporting import TicketsListing
from common.uploads import CheckedFile
from customers.models import DuplicateSuggestion, Sharing
from customers.services import add_customer_note, add_organisation_note, put_into_organisation, save_organisation
from departments.models import Department, RequestType
from exports import working
from exports.services import ask_for_export
from faq.pages import write_page
from faq.pictures import keep_picture
from faq.sections import write_section
from faq.services import write_entry
from helpdesk.look import look_url
from notifications.addresses import note_bounce, state_of
from notifications.choices import Mailing
from notifications.models import BounceMailbox, Delivery, InboundSms, MailAccount, PushSubscription, SmsGateway
from notifications.services import send_code
from notifications.texts import archive_action_text, write_action_text
from notifications.unsubscribing import token_for as mailing_token
from permissions.models import Role
from permissions.rights import DepartmentRight, RoleKey, StatusRight
from permissions.roles import all_roles, standard_role
from permissions.services import grant, grant_role
from statuses.models import Action
from stores.blocking import add_rule
from stores.models import PortalLink
from surveys.building import save_question
from surveys.choices import QuestionKind
from surveys.models import Survey, SurveyQuestion
from surveys.planning import withdraw_question
from surveys.services import token_for as survey_token
from tests.make import make_customer, make_department, make_field, make_message, make_person, make_staff, make_store, make_ticket
from tickets.links import answer_token_for
from tickets.links import token_for as link_token
from tickets.models import OutgoingReply, Tag, Ticket
from tickets.models.saved_view import Audience
from tickets.services.bulk import begin_run, carry_out
from tickets.services.deleting import delete_ticket
from tickets.services.drafts import keep_draft, keep_file
from tickets.services.fields import write_values
from tickets.services.holding import hold_request
from tickets.services.joining import merge_customers
from tickets.services.lifecycle import close_ticket, reopen_ticket
from tickets.services.linking import link_tickets
from tickets.services.macros import write_macro
from tickets.services.merging import merge_tickets
from tickets.services.reply_templates import write_reply_template
from tickets.services.saved_views import give_view, save_view
from tickets.services.sharing import share_ticket
from tickets.services.tagging import tag_ticket
from tickets.services.writing import attach


class Scene:
    """One shop for all people of the walk. Things are called by how they stand to the customer and to Support:

    own (the customer's, in Support), same (another customer's, in Support, in another status), foreign (in Sales),
    merged (the customer's, merged into own), deleted (the customer's, deleted).
    """

    def __init__(self):
        self.store, self.other_store = make_store(), make_store()
        all_roles()  # standard roles become rows when somebody first looks at them
        self.support = make_department("Support", store=self.store)
        self.sales = make_department("Sales", store=self.store)
        self.elsewhere = make_department("Elsewhere", store=self.other_store)
        self.kasia, self.nour, self.marta = make_customer("Kasia"), make_customer("Nour"), make_customer("Marta")
        self._hire()
        self.tickets = self._tickets()
        self.arguments = self.arguments_of()
        self.browsers = {name: _browser_of(person) for name, person in self.people.items()}
        # They were signed in already when their account was ended.
        User.objects.filter(pk=self.people["gone"].pk).update(is_active=False)

    def _hire(self):
        watcher = make_staff("Watcher", self.support, role=RoleKey.OBSERVER, sees_customers=False)
        paula = make_staff("Paula", sees_customers=False)
        for right in (DepartmentRight.VIEW, DepartmentRight.NOTE):
            grant(paula, right, self.support)
        grant(paula, StatusRight.VIEW, self.support.workflow.statuses.get(kind="new"))
        tom, self.team = make_staff("Tom", sees_customers=False), Group.objects.create(name="Night shift")
        grant_role(self.team, self.support, RoleKey.SENIOR)
        tom.groups.add(self.team)
        olga = make_staff("Olga", sees_customers=False)
        for department in (self.support, self.sales):
            grant_role(olga, department, RoleKey.OWNER)
        self.people = {
            "visitor": None,
            "customer": self.kasia.user,
            "stranger": self.nour.user,
            "newcomer": make_staff("Newcomer", sees_customers=False),
            "watcher": watcher,
            "alice": make_staff("Alice", self.support),
            "paula": paula,
            "tom": tom,
            "olga": olga,
            "root": make_person("Root", is_staff=True, is_superuser=True),
            "gone": make_staff("Gone", self.support),
        }

    def _tickets(self):
        tickets = {
            "own": self._ticket(department=self.support, customer=self.kasia),
            "same": self._ticket(department=self.support, customer=self.nour),
            "foreign": self._ticket(department=self.sales, customer=self.marta),
            "merged": self._ticket(department=self.support, customer=self.kasia),
            "deleted": self._ticket(department=self.support, customer=self.kasia),
        }
        close_ticket(tickets["same"])
        statuses = [*self.support.workflow.statuses.all(), *self.sales.workflow.statuses.all()]
        self.actions = {
            status.pk: Action.objects.create(status=status, name="Go on", target=statuses[1], for_customers=True) for status in statuses
        }
        return {thing: Ticket.objects.get(pk=ticket.pk) for thing, ticket in tickets.items()}

    def _end(self, tickets):
        """Merging moves messages, so it comes after everything else was looked up."""
        merge_tickets(tickets["merged"], into=tickets["own"], by=self.people["olga"])
        delete_ticket(tickets["deleted"], by=self.people["olga"])

    def _ticket(self, **fields):
        """A ticket with a file, a note with a file, and a message that did not arrive."""
        ticket = make_ticket(**fields)
        attach(ticket.messages.get(), _file("label.txt"))
        attach(make_message(ticket, "Between us.", by=self.people["alice"], note=True), _file("secret.txt"))
        Delivery.objects.filter(ticket=ticket, customer=ticket.customer).update(state="failed")
        return ticket

    def _linked(self, customer):
        """A ticket of somebody without an account, who comes by a signed link."""
        ticket = make_ticket(department=self.support, customer=customer)
        attach(ticket.messages.get(), _file("a.txt"))
        attach(make_message(ticket, "Between us.", by=self.people["alice"], note=True), _file("secret.txt"))
        return ticket

    def _devices(self):
        """A browser of Alice's for the desk, and one of the customer's for the portal. Each shows nothing: nobody is signed in there."""
        same = {"public_key": "", "auth_secret": "", "session_key": "", "agent": "Firefox · Android"}
        at = "https://updates.push.services.mozilla.com/wpush/v2/"
        desk = PushSubscription.objects.create(user=self.people["alice"], endpoint=f"{at}desk", **same)
        portal = PushSubscription.objects.create(user=self.kasia.user, store=self.store, endpoint=f"{at}portal", **same)
        return {"device": {"own": [desk.pk]}, "portal device": {"own": [portal.pk]}}

    def _surveys(self):
        """One to answer, one withdrawn because the ticket was opened again, one of a deleted ticket."""
        alice = self.people["alice"]
        tickets = [close_ticket(make_ticket(department=self.support, customer=self.kasia), by=alice) for _thing in range(3)]
        surveys = [survey_token(Survey.objects.get(ticket=ticket)) for ticket in tickets]
        reopen_ticket(tickets[1])
        withdraw_question(tickets[1].events.last())
        delete_ticket(tickets[2], by=self.people["olga"])
        return dict(zip(["own", "withdrawn", "deleted"], surveys, strict=True))

    def _helped(self):
        """The link under an answer of alice's: of a ticket as it is, and of one that was deleted."""
        tickets = {thing: make_ticket(department=self.support, customer=self.kasia) for thing in ("own", "deleted")}
        answers = {thing: make_message(ticket, "Turn the burr.", by=self.people["alice"]) for thing, ticket in tickets.items()}
        delete_ticket(tickets["deleted"], by=self.people["olga"])
        return {thing: [answer_token_for(answer, self.kasia.pk)] for thing, answer in answers.items()}

    def _survey_questions(self):
        questions = {thing: SurveyQuestion(store=store) for thing, store in (("own", self.store), ("elsewhere", self.other_store))}
        words = {"label": "How fast?", "low_label": "", "high_label": "", "choices": []}
        for question in questions.values():
            save_question(question, {"kind": QuestionKind.SCALE_5, "is_required": False, **words}, by=self.people["olga"])
        return {thing: [question.pk] for thing, question in questions.items()}

    def _types(self):
        """Request types: for one department of the store, for all departments of all stores, and of another store."""
        types = {thing: RequestType.objects.create(name="Repair") for thing in ("own", "for-all", "elsewhere")}
        types["own"].departments.add(self.support)
        types["elsewhere"].departments.add(self.elsewhere)
        return {thing: [each.pk] for thing, each in types.items()}

    def _forms(self):
        """The form of Support is published, the one of Sales has an address only."""
        Department.objects.filter(pk=self.support.pk).update(form_address="support", form_published=True)
        Department.objects.filter(pk=self.sales.pk).update(form_address="sales")
        return {"own": ["support"], "hidden": ["sales"]}

    def _held(self):
        """A rule and what it held, here and in another store."""
        rules, held = {}, {}
        for thing, store, department in (("own", self.store, self.support), ("elsewhere", self.other_store, self.elsewhere)):
            rule = add_rule(store, kind="word", value="cheap watches")
            request = hold_request(
                rule=rule,
                store=store,
                department=department,
                subject="Watches",
                text="Cheap.",
                language="en",
                name="Joe",
                email="j@spam.example",
            )
            rules[thing], held[thing] = [rule.pk], [request.pk]
        return {"rule": rules, "held": held}

    def _sms(self, far):
        """Gateways and an SMS that came in, of this store and of another one."""
        gateways = {
            thing: SmsGateway.objects.create(store=store, kind="installation") for thing, store in (("own", self.store), ("elsewhere", far))
        }
        received = {
            thing: InboundSms.objects.create(
                gateway=gateway, store=gateway.store, gateway_key=thing, sender="+48601220214", text="Hello", outcome="review"
            )
            for thing, gateway in gateways.items()
        }
        return {
            "gateway": {thing: [row.pk] for thing, row in gateways.items()},
            "received": {thing: [row.pk] for thing, row in received.items()},
            "hook": {"own": [gateways["own"].token], "unknown": ["nobody"]},
            "hook of one": {"own": [gateways["own"].token, "k" * 32], "unknown": ["nobody", "k" * 32]},
        }

    def _action_texts(self):
        words = {"en": ("Look", "Look at {number}.", "")}
        kept, archived = (write_action_text(name="Look", words=words, by=self.people["olga"], store=self.store) for _thing in range(2))
        archive_action_text(archived, by=self.people["olga"], store=self.store)
        return {"own": [kept.pk], "archived": [archived.pk]}

    def _run_of(self, person):
        """What this person did to several tickets, a moment ago."""
        run = begin_run("read", [self.tickets["own"].pk], by=self.people[person])
        carry_out(run)
        return run

    def _file_of(self, person):
        """A list of tickets that this person had written as a file."""
        user = self.people[person]
        export = ask_for_export(TicketsListing(user, {"view": "all"}), format="csv", by=user)
        working.write(export.pk)
        return export

    def _unsent(self, tickets):
        """Alice has begun to write in another customer's ticket, with a file, and a reply of hers is about to leave there."""
        alice, same = self.people["alice"], tickets["same"]
        file = keep_file(_file("draft.txt"), draft=keep_draft(same, text="Dear Nour", by=alice))
        outgoing = OutgoingReply.objects.create(ticket=same, author=alice, text="Dear Nour", leaves_at=timezone.now() + timedelta(days=1))
        return {
            "number draft_file": {thing: [ticket.number, file.pk] for thing, ticket in tickets.items()},
            "number outgoing": {thing: [ticket.number, outgoing.pk] for thing, ticket in tickets.items()},
        }

    def arguments_of(self):
        """{word: {thing: what stands in the address}}. The words are those of addresses.txt."""
        tickets = self.tickets
        files = {thing: ticket.messages.exclude(kind="note").get().attachments.get() for thing, ticket in tickets.items()}
        notes = {thing: ticket.messages.get(kind="note") for thing, ticket in tickets.items()}
        files["note"] = notes["own"].attachments.get()
        ivan = make_customer("Ivan", account=False)
        linked = {thing: self._linked(ivan) for thing in ("own", "merged", "deleted", "adopted")}
        links = {thing: link_token(ticket) for thing, ticket in linked.items()}
        link_files = {
            thing: [links[thing], ticket.messages.exclude(kind="note").get().attachments.get().pk] for thing, ticket in linked.items()
        }
        link_files["note"] = [links["own"], linked["own"].messages.get(kind="note").attachments.get().pk]
        link_files["foreign"] = [links["own"], files["own"].pk]
        Ticket.objects.filter(pk=linked["adopted"].pk).update(customer=self.kasia)
        self._end(linked)
        field, secret = make_field(departments=[self.support, self.sales]), make_field("Access", "secret")
        make_field("Segment", place="customer")
        fields = {"own": field, "elsewhere": make_field("Far", departments=[self.elsewhere])}
        for ticket in tickets.values():
            tag_ticket(ticket, ["Refund"])
            write_values(ticket, {field: "A-17", secret: "hunter2"}, record_event=False)
        actions = {thing: self.actions[ticket.status_id] for thing, ticket in tickets.items()}
        shares = {
            thing: share_ticket(ticket, user=self.people["gone"], right="see", by=self.people["olga"]) for thing, ticket in tickets.items()
        }
        deliveries = {thing: Delivery.objects.filter(ticket=ticket, customer=ticket.customer).first() for thing, ticket in tickets.items()}
        self.link = link_tickets(tickets["own"], tickets["same"], "related", by=self.people["olga"])
        self.far_link = link_tickets(tickets["own"], tickets["foreign"], "related", by=self.people["olga"])
        self._end(tickets)
        own_tag, other_tag = (
            Tag.objects.get_or_create(store=store, name="Refund", folded="refund")[0] for store in (self.store, self.other_store)
        )
        own_role = Role.objects.create(name="Helper", department_rights=[str(DepartmentRight.VIEW)])
        far = make_customer("Far")
        make_ticket(department=self.elsewhere, store=self.other_store, customer=far)
        words = {"en": ("Why?", "<p>Because.</p>")}
        entries = {
            "own": write_entry(stores=[self.store], department=self.support, words=words),
            "hidden": write_entry(stores=[self.store], department=self.support, words=words, is_published=False),
            "elsewhere": write_entry(stores=[self.other_store], department=self.elsewhere, words=words),
        }
        elsewhere_too = write_entry(stores=[self.store, self.other_store], words=words)
        entries["shared"] = elsewhere_too
        title = {"en": ("Delivery", "Two days.")}
        sections = {
            "own": write_section(store=self.store, words=title, icon="truck"),
            "elsewhere": write_section(store=self.other_store, words=title, icon="truck"),
        }
        pages = {
            "own": write_page(store=self.store, address="delivery", words=title, is_published=True),
            "hidden": write_page(store=self.store, address="warranty", words=title, is_published=False),
            "elsewhere": write_page(store=self.other_store, address="returns", words=title, is_published=True),
        }
        picture = keep_picture(_picture(), store=self.store)
        kept = write_reply_template(words={"en": ("Mine", "Hello.")}, owner=self.people["alice"])
        answers = {
            "own": write_reply_template(words={"en": ("Greeting", "Hello.")}, department=self.support),
            "all": write_reply_template(words={"en": ("Greeting", "Hello.")}),
            "elsewhere": write_reply_template(words={"en": ("Greeting", "Hello.")}, department=self.elsewhere),
        }
        bells = Delivery.objects.filter(channel="in_app")
        notices = {
            "own": bells.filter(user=self.people["alice"], ticket=tickets["own"]).first(),
            "foreign": bells.filter(user=self.people["olga"], ticket=tickets["foreign"]).first(),
        }
        write_macro(answers["own"], priority=40)
        return {
            "": {"-": []},
            **self._devices(),
            "notice": {thing: [notice.pk] for thing, notice in notices.items()},
            "look": {"-": look_url(self.store).removeprefix("/look/").removesuffix(".css").rsplit("-", 1)},
            "logo": {"-": [self.store.key, "0"]},
            "number": {thing: [ticket.number] for thing, ticket in tickets.items()},
            "number note": {thing: [ticket.number, notes[thing].pk] for thing, ticket in tickets.items()}
            | {"other": [tickets["own"].number, notes["foreign"].pk]},
            "number note file": {
                thing: [ticket.number, notes[thing].pk, notes[thing].attachments.get().pk] for thing, ticket in tickets.items()
            }
            | {"other": [tickets["own"].number, notes["foreign"].pk, notes["foreign"].attachments.get().pk]},
            "number delivery": {thing: [ticket.number, deliveries[thing].pk] for thing, ticket in tickets.items()}
            | {"other": [tickets["own"].number, deliveries["foreign"].pk]},
            "message": {
                "own": [deliveries["own"].pk],
                "elsewhere": [send_code("sign_in_code", code="481902", language="en", email="far@mail.example", store=self.other_store).pk],
            },
            "number action": {thing: [ticket.number, actions[thing].pk] for thing, ticket in tickets.items()}
            | {"other": [tickets["own"].number, actions["foreign"].pk]},
            "number secret": {thing: [ticket.number, secret.pk] for thing, ticket in tickets.items()}
            | {"other": [tickets["own"].number, field.pk]},
            "field": {thing: [row.pk] for thing, row in fields.items()},
            "number share": {thing: [ticket.number, shares[thing].pk] for thing, ticket in tickets.items()}
            | {"other": [tickets["own"].number, shares["foreign"].pk]},
            "file": {thing: [file.pk, file.name] for thing, file in files.items()},
            "thumbnail": {thing: [file.pk] for thing, file in files.items()},
            "link": {thing: [token] for thing, token in links.items()},
            "link file": link_files,
            "link action": {thing: [links[thing], self.actions[ticket.status_id].pk] for thing, ticket in linked.items()}
            | {"foreign": [links["own"], actions["foreign"].pk]},
            "survey": {thing: [token] for thing, token in self._surveys().items()},
            "helped": self._helped(),
            "survey question": self._survey_questions(),
            "portal link": {
                "own": [PortalLink.objects.create(store=self.store, label="Orders", url="https://shop.example/").pk],
                "elsewhere": [PortalLink.objects.create(store=self.other_store, label="Orders", url="https://shop.example/").pk],
            },
            "person": {
                "own": [self.people["alice"].pk],
                "oneself": [self.people["olga"].pk],
                "superuser": [self.people["root"].pk],
                "customer": [self.kasia.user_id],
            },
            "person department": {
                "own": [self.people["alice"].pk, self.support.pk],
                "elsewhere": [self.people["alice"].pk, self.elsewhere.pk],
            },
            "team": {"own": [self.team.pk], "empty": [Group.objects.create(name="Nobody yet").pk]},
            "role": {"own": [own_role.pk], "standard": [standard_role(RoleKey.SUPPORTER).pk]},
            "customer": {"own": [self.kasia.pk], "elsewhere": [far.pk]},
            **self._about_customers(far),
            "department": {"own": [self.support.pk], "elsewhere": [self.elsewhere.pk]},
            **self._mails(far),
            **self._workflows(),
            "entry": {thing: [entry.pk] for thing, entry in entries.items()},
            "template": {"-": ["reply"], "unknown": ["nothing"]},
            "door": {"-": ["sms"], "unknown": ["cellar"]},
            "setup": {"-": ["0123456789abcdef"]},
            "action_text": self._action_texts(),
            **self._sms(self.other_store),
            "type": self._types(),
            "form": self._forms(),
            **self._held(),
            "answer": {thing: [answer.pk] for thing, answer in answers.items()} | {"kept": [kept.pk]},
            **self._unsent(tickets),
            "export": {"own": [self._file_of("alice").pk], "foreign": [self._file_of("olga").pk]},
            "kept answer": {"alices": [kept.pk], "own": [answers["own"].pk]},
            "number tag": {thing: [ticket.number, own_tag.pk] for thing, ticket in tickets.items()}
            | {"other": [tickets["own"].number, other_tag.pk]},
            "number link": {thing: [tickets[thing].number, self.link.pk] for thing in ("own", "same", "merged", "deleted")}
            | {"foreign": [tickets["foreign"].number, self.far_link.pk], "other": [tickets["own"].number, self.far_link.pk]},
            "run": {"own": [self._run_of("alice").pk], "foreign": [self._run_of("olga").pk]},
            "tag": {"own": [own_tag.pk], "elsewhere": [other_tag.pk]},
            "number answer": {thing: [ticket.number, answers["own"].pk] for thing, ticket in tickets.items()},
            "saved": self._views(),
            "section": {thing: [section.pk] for thing, section in sections.items()},
            "page": {thing: [page.pk] for thing, page in pages.items()},
            "page address": {thing: [page.address] for thing, page in pages.items()},
            "picture": {"-": [picture.pk, "a.png"]},
        }

    def _views(self):
        """Of Alice, of Olga given to everybody, and of Olga given to Alice's colleague alone."""
        views = {
            thing: save_view(name="Open ones", query={"view": "open"}, by=self.people[person])
            for thing, person in (("alices", "alice"), ("everybodys", "olga"), ("toms", "olga"))
        }
        give_view(views["everybodys"], audience=Audience.EVERYBODY, by=self.people["olga"])
        give_view(views["toms"], audience=Audience.SOME, people=[self.people["tom"]], by=self.people["olga"])
        return {thing: [view.pk] for thing, view in views.items()}

    def _about_customers(self, far):
        """Notes, organisations, suggestions and merges: of the customer (own) and of one of another store (elsewhere)."""
        olga = self.people["olga"]
        words = {"customer note": {}, "organisation": {}, "organisation member": {}, "organisation note": {}, "duplicate": {}, "merge": {}}
        for thing, customer in (("own", self.kasia), ("elsewhere", far)):
            note = add_customer_note(customer, text="Prefers writing.", by=olga)
            firm = save_organisation(name=f"Firm {thing}", sharing=Sharing.NOTHING, by=olga)
            put_into_organisation(customer, firm, by=olga)
            about_all = add_organisation_note(firm, text="Closed on Mondays.", by=olga)
            twin = make_customer(f"Twin {thing}", account=False, email=f"plus+{customer.email}")
            pair = DuplicateSuggestion.objects.create(first=customer, second=twin, reason="mail")
            merge = merge_customers(make_customer(f"Old {thing}", account=False), into=customer, by=olga)
            words["customer note"][thing] = [customer.pk, note.pk]
            words["organisation"][thing] = [firm.pk]
            words["organisation member"][thing] = [firm.pk, customer.pk]
            words["organisation note"][thing] = [firm.pk, about_all.pk]
            words["duplicate"][thing] = [pair.pk]
            words["merge"][thing] = [merge.pk]
        words["customer note"]["other"] = [self.kasia.pk, words["customer note"]["elsewhere"][1]]
        words["organisation note"]["other"] = [words["organisation"]["own"][0], words["organisation note"]["elsewhere"][1]]
        return words

    def _mails(self, far):
        """Addresses from which mails came back, a bounce mailbox, a link that stops mailings, a provider that reports."""
        states = {}
        for thing, customer, store in (("own", self.kasia, self.store), ("elsewhere", far, self.other_store)):
            note_bounce(customer.email, store, "550 5.1.1 unknown")
            states[thing] = state_of(customer.email, store).pk
        BounceMailbox.objects.create(store=self.store, address="bounces@shop.example", host="127.0.0.1", user="bounces")
        hook = MailAccount.objects.create(store=self.other_store, way="postmark", hook_key="k" * 43, sender="help@shop.example")
        token = mailing_token(self.store, self.kasia.email, Mailing.SURVEY, "en")
        return {
            "address": {thing: [pk] for thing, pk in states.items()},
            "customer address": {
                "own": [self.kasia.pk, states["own"]], "elsewhere": [far.pk, states["elsewhere"]], "other": [self.kasia.pk, states["elsewhere"]],
            },
            "mailing": {"own": [token], "unknown": [token[:-1]]},
            "mail hook": {"own": [hook.hook_key], "unknown": ["x" * 43]},
        }  # fmt: skip

    def _workflows(self):
        """own (only Support follows it), elsewhere (a department of the other store does)."""
        words = {"workflow": {}, "workflow status": {}, "workflow action": {}, "workflow version": {}}
        for thing, department in (("own", self.support), ("elsewhere", self.elsewhere)):
            workflow = department.workflow
            status = workflow.statuses.get(kind="new")
            action, _is_new = Action.objects.get_or_create(status=status, defaults={"name": "Go on"})
            WorkflowVersion.objects.create(workflow=workflow, number=1, document=read_workflow(workflow))
            words["workflow"][thing] = [workflow.pk]
            words["workflow status"][thing] = [workflow.pk, status.key]
            words["workflow action"][thing] = [workflow.pk, status.key, action.key]
            words["workflow version"][thing] = [workflow.pk, 1]
        return words


def _picture():
    drawn = BytesIO()
    Image.new("RGB", (8, 8), "teal").save(drawn, "PNG")
    return SimpleUploadedFile("box.png", drawn.getvalue())


def _file(name):
    return CheckedFile(name=name, content_type="text/plain", size=5, content=ContentFile(b"hello"))


def _browser_of(person):
    browser = Client()
    if person:
        browser.force_login(person)
    return browser
