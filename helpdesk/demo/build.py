"""Building the demo store through the same services the pages use, then setting the clock of each story back."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from i18nfield.strings import LazyI18nString

from departments.models import Department
from faq.services import write_entry
from helpdesk.demo import answers, store, stories, yesterday
from helpdesk.demo.asking import ask_and_tell
from helpdesk.demo.beside import keep_beside
from helpdesk.demo.customers import tell_of_customers
from helpdesk.demo.fates import write_stories
from helpdesk.demo.fields import make_fields
from helpdesk.demo.hearing import choose_who_hears
from helpdesk.demo.intake import set_up_intake
from helpdesk.demo.knowledge import add_knowledge
from helpdesk.demo.lists import add_lists
from helpdesk.demo.moves import move_some
from helpdesk.demo.people import make_customers, make_staff, make_teams
from helpdesk.demo.portal import dress_portal
from helpdesk.demo.ratings import tell_ratings
from helpdesk.demo.sms import set_up_sms
from helpdesk.demo.surveying import answer_questions, set_up_survey
from helpdesk.demo.telling import Cast, tell
from helpdesk.demo.texts import write_texts
from notifications.bounces.settling import note_came_back
from notifications.choices import Channel, Reason, State
from notifications.models import Delivery
from statuses.models import Action
from statuses.services import create_workflow
from stores.models import Store
from surveys.models import Survey
from tickets.models import ReplyTemplate


@transaction.atomic
def build_demo(say=lambda sentence: None):
    """The whole demo store in one transaction: all of it is there afterwards, or nothing."""
    shop = make_store()
    workflow, departments = _departments(shop)
    say("Store, departments and statuses are there.")
    actions = _actions(workflow)
    staff = make_staff(shop, workflow, departments, actions)
    teams = make_teams(departments, staff)
    customers = make_customers(staff)
    _answers(shop, departments)
    add_knowledge(shop, departments, staff, teams)
    write_texts(shop, actions)
    dress_portal(shop)
    set_up_survey(shop, departments)
    say("People, rights, FAQ and prepared answers are there.")
    cast = Cast(shop, workflow, departments, actions, staff, teams)
    told = [*stories.STORIES, *yesterday.stories()]
    for department, customer, subject, steps in told:
        tell(cast, departments[department], customers[customer], subject, steps)
    move_some(cast)
    tell_of_customers(customers, staff)
    keep_beside(staff)
    set_up_intake(shop, departments)
    make_fields(departments, customers)
    add_lists(shop, departments, workflow, staff, teams)
    tell_ratings(cast)
    _settle()
    set_up_sms(shop)
    write_stories(shop)
    choose_who_hears(shop, departments, staff, customers)
    answer_questions(shop)
    say(f"{len(told)} tickets are there.")


def make_store():
    """Narvan, without anything in it yet."""
    return Store.objects.create(
        key="narvan",
        is_default=True,
        name=LazyI18nString(store.NAME),
        welcome=LazyI18nString(store.WELCOME),
        sender_name=LazyI18nString(store.NAME),
        sender_email="help@narvan.example",
        hue=158,
        chroma=0.09,
        languages=["en", "fa", "pl", "ru"],
        language="en",
        time_zone="Europe/Warsaw",
        phone_region="PL",
        survey_delay_minutes=1,
        late_answers_open_new=True,
    )


def _departments(shop):
    workflow = create_workflow({"en": "Shop", "fa": "فروشگاه", "pl": "Sklep", "ru": "Магазин"}, store.STATUSES)
    departments = {}
    for position, (key, (icon, hours, name, description)) in enumerate(store.DEPARTMENTS.items()):
        department = Department.objects.create(
            key=key,
            name=LazyI18nString(name),
            description=LazyI18nString(description),
            icon=icon,
            answer_hours=hours,
            position=position,
            workflow=workflow,
        )
        department.stores.add(shop)
        departments[key] = department
    return workflow, departments


def _actions(workflow):
    """{(status, code): action}, in the order of the table."""
    actions = {}
    for position, (status, code, icon, leads_to, label, *more) in enumerate(store.ACTIONS):
        actions[status, code] = Action.objects.create(
            status=workflow.by_code[status],
            name=LazyI18nString(label),
            icon=icon,
            target=workflow.by_code.get(leads_to),
            position=position,
            **(more[0] if more else {}),
        )
    ask_and_tell(actions)
    return actions


def _answers(shop, departments):
    for position, (department, words, reads) in enumerate(answers.FAQ):
        entry = write_entry(stores=[shop], department=departments[department], words=words, position=position)
        entry.reads = reads
        entry.save(update_fields=["reads"])
    for position, (department, title, text) in enumerate(answers.REPLY_TEMPLATES):
        ReplyTemplate.objects.create(
            department=departments[department] if department else None,
            title=LazyI18nString(title),
            text=LazyI18nString(text),
            position=position,
        )


def _settle():
    """The past is past: its messages have left, its questions were asked; one message failed, to show how that looks."""
    queued = Delivery.objects.filter(state=State.QUEUED)
    Survey.objects.filter(asked_at=None).update(withdrawn_at=timezone.now())
    failing = queued.filter(channel=Channel.SMS, customer__phone="+48602331415").order_by("-pk").values_list("pk", flat=True).first()
    for delivery in queued:
        delivery.state = State.DELIVERED if delivery.channel == Channel.SMS else State.SENT
        delivery.sent_at = delivery.created_at + timedelta(seconds=4)
        delivery.attempts = 1
        if delivery.pk == failing:
            delivery.state, delivery.sent_at, delivery.reason = State.FAILED, None, Reason.BAD_NUMBER
        delivery.save(update_fields=["state", "sent_at", "attempts", "reason"])
    _bounce_one()


def _bounce_one():
    """The latest mail to one visitor came back: her mailbox is closed, which her card and the settings say."""
    mail = Delivery.objects.filter(channel=Channel.MAIL, customer__email=store.GONE_EMAIL, state=State.SENT).order_by("-pk").first()
    if mail:
        note_came_back(mail, store.GONE_WORDS, is_address_wrong=True)
