"""Every kind of page of the demo store, and how to get there. One table for accessibility, screenshots and pictures."""

from urllib.parse import urljoin, urlsplit

from tests.live import LiveStack

PASSWORD = "narvan-coffee"

SIGNED_OUT, KASIA, NOUR, ALICE, OLGA = None, "kasia@mail.example", "nour@mail.example", "alice@narvan.example", "olga@narvan.example"
BOB, DAN = "bob@narvan.example", "dan@narvan.example"


def first(selector, beneath=""):
    """The address of the first such link on the page the browser stands on, or one beneath it."""

    def find(page):
        address = page.locator(selector).first.get_attribute("href")
        return urljoin(page.url, address.split("#")[0] + beneath if beneath else address)

    return find


PAGES = {
    "home": (SIGNED_OUT, ["/"]),
    "sign-in": (SIGNED_OUT, ["/account/login/"]),
    "sign-in by code": (SIGNED_OUT, ["/account/login/code/"]),
    "sign-up": (SIGNED_OUT, ["/account/signup/"]),
    "reset": (SIGNED_OUT, ["/account/password/reset/"]),
    "department": (SIGNED_OUT, ["/tickets/new/"]),
    "answers": (SIGNED_OUT, ["/tickets/new/", first("main a[href*='/tickets/new/']")]),
    "visitor's form": (SIGNED_OUT, ["/tickets/new/6/"]),
    "department's own form": (SIGNED_OUT, ["/forms/repairs/"]),
    "faq": (SIGNED_OUT, ["/faq/"]),
    "faq search": (SIGNED_OUT, ["/faq/?q=repair"]),
    "faq search without result": (SIGNED_OUT, ["/faq/?q=zzzz"]),
    "faq entry": (SIGNED_OUT, ["/faq/1/"]),
    "information page": (SIGNED_OUT, ["/pages/delivery/"]),
    "survey": (SIGNED_OUT, ["survey"]),
    "link that ended": (SIGNED_OUT, ["/survey/none/"]),
    "not found": (SIGNED_OUT, ["/nowhere/"]),
    "my home": (KASIA, ["/"]),
    "my form": (KASIA, ["/tickets/new/2/"]),
    "my requests": (KASIA, ["/tickets/"]),
    "my requests, searched": (KASIA, ["/tickets/?q=grinder"]),
    "my conversation": (KASIA, ["/tickets/", first("main a[href^='/tickets/']:not([href*=new])")]),
    "what is known of my request": (KASIA, ["/tickets/", first("main a[href^='/tickets/']:not([href*=new])", "fields/")]),
    "my profile": (KASIA, ["/profile/"]),
    "messages to me": (KASIA, ["/account/messages/"]),
    "change password": (KASIA, ["/account/password/change/"]),
    "inbox": (ALICE, ["/desk/"]),
    "all open": (ALICE, ["/desk/tickets/?view=open"]),
    "unassigned": (ALICE, ["/desk/tickets/?view=unassigned"]),
    "closed": (ALICE, ["/desk/tickets/?view=closed"]),
    "inbox, dense": (ALICE, ["/desk/?view=open&layout=dense"]),
    "inbox, board": (ALICE, ["/desk/?view=open&layout=board"]),
    "inbox, filters": (ALICE, ["/desk/lists/filters/?view=open&assignee=me"]),
    "inbox, columns": (ALICE, ["/desk/lists/columns/?view=open"]),
    "inbox, views": (ALICE, ["/desk/views/"]),
    "inbox, searched": (ALICE, ["/desk/tickets/?view=open&q=grinder"]),
    "nothing found": (ALICE, ["/desk/tickets/?view=open&q=zzzz"]),
    "search by operators": (ALICE, ["/desk/?q=grinder+status:open+-zzzz"]),
    "search with a wrong operator": (ALICE, ["/desk/?q=grinder+status:nowhere"]),
    "in another order": (ALICE, ["/desk/tickets/?view=open&sort=priority"]),
    "counts": (ALICE, ["/desk/counts/"]),
    "exporting tickets": (ALICE, ["/desk/tickets/export/?view=open"]),
    "exports": (ALICE, ["/desk/exports/"]),
    "ratings": (OLGA, ["/desk/reports/ratings/?period=90"]),
    "ratings of chosen days": (OLGA, ["/desk/reports/ratings/?period=own&since=someday"]),
    "ratings, none": (OLGA, ["/desk/reports/ratings/?period=7&day=2010-01-01"]),
    "ratings one by one": (OLGA, ["/desk/reports/ratings/answers/?period=90"]),
    "exporting ratings": (OLGA, ["/desk/reports/ratings/export/?table=people"]),
    "ratings of a person": (OLGA, ["/desk/reports/ratings/?period=90", first("main a[href*='/reports/people/']")]),
    "my ratings": (ALICE, ["/desk/reports/me/?period=90"]),
    "ticket": (ALICE, ["/desk/", first("main .row a[href^='/desk/tickets/']")]),
    "fields of a ticket": (ALICE, ["/desk/?view=open&q=rattles", first("main .row a[href^='/desk/tickets/']", "fields/")]),
    "shares of a ticket": (ALICE, ["/desk/?view=open&q=rattles", first("main .row a[href^='/desk/tickets/']", "shares/")]),
    "my drafts": (ALICE, ["/desk/drafts/"]),
    "what a macro would do": (
        ALICE,
        ["/desk/?view=open&q=rattles", first("main .row a[href^='/desk/tickets/']", "answers/"), first("a.menu-macro")],
    ),
    "why on a ticket": (ALICE, ["/desk/", first("main .row a[href^='/desk/tickets/']", "why/?question=manage_customer")]),
    "shared with me": (BOB, ["/desk/?view=shared"]),
    "shared ticket": (BOB, ["/desk/?view=shared", first("main .row a[href^='/desk/tickets/']")]),
    "accountant's ticket": (DAN, ["/desk/", first("main .row a[href^='/desk/tickets/']")]),
    "refused": (DAN, ["/desk/tickets/new/"]),
    "action of a ticket": (ALICE, ["/desk/?view=open&q=weighed", first("main .row a[href^='/desk/tickets/']"), first(".ticket-actions a")]),
    "new ticket": (ALICE, ["/desk/tickets/new/"]),
    "fields of a customer": (OLGA, ["/desk/customers/1/fields/"]),
    "customers": (ALICE, ["/desk/customers/"]),
    "customers, narrowed": (ALICE, ["/desk/customers/?language=en&sort=message"]),
    "customers, a wrong day": (ALICE, ["/desk/customers/?since=someday"]),
    "exporting customers": (ALICE, ["/desk/customers/export/"]),
    "customer": (ALICE, ["/desk/customers/1/"]),
    "blocked customer": (OLGA, ["/desk/customers/?standing=blocked", first(".list a[href^='/desk/customers/']")]),
    "history of a customer": (OLGA, ["/desk/customers/?standing=blocked", first(".list a[href^='/desk/customers/']", "?part=history")]),
    "blocking a customer": (OLGA, ["/desk/customers/1/block/"]),
    "editing a customer": (OLGA, ["/desk/customers/9/edit/"]),
    "erasing a customer": (OLGA, ["/desk/customers/1/erasure/"]),
    "note about a customer": (OLGA, ["/desk/customers/1/", first(".callout a[href*='/notes/']")]),
    "duplicates": (OLGA, ["/desk/customers/duplicates/"]),
    "comparing two customers": (OLGA, ["/desk/customers/duplicates/", first("a[href*='merge/?with=']")]),
    "organisations": (OLGA, ["/desk/organisations/"]),
    "organisation": (OLGA, ["/desk/organisations/1/"]),
    "editing an organisation": (OLGA, ["/desk/organisations/1/edit/"]),
    "deleting an organisation": (OLGA, ["/desk/organisations/1/deletion/"]),
    "keys": (ALICE, ["/desk/keys/"]),
    "command palette": (ALICE, ["/desk/palette/?q=grinder"]),
    "my day": (ALICE, ["/desk/day/"]),
    "notices": (ALICE, ["/desk/notices/"]),
    "choices of news": (ALICE, ["/desk/notices/choices/"]),
    "sent messages": (OLGA, ["/desk/outbox/"]),
    "fields": (OLGA, ["/control/fields/"]),
    "survey's questions": (OLGA, ["/control/surveys/"]),
    "survey's rules": (OLGA, ["/control/surveys/rules/"]),
    "survey's question": (OLGA, ["/control/surveys/", first("main a[href*='/surveys/questions/']:not([href*=new])")]),
    "survey of a department": (OLGA, ["/control/surveys/departments/1/"]),
    "new field": (OLGA, ["/control/fields/new/"]),
    "field": (OLGA, ["/control/fields/1/"]),
    "removing a field": (OLGA, ["/control/fields/1/removal/"]),
    "store settings": (OLGA, ["/control/"]),
    "store's languages": (OLGA, ["/control/store/languages/"]),
    "store's requests": (OLGA, ["/control/store/requests/"]),
    "store's messages": (OLGA, ["/control/store/messages/"]),
    "look": (OLGA, ["/control/store/look/"]),
    "portal and addresses": (OLGA, ["/control/store/portal/"]),
    "new link of the menu": (OLGA, ["/control/store/portal/links/new/"]),
    "stores": (OLGA, ["/control/stores/"]),
    "new store": (OLGA, ["/control/stores/new/"]),
    "departments": (OLGA, ["/control/departments/"]),
    "a department": (OLGA, ["/control/departments/", first("main .ordered a[href^='/control/departments/']")]),
    "new department": (OLGA, ["/control/departments/new/"]),
    "another workflow": (OLGA, ["/control/departments/", first("main .ordered a[href^='/control/departments/']", "workflow/")]),
    "archive a department": (OLGA, ["/control/departments/", first("main .ordered a[href^='/control/departments/']", "archiving/")]),
    "request types": (OLGA, ["/control/request-types/"]),
    "tags": (OLGA, ["/control/tags/"]),
    "request type": (OLGA, ["/control/request-types/", first("main .ordered a[href^='/control/request-types/']")]),
    "captcha and limits": (OLGA, ["/control/protection/"]),
    "block rules": (OLGA, ["/control/protection/rules/"]),
    "held requests": (OLGA, ["/control/protection/held/"]),
    "held request": (OLGA, ["/control/protection/held/", first("main .ordered a[href^='/control/protection/held/']")]),
    "type of a ticket": (ALICE, ["/desk/", first("main .row a[href^='/desk/tickets/']", "type/")]),
    "owner's answers": (OLGA, ["/control/faq/"]),
    "owner's answer": (OLGA, ["/control/faq/1/"]),
    "new answer": (OLGA, ["/control/faq/new/"]),
    "delete an answer": (OLGA, ["/control/faq/1/removal/"]),
    "sections of the answers": (OLGA, ["/control/faq/sections/"]),
    "section of the answers": (OLGA, ["/control/faq/sections/1/"]),
    "look of the answers": (OLGA, ["/control/faq/look/"]),
    "pictures for answers": (OLGA, ["/control/faq/pictures/"]),
    "information pages": (OLGA, ["/control/pages/"]),
    "information page, edited": (OLGA, ["/control/pages/1/"]),
    "my prepared answers": (ALICE, ["/desk/answers/"]),
    "my prepared answer": (ALICE, ["/desk/answers/", first("main .ordered a[href^='/desk/answers/']")]),
    "prepared answers of a ticket": (ALICE, ["/desk/", first("main .row a[href^='/desk/tickets/']", "answers/")]),
    "prepared answers": (OLGA, ["/control/answers/"]),
    "prepared answer": (OLGA, ["/control/answers/1/"]),
    "delete a prepared answer": (OLGA, ["/control/answers/1/removal/"]),
    "texts": (OLGA, ["/control/texts/"]),
    "words of a message": (OLGA, ["/control/texts/reply/"]),
    "texts of actions": (OLGA, ["/control/texts/actions/"]),
    "text of actions": (OLGA, ["/control/texts/actions/", first(".ordered a[href*='/texts/actions/']")]),
    "messages to people": (OLGA, ["/control/deliveries/"]),
    "messages that failed for one reason": (OLGA, ["/control/deliveries/?state=failed&reason=bad_address"]),
    "message to a person": (OLGA, ["/control/deliveries/?state=failed", first(".messages a[href^='/control/deliveries/']")]),
    "how messages fare": (OLGA, ["/control/deliveries/health/"]),
    "the portal for staff": (OLGA, ["/"]),
    "who hears what": (OLGA, ["/control/messages/"]),
    "who hears what in a department": (OLGA, ["/control/messages/", first("nav a[href*='department=']")]),
    "senders": (OLGA, ["/control/senders/"]),
    "mail server": (OLGA, ["/control/senders/mail/"]),
    "SMS gateways": (OLGA, ["/control/sms/"]),
    "new SMS gateway": (OLGA, ["/control/sms/new/"]),
    "SMS gateway": (OLGA, ["/control/sms/", first(".ordered a[href^='/control/sms/']")]),
    "approved templates": (OLGA, ["/control/sms/", first(".ordered a[href^='/control/sms/']", "templates/")]),
    "rules for SMS": (OLGA, ["/control/sms/rules/"]),
    "what SMS cost": (OLGA, ["/control/sms/costs/"]),
    "SMS that came in": (OLGA, ["/control/sms/received/"]),
    "bounce mailbox": (OLGA, ["/control/senders/bounces/"]),
    "addresses that do not work": (OLGA, ["/control/senders/addresses/"]),
    "signatures": (OLGA, ["/control/senders/signatures/"]),
    "signature": (OLGA, ["/control/senders/signatures/store/"]),
    "audit log": (OLGA, ["/control/audit/"]),
    "audit log, narrowed": (OLGA, ["/control/audit/?deed=rights&since=2.20.2026"]),
    "rights": (OLGA, ["/control/rights/"]),
    "rights of a person": (OLGA, ["/control/rights/", first(".who a[href*='/people/']")]),
    "staff": (OLGA, ["/control/people/"]),
    "new colleague": (OLGA, ["/control/people/new/"]),
    "teams": (OLGA, ["/control/teams/"]),
    "roles": (OLGA, ["/control/roles/"]),
    "role": (OLGA, ["/control/roles/", first("main a[href^='/control/roles/']:not([href*=new])")]),
    "emergency access": (OLGA, ["/control/emergency/"]),
    "guide": (OLGA, ["/control/guide/"]),
    "configuration": (OLGA, ["/control/configuration/"]),
    "presence": (OLGA, ["/desk/presence/"]),
    "workflows": (OLGA, ["/control/workflows/"]),
    "new workflow": (OLGA, ["/control/workflows/new/"]),
    "workflow": (OLGA, ["/control/workflows/", first(".workflow-card h2 a")]),
    "name of a workflow": (OLGA, ["/control/workflows/", first(".workflow-card h2 a", "name/")]),
    "archive a workflow": (OLGA, ["/control/workflows/", first(".workflow-card h2 a", "archive/")]),
    "status of a workflow": (OLGA, ["/control/workflows/", first(".workflow-card h2 a"), first(".flow-head h2 a")]),
    "take a status out": (OLGA, ["/control/workflows/", first(".workflow-card h2 a"), first(".flow-head h2 a", "removal/")]),
    "action of a status": (OLGA, ["/control/workflows/", first(".workflow-card h2 a"), first(".flow-actions .ordered-what a")]),
    "new action of a status": (OLGA, ["/control/workflows/", first(".workflow-card h2 a"), first(".flow-head h2 a", "new-action/")]),
    "versions of a workflow": (OLGA, ["/control/workflows/", first(".workflow-card h2 a", "versions/")]),
    "rehearsal of an action": (OLGA, ["/control/workflows/", first(".workflow-card h2 a", "rehearsal/")]),
    "deleted tickets": (OLGA, ["/desk/tickets/deleted/"]),
    "snoozed tickets": (ALICE, ["/desk/?view=snoozed"]),
    "a sleeping ticket": (ALICE, ["/desk/?view=snoozed", first("main .row a[href^='/desk/tickets/']")]),
    "snooze": (ALICE, ["/desk/?view=open&q=rattles", first("main .row a[href^='/desk/tickets/']", "snooze/")]),
    "links of a ticket": (ALICE, ["/desk/?view=open&q=rattles", first("main .row a[href^='/desk/tickets/']", "links/")]),
    "split": (ALICE, ["/desk/?view=open&q=rattles", first("main .row a[href^='/desk/tickets/']", "split/")]),
    "merge": (OLGA, ["/desk/?view=open", first("main .row a[href^='/desk/tickets/']", "merge/")]),
    "not allowed": (KASIA, ["/desk/"]),
}


