"""My requests, and the conversation of one of them, for people who signed in."""

from dataclasses import dataclass
from functools import cache
from urllib.parse import urlencode

from django.contrib.auth import get_user_model
from django.shortcuts import redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from common.numbers import format_number
from common.prepared import Prepared
from portal.customer import blocked_words, customer_before, organisation_of
from portal.stores import store_or_404
from portal.tickets import acting, room
from portal.tickets.doors import any_door, held_door, own_door
from portal.tickets.fields import fill_in
from portal.tickets.pages import SIZE, Page, cut, page_of
from portal.tickets.rows import rows_of
from portal.tickets.searching import matching, show_found
from portal.tickets.turns import CUSTOMER, NOBODY, STORE
from tickets.models import Ticket
from tickets.querysets import TicketQuerySet, is_themself
from tickets.search.understood import Understood

#: The list of what colleagues asked, in the address.
OTHERS = "organisation"


@dataclass
class Group:
    """Requests that wait for the same side, one page of them."""

    side: str
    title: str
    page: Page
    words: str
    of_others: bool = False

    @cached_property
    def rows(self):
        return rows_of(self.page.tickets, of_others=self.of_others)

    @property
    def count(self):
        """What stands here, and a plus where there is more: nobody counts the rest."""
        return format_number(len(self.rows)) + ("+" if self.page.next_cursor else "")

    @property
    def previous_url(self):
        return "" if self.page.is_first else self._url()

    @property
    def next_url(self):
        return self._url(before=self.page.next_cursor) if self.page.next_cursor else ""

    def _url(self, **query):
        more = ({"q": self.words} if self.words else {}) | ({"of": OTHERS} if self.of_others else {})
        return "?" + urlencode({"group": self.side, **query} | more)


_SIDES = {
    CUSTOMER: TicketQuerySet.waiting_for_customer,
    STORE: TicketQuerySet.with_the_store,
    NOBODY: TicketQuerySet.closed,
}


def _asked_by(user):
    return Ticket.objects.of_customer(user).for_portal_list()


@cache
def _first_rows(side):
    """What stands first in this group, which most who come here read and nothing else."""

    @Prepared
    def rows(user, store):
        asked = _asked_by(get_user_model()(pk=user)).filter(store=store).unmerged()
        return _SIDES[side](asked).newest_first()[: SIZE + 1]

    return rows


@require_safe
@never_cache
def tickets(request):
    """All requests of a person to this store, grouped by whose turn it is. `group` and `before` lead to older ones of one group."""
    search = Understood(request.GET.get("q"))
    words, only, before = search.typed, request.GET.get("group"), request.GET.get("before", "")
    organisation = organisation_of(request)
    of_others = organisation is not None and request.GET.get("of") == OTHERS
    store = store_or_404(request)
    if of_others or search or before or not is_themself(request.user):
        asked = Ticket.objects.of_colleagues(request.user).for_colleagues_list() if of_others else _asked_by(request.user)
        asked = matching(asked.filter(store=store).unmerged(), search)
        pages = {side: lambda side=side: page_of(_SIDES[side](asked), before if only == side else "") for side in _SIDES}
    else:
        pages = {side: lambda side=side: cut(_first_rows(side)(user=request.user.pk, store=store.pk)) for side in _SIDES}
    titles = {CUSTOMER: _("Waiting for you"), STORE: _("With us"), NOBODY: _("Solved")}
    chosen = [only] if only in titles else list(titles)
    groups = [Group(side, titles[side], pages[side](), words, of_others) for side in chosen]
    groups = [group for group in groups if group.rows]
    if search:
        show_found([row.ticket for group in groups for row in group.rows], search)
    waiting = sum(len(group.rows) for group in groups if group.side == CUSTOMER)
    context = {"groups": groups, "words": words, "is_one_group": len(chosen) == 1, "waiting_for_you": waiting}
    context |= {"organisation": organisation, "of_others": of_others}
    context["blocked_words"] = blocked_words(customer_before(request))
    return render(request, "portal/tickets/list.html", context)


@require_safe
@never_cache
def ticket(request, number):
    """The conversation. One that goes on in another request leads there, one of another store to that store's portal."""
    if held_door(number, request.user):
        return redirect("portal:ticket_sent", number)
    door = any_door(request.user, number)
    goes_on = door.elsewhere(request) or ("" if door.ticket.number == number else door.page_url)
    return redirect(goes_on) if goes_on else room.show(request, door)


@require_safe
@never_cache
def sent(request, number):
    return room.show_sent(request, held_door(number, request.user) or own_door(request.user, number))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def replies(request, number):
    return room.reply(request, any_door(request.user, number))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def fields(request, number):
    return fill_in(request, own_door(request.user, number))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def closure(request, number):
    return room.close(request, own_door(request.user, number))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def action(request, number, pk):
    return acting.action(request, own_door(request.user, number), pk)
