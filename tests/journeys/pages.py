"""Every kind of page of the demo store, and how to get there. One table for accessibility, screenshots and pictures."""

PASSWORD = "narvan-coffee"

SIGNED_OUT, KASIA, NOUR, ALICE, OLGA = None, "kasia@mail.example", "nour@mail.example", "alice@narvan.example", "olga@narvan.example"
BOB, DAN = "bob@narvan.example", "dan@narvan.example"


def first(selector, beneath=""):
    """The address of the first such link on the page the browser stands on, or one beneath it."""

    def find(page):
        address = page.locator(selector).first.get_attribute("href")
        return address.split("#")[0] + beneath if beneath else address

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
    "faq": (SIGNED_OUT, ["/faq/"]),
    "faq search": (SIGNED_OUT, ["/faq/?q=repair"]),
    "faq search without result": (SIGNED_OUT, ["/faq/?q=zzzz"]),
    "faq entry": (SIGNED_OUT, ["/faq/1/"]),
    "survey": (SIGNED_OUT, ["survey"]),
    "link that ended": (SIGNED_OUT, ["/survey/none/"]),
    "not found": (SIGNED_OUT, ["/nowhere/"]),
    "my home": (KASIA, ["/"]),
    "my form": (KASIA, ["/tickets/new/2/"]),
    "my requests": (KASIA, ["/tickets/"]),
    "my requests, searched": (KASIA, ["/tickets/?q=grinder"]),
    "my conversation": (KASIA, ["/tickets/", first("main a[href^='/tickets/']:not([href*=new])")]),
    "my profile": (KASIA, ["/profile/"]),
    "change password": (KASIA, ["/account/password/change/"]),
    "inbox": (ALICE, ["/desk/"]),
    "all open": (ALICE, ["/desk/tickets/?view=open"]),
    "unassigned": (ALICE, ["/desk/tickets/?view=unassigned"]),
    "closed": (ALICE, ["/desk/tickets/?view=closed"]),
    "inbox, searched": (ALICE, ["/desk/tickets/?view=open&q=grinder"]),
    "nothing found": (ALICE, ["/desk/tickets/?view=open&q=zzzz"]),
    "ticket": (ALICE, ["/desk/", first("main .row a[href^='/desk/tickets/']")]),
    "shares of a ticket": (ALICE, ["/desk/?view=open&q=rattles", first("main .row a[href^='/desk/tickets/']", "shares/")]),
    "why on a ticket": (ALICE, ["/desk/", first("main .row a[href^='/desk/tickets/']", "why/?question=manage_customer")]),
    "shared with me": (BOB, ["/desk/?view=shared"]),
    "shared ticket": (BOB, ["/desk/?view=shared", first("main .row a[href^='/desk/tickets/']")]),
    "accountant's ticket": (DAN, ["/desk/", first("main .row a[href^='/desk/tickets/']")]),
    "refused": (DAN, ["/desk/tickets/new/"]),
    "new ticket": (ALICE, ["/desk/tickets/new/"]),
    "customers": (ALICE, ["/desk/customers/"]),
    "customer": (ALICE, ["/desk/customers/1/"]),
    "notices": (ALICE, ["/desk/notices/"]),
    "sent messages": (OLGA, ["/desk/outbox/"]),
    "store settings": (OLGA, ["/control/"]),
    "store's languages": (OLGA, ["/control/store/languages/"]),
    "store's requests": (OLGA, ["/control/store/requests/"]),
    "store's messages": (OLGA, ["/control/store/messages/"]),
    "look": (OLGA, ["/control/store/look/"]),
    "portal and addresses": (OLGA, ["/control/store/portal/"]),
    "new link of the menu": (OLGA, ["/control/store/portal/links/new/"]),
    "stores": (OLGA, ["/control/stores/"]),
    "new store": (OLGA, ["/control/stores/new/"]),
    "owner's answers": (OLGA, ["/control/faq/"]),
    "owner's answer": (OLGA, ["/control/faq/1/"]),
    "new answer": (OLGA, ["/control/faq/new/"]),
    "delete an answer": (OLGA, ["/control/faq/1/removal/"]),
    "prepared answers": (OLGA, ["/control/answers/"]),
    "prepared answer": (OLGA, ["/control/answers/1/"]),
    "delete a prepared answer": (OLGA, ["/control/answers/1/removal/"]),
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
    "deleted tickets": (OLGA, ["/desk/tickets/deleted/"]),
    "merge": (OLGA, ["/desk/?view=open", first("main .row a[href^='/desk/tickets/']", "merge/")]),
    "not allowed": (KASIA, ["/desk/"]),
}


def sign_in(page, who):
    page.goto("/account/login/")
    page.locator("input[name=login]").fill(who)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_load_state()
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
