"""Information pages: delivery, warranty, opening hours. Open to everybody."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from faq.models import InfoPage
from portal.stores import store_or_404


@require_safe
@login_not_required
def info_page(request, address):
    page = get_object_or_404(InfoPage.objects.published_in(store_or_404(request)), address=address)
    return render(request, "portal/pages/page.html", {"page": page})
