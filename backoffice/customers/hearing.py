"""How a customer wants to hear: told on their page, and filled in for them by whoever may manage customers."""

from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from backoffice.customers.ways import go_back, to_manage, way_back
from backoffice.pages import desk_page
from notifications.wishes import wish
from notifications.wishes_form import WishesForm

WHO = {
    "language": gettext_lazy("Language of our messages"),
    "ways": gettext_lazy("We write to the customer"),
    "surveys": gettext_lazy("The customer may be asked how the help was"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def hearing(request, pk):
    """Their language stands with their data, so it is not asked for here."""
    found = to_manage(request, pk)
    form = WishesForm(request.POST if request.method == "POST" else None, customer=found, has_language=False)
    for name, label in WHO.items():
        if name in form.fields:
            form.fields[name].label = label
    if form.is_bound and form.is_valid():
        wish(found, form.wishes, by=request.user)
        messages.success(request, _("The customer hears like that from now on."))
        return go_back(found)
    context = {"customer": found, "form": form, "back": way_back(found)}
    return desk_page(request, "backoffice/customers/hearing.html", context, status=422 if form.is_bound else 200)
