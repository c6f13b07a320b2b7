"""What mail providers tell us of what we sent: delivered, came back, called unwanted.

An address that is nobody's is a 404, and so is what the provider did not sign or we cannot read: a stranger learns nothing.
"""

from django.http import Http404, HttpResponse

from callbacks.doors import callback
from notifications.bounces.provider_reports import ReportRefused, reports_in, take_reports
from notifications.models import MailAccount


@callback
def report(request, token):
    account = MailAccount.objects.select_related("store").filter(hook_key=token).first() if token.strip() else None
    if account is None:
        raise Http404
    if request.method != "POST":
        return HttpResponse()  # some ask first whether anybody is there
    try:
        reports = reports_in(account, request)
    except ReportRefused:
        raise Http404 from None
    take_reports(account, reports)
    return HttpResponse()
