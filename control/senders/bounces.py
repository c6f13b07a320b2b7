"""The mailbox to which e-mails come back, and the addresses they came back from."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.errors import DeskError
from common.limits import limit_or_refuse
from common.paging import Section, page_at
from control.senders.bounce_forms import BounceMailboxForm
from notifications.addresses import declare_right
from notifications.bounces.mailboxes import forget_mailbox, set_mailbox, try_mailbox
from notifications.choices import Mailing
from notifications.models import AddressState, BounceMailbox
from notifications.senders import TESTS, TESTS_SECONDS

PAGE_SIZE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def mailbox(request, store):
    row = BounceMailbox.objects.filter(store=store).first()
    form = BounceMailboxForm(request.POST if request.method == "POST" else None, mailbox=row)
    if form.is_bound and form.is_valid():
        try:
            set_mailbox(store, by=request.user, **form.values)
        except DeskError as error:
            error.add_to(form)
        else:
            messages.success(request, _("The bounce mailbox is saved. Try whether it opens."))
            return redirect("control:bounce_sender")
    return _page(request, row, form, status=422 if form.is_bound else 200)


def _page(request, row, form, *, tried=None, status=200):
    return render(request, "control/senders/bounces.html", {"form": form, "mailbox": row, "tried": tried}, status=status)


@require_POST
def mailbox_test(request, store):
    row = _own_or_404(store)
    limit_or_refuse(
        f"test-message:{request.user.pk}", TESTS, TESTS_SECONDS, _("Those were enough tests for now. Wait some minutes and try again.")
    )
    return _page(request, row, BounceMailboxForm(mailbox=row), tried=try_mailbox(row))


@require_POST
def mailbox_removal(request, store):
    forget_mailbox(_own_or_404(store), by=request.user)
    messages.success(request, _("The bounce mailbox is forgotten."))
    return redirect("control:senders")


def _own_or_404(store):
    row = BounceMailbox.objects.filter(store=store).first()
    if row is None:
        raise Http404
    return row


@require_safe
def addresses(request, store):
    """Newest first: what came back, what was called unwanted, what was stopped."""
    page = page_at([Section("all", AddressState.objects.filter(store=store), "-changed_at")], request.GET, size=PAGE_SIZE, address="?")
    for state in page.rows:
        state.stopped = [Mailing(one).label for one in state.stops if one in Mailing.values]
    return render(request, "control/senders/addresses.html", {"page": page})


@require_POST
def address_restoration(request, store, pk):
    state = AddressState.objects.filter(store=store, pk=pk).first()
    if state is None:
        raise Http404
    declare_right(state, by=request.user)
    messages.success(request, _("E-mails to this address leave again."))
    return redirect("control:sender_addresses")
