"""By which server e-mails leave: what is set up, changing it, trying it out. SMS have pages of their own."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.errors import DeskError
from control.senders.forms import MailAccountForm, TestMailForm
from notifications import mail_providers
from notifications.bounces.envelopes import mailbox_for
from notifications.mail_account import hook_url_of
from notifications.models import AddressState, MailAccount
from notifications.senders import forget_account, mail_state, send_test_mail, set_mail_account
from notifications.sms_gateways import sms_state


@require_safe
def senders(request, store):
    return _page(request, store)


def _page(request, store, *, mail_test=None, outcome=None, tried="", status=200):
    user = request.user
    context = {
        "mail": mail_state(store), "sms": sms_state(store), "outcome": outcome, "tried": tried,
        "bounces": mailbox_for(store), "wrong": AddressState.objects.filter(store=store).exclude(bounced_at=None).count(),
        "mail_test": mail_test or TestMailForm(initial={"to": user.email}, auto_id="mail_%s"),
    }  # fmt: skip
    return render(request, "control/senders/senders.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def mail(request, store):
    account = MailAccount.objects.filter(store=store).first()
    form = MailAccountForm(request.POST if request.method == "POST" else None, account=account)
    said = _("The mail server is saved. Send yourself a test message.")
    return _setting(request, form, account, lambda: set_mail_account(store, by=request.user, **form.values), said, "mail")


def _setting(request, form, account, save, said, kind):
    if form.is_bound and form.is_valid():
        try:
            save()
        except DeskError as error:
            error.add_to(form)
        else:
            messages.success(request, said)
            return redirect("control:senders")
    context = {"form": form, "account": account, "install": mail_providers.INSTALL, "hook_url": hook_url_of(account)}
    return render(request, f"control/senders/{kind}.html", context, status=422 if form.is_bound else 200)


@require_POST
def mail_test(request, store):
    form = TestMailForm(request.POST, auto_id="mail_%s")
    if not form.is_valid():
        return _page(request, store, mail_test=form, status=422)
    return _page(request, store, mail_test=form, outcome=send_test_mail(store, form.cleaned_data["to"], by=request.user), tried="mail")


@require_POST
def mail_removal(request, store):
    return _removal(request, MailAccount.objects.filter(store=store).first(), _("The mail server is forgotten."))


def _removal(request, account, said):
    if account:
        forget_account(account, by=request.user)
        messages.success(request, said)
    return redirect("control:senders")
