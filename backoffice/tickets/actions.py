"""The buttons of a ticket's status. Who may press one needs no other right than to see the ticket.

One that asks nothing acts at once; the others have a page, where what will happen stands before the button.
"""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from automations.foretelling import what_follows
from backoffice.doors import require
from backoffice.pages import desk_page
from backoffice.tickets.action_forms import ActionForm
from backoffice.tickets.in_the_way import in_the_way
from backoffice.tickets.page import TicketPage
from backoffice.tickets.ways import address, find, go_back, is_in_sight, to_list
from common.errors import DeskError
from common.form_keys import claim_form, outcome_of
from common.numbers import local_digits
from common.templatetags.formats import isolate
from custom_fields.models import Field
from permissions.querysets import actions_where
from permissions.rights import ActionRight
from statuses.models import Action, ActionDeed
from tickets.asking import asked_by
from tickets.covering import cover_message
from tickets.errors import ActionOfAnotherStatus, ChangedMeanwhile
from tickets.field_values import stored_values
from tickets.models import Ticket
from tickets.services.actions import Given, perform_action, plan_action
from tickets.wording import proposed_words, words_to_send


@require_http_methods(["GET", "HEAD", "POST"])
def perform(request, number, pk):
    """One action at one ticket: its page, and doing it. Whoever does not see where it leads finds themselves in the inbox."""
    ticket, can = find(request, number)
    action = _action_or_404(ticket, pk)
    if action.status_id != ticket.status_id and actions_where(request.user, ActionRight.PERFORM).filter(pk=action.pk).exists():
        return _too_late(request, ticket, can, action)
    # Buttons of other statuses may be nobody's to know here, so they are not named.
    words = _("You may not do “%(action)s”.") % {"action": isolate(action)} if action.status_id == ticket.status_id else None
    require(can.decide_action(action), words)
    page = ActionPage(request, ticket, can, action)
    return page.act() if request.method == "POST" else page.show(page.form())


def _action_or_404(ticket, pk):
    """The action, if it belongs to the ticket's workflow at all."""
    actions = Action.objects.select_related("target__workflow", "department__workflow", "person", "team")
    action = actions.filter(pk=pk, status__workflow=ticket.status.workflow_id).first()
    if action is None:
        raise Http404
    return action


def _too_late(request, ticket, can, action):
    """The ticket has moved on: by this very form, sent twice, or by somebody else. What was typed comes back, to be taken along."""
    outcome_url = outcome_of(request)
    if outcome_url:
        return go_back(request, ticket.number, outcome_url)
    words = str(ActionOfAnotherStatus.message)
    if request.method == "POST" and request.POST.get("text", "").strip():
        context = {"ticket": ticket, "action": action, "complaint": words, "written": request.POST["text"]}
        return desk_page(request, "backoffice/tickets/action.html", context, status=409)
    return TicketPage(request, ticket, can).show(complaint=words, status=409)