def sign_in(page, who):
    page.goto("/account/login/")
    page.locator("input[name=login]").fill(who)
    page.locator("input[name=password]").fill(PASSWORD)
    with page.expect_navigation() as arriving:
        page.locator("input[name=password]").press("Enter")
    if arriving.value is not None and arriving.value.status == 429:
        # The people of the demo sign in more often in these tests than anybody may in ten minutes.
        parts = urlsplit(page.url)
        name, value = LiveStack.running[parts.netloc].session_of(who)
        page.context.add_cookies([{"name": name, "value": value, "url": f"{parts.scheme}://{parts.netloc}"}])
        page.goto("/")
    assert "/account/login" not in page.url, page.locator("main").inner_text()


def choose_language(page, language):
    page.goto("/")
    page.evaluate(
        """async (language) => {
            const token = document.querySelector('[name=csrfmiddlewaretoken]').value;
            const body = new URLSearchParams({language, csrfmiddlewaretoken: token, next: '/'});
            await fetch(document.querySelector('form:has([name=language])').action, {method: 'POST', body});
        }""",
        language,
    )


def go(page, steps, stack):
    for step in steps:
        if step == "survey":
            step = survey_address(stack)
        page.goto(step(page) if callable(step) else step)


def survey_address(stack):
    """A question that waits for its answer, for the newest closed ticket of the demo store."""
    if not hasattr(stack, "survey_address"):
        stack.survey_address = stack.shell(
            "from django.urls import reverse; from django.utils import timezone; from surveys.models import Survey;"
            "from surveys.services import token_for;"
            "from tickets.models import Ticket;"
            "t = Ticket.objects.filter(customer__name='Kasia Nowak', closed_at__isnull=False).first();"
            "s = Survey.objects.filter(ticket=t).first();"
            "s.answered_at = None; s.score = None; s.comment = ''; s.withdrawn_at = None; s.asked_at = timezone.now(); s.save();"
            "print(reverse('portal:survey', args=[token_for(s)]))"
        ).strip()
    return stack.survey_address
