"""Two customers who may be one: suggested, compared side by side, merged, parted again."""

from django.contrib import messages
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.choices import Language
from backoffice.customers.ways import customers_or_404, to_manage
from backoffice.doors import customers_visible_to
from backoffice.pages import desk_page
from common.errors import DeskError
from common.paging import Section, page_at
from common.text import clean_line
from customers.duplicates import open_suggestions
from customers.errors import TwoAccounts
from customers.finding import matching
from customers.models import CustomerMerge, DuplicateSuggestion
from permissions.rights import StoreRight
from tickets.services.joining import CHOSEN, OF_ACCOUNT, merge_customers, unmerge_customers

SIZE, FOUND = 30, 8
LABELS = {
    "name": gettext_lazy("Name"),
    "email": gettext_lazy("E-mail"),
    "phone": gettext_lazy("Mobile number"),
    "language": gettext_lazy("Language"),
    "company": gettext_lazy("Company"),
}


@require_safe
def duplicates(request):
    """Pairs that may be one person, the newest first; none is counted."""
    visible = customers_or_404(request.user)
    page = page_at([Section("all", open_suggestions(visible), "-created_at")], request.GET, size=SIZE)
    may_manage = not customers_visible_to(request.user, StoreRight.MANAGE_CUSTOMERS).query.is_empty()
    return desk_page(request, "backoffice/customers/duplicates.html", {"page": page, "may_write": may_manage})


@require_POST
def dismissal(request, pk):
    """These are two people. Nobody is asked again."""
    suggestion = DuplicateSuggestion.objects.filter(pk=pk).first()
    if suggestion is None:
        raise Http404
    for customer in (suggestion.first_id, suggestion.second_id):
        to_manage(request, customer)
    DuplicateSuggestion.objects.filter(pk=pk, dismissed_at=None).update(dismissed_at=timezone.now(), dismissed_by=request.user)
    messages.success(request, _("These stay two customers."))
    return redirect("backoffice:duplicates")


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request, pk):
    """Choose the other one, compare, merge. The one with the account is kept, whichever page this began on."""
    found = to_manage(request, pk)
    other = _number((request.POST if request.method == "POST" else request.GET).get("with", ""))
    if other is None:
        return _choose(request, found)
    other = to_manage(request, other)
    kept, merged = (other, found) if other.has_account and not found.has_account else (found, other)
    complaint = ""
    if request.method == "POST":
        try:
            take = [name for name in CHOSEN if request.POST.get(name) == "merged"]
            merge_customers(merged, into=kept, take=take, by=request.user)
            messages.success(request, _("They are one customer now. This can be undone on this page."))
            return redirect("backoffice:customer", kept.pk)
        except DeskError as error:
            complaint = str(error)
    elif merged.has_account:
        complaint = str(TwoAccounts())
    context = {"customer": found, "kept": kept, "merged": merged, "rows": _rows(kept, merged), "complaint": complaint}
    return desk_page(request, "backoffice/customers/merge.html", context, status=409 if complaint and request.method == "POST" else 200)


def _choose(request, found):
    words = clean_line(request.GET.get("q", ""), 200)
    others = customers_visible_to(request.user, StoreRight.MANAGE_CUSTOMERS).exclude(pk=found.pk)
    alike = [row.second if row.first_id == found.pk else row.first for row in suggestions_for(found, request.user)]
    rows = list(matching(others, words).order_by("name", "pk")[:FOUND]) if words else alike
    return desk_page(request, "backoffice/customers/merge_choice.html", {"customer": found, "words": words, "rows": rows})


def suggestions_for(customer, user):
    """Open suggestions about this customer, as far as the other one may be known. One query."""
    pairs = open_suggestions(customers_visible_to(user))
    rows = list(pairs.filter(Q(first=customer) | Q(second=customer))[:FOUND])
    for row in rows:
        row.other = row.second if row.first_id == customer.pk else row.first
    return rows


def _rows(kept, merged):
    """(field, label, value of the kept one, value of the other, whether there is a choice, whether the other's is proposed)."""
    rows = []
    for name in CHOSEN:
        mine, theirs = getattr(kept, name), getattr(merged, name)
        if name == "language":
            mine, theirs = (dict(Language.choices).get(value, value) for value in (mine, theirs))
        is_open = bool(theirs) and theirs != mine and not (kept.has_account and name in OF_ACCOUNT)
        if mine or theirs:
            rows.append((name, LABELS[name], mine, theirs, is_open, is_open and not mine))
    return rows


def _number(text):
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


@require_POST
def merge_undoing(request, pk):
    found = CustomerMerge.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    kept = to_manage(request, found.kept_id)
    try:
        unmerge_customers(found, by=request.user)
        messages.success(request, _("The merge is undone: they are two customers again."))
    except DeskError as error:
        messages.error(request, str(error))
    return redirect("backoffice:customer", kept.pk)