class ActionPage:
    """One action at one ticket before one member of staff."""

    def __init__(self, request, ticket, access, action):
        self.request, self.ticket, self.access, self.action = request, ticket, access, action
        self.asks = asked_by(action, by=request.user)

    def form(self, data=None, files=None):
        proposed = proposed_words(self.action, self.ticket, by=self.request.user, covers=self._covers) if self.asks.words else ""
        return ActionForm(
            data, files, action=self.action, ticket=self.ticket, access=self.access, asks=self.asks, proposed=proposed, known=self._known()
        )

    @property
    def _covers(self):
        return self.ticket.mask.covers

    def _known(self):
        """What stands in the asked fields already, as far as this person may read it."""
        if not self.asks.fields or self._covers:
            return {}
        asked = Field.objects.filter(pk__in=[row.field.pk for row in self.asks.fields]).for_reader(self.request.user)
        return stored_values(self.ticket, [field.pk for field in asked if field.is_open])[0]

    def show(self, form, *, status=200):
        plan = plan_action(self.ticket, self.action, by=self.request.user, given=form.given if form.is_bound and form.is_valid() else None)
        context = {
            "ticket": self.ticket,
            "action": self.action,
            "form": form,
            "asks": self.asks,
            "follows": what_follows(plan, by=self.request.user),
            "is_note": self.action.deed == ActionDeed.NOTE,
            "covers": self._covers,
            "last": self._last_words(),
            "blockers": in_the_way(self.request, self.ticket) if plan.closes else (),
        }
        return desk_page(self.request, "backoffice/tickets/action.html", context, status=status)

    def _last_words(self):
        """What the customer reads last, to answer with it before one's eyes."""
        message = self.ticket.messages.shown_to_customer().order_by("-created_at", "-pk").select_related("author").first()
        return cover_message(message, self.ticket.mask) if message else None

    def act(self):
        """Do it. Whatever stands in the way comes back beside its cause, with all that was typed."""
        form = self.form(self.request.POST, self.request.FILES)
        if not form.is_valid():
            return self.show(form, status=422)
        if not outcome_of(self.request) and (blockers := self._in_the_way(form)):
            return self._ask_about(form, blockers)
        try:
            return self._perform(form)
        except ChangedMeanwhile as refusal:
            return self._changed(form, refusal)
        except ActionOfAnotherStatus:
            if not is_in_sight(self.request, self.ticket.number):
                return go_back(self.request, self.ticket.number)
            return _too_late(self.request, *find(self.request, self.ticket.number), self.action)
        except DeskError as refusal:
            return self._refused(form, refusal)

    def _in_the_way(self, form):
        plan = plan_action(self.ticket, self.action, by=self.request.user, given=form.given)
        return in_the_way(self.request, self.ticket) if plan.closes and not plan.refusal else ()

    def _ask_about(self, form, blockers):
        """Nothing is done yet: what is in the way is named, and pressing the button once more means that it is known."""
        if self.asks.anything:
            form.lost_files = bool(self.request.FILES)
            return self.show(form, status=409)
        context = {"ticket": self.ticket, "blockers": blockers, "version": self.request.POST.get("version", "")[:12]}
        return desk_page(self.request, "backoffice/tickets/closing_blocked.html", context, status=409)

    def _perform(self, form):
        with transaction.atomic():
            sent = claim_form(form, self.request)
            if sent.is_first:
                ticket = perform_action(
                    self.ticket, self.action, by=self.request.user, given=self._given(form), seen_version=form.seen_version
                )
                sent.finish(address(ticket.number, "#end" if self.asks.words else ""))
        if not sent.is_first:
            return go_back(self.request, self.ticket.number, sent.outcome_url)
        return self._answer(ticket, sent.outcome_url)

    def _given(self, form):
        """What the form holds. A doer who may not know the customer left braces, and emptied nothing they could not read."""
        given = form.given
        if not self._covers:
            return given
        stored = Ticket.objects.for_page().get(pk=self.ticket.pk)
        return Given(
            text=words_to_send(given.text, self.action, stored, by=self.request.user),
            files=given.files,
            values={field: value for field, value in given.values.items() if value is not None},
            assignee=given.assignee,
            team=given.team,
            department=given.department,
        )

    def _answer(self, ticket, url):
        facts = {"number": local_digits(ticket.number), "action": isolate(self.action), "status": isolate(ticket.status)}
        if ticket.is_deleted:
            messages.success(self.request, _("%(action)s: ticket %(number)s is deleted. For a while it can be brought back.") % facts)
            return to_list(self.request)
        if not is_in_sight(self.request, ticket.number):
            messages.success(self.request, _("Ticket %(number)s: %(action)s. It is out of your sight now.") % facts)
            return redirect("backoffice:inbox")
        if ticket.status_id != self.ticket.status_id:
            messages.success(self.request, _("%(action)s: done. The status is “%(status)s” now.") % facts)
        else:
            messages.success(self.request, _("%(action)s: done.") % facts)
        return redirect(url)

    def _changed(self, form, refusal):
        """Somebody was quicker. Without anything typed the ticket's page says so; else the form is ready to be sent after a look."""
        if not self.asks.anything:
            words = _("Somebody changed this ticket meanwhile. Look at it as it is now, then decide.")
            return TicketPage(self.request, *find(self.request, self.ticket.number)).show(complaint=words, status=409)
        page = ActionPage(self.request, *find(self.request, self.ticket.number), self.action)
        data = self.request.POST.copy()
        data["version"] = page.ticket.version
        again = page.form(data)
        again.full_clean()
        again.add_error(None, str(refusal))
        again.lost_files = bool(self.request.FILES)
        return page.show(again, status=409)

    def _refused(self, form, refusal):
        if not self.asks.anything:
            return TicketPage(self.request, self.ticket, self.access).show(complaint=str(refusal), status=refusal.status_code)
        refusal.add_to(form)
        return self.show(form, status=422)
