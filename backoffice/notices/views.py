"""The bell: what one was told. And what the embedded set sent, for owners who try it out without a mail server."""

from django.contrib import messages
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from backoffice.notices.reading import notices_of, unread_notices
from backoffice.pages import desk_page, sight_of
from common.html import text_to_html
from common.paging import Section, page_at
from notifications import outbox as sent_here
from notifications.services import mark_notices_read
from permissions.querysets import stores_where
from permissions.rights import StoreRight
from stores.models import Store
from tickets.covering import cover_ticket, known_stores

PAGE_SIZE = 50


@require_safe
def notices(request):
    sight = sight_of(request)
    page = page_at([Section("all", notices_of(sight), "-created_at")], request.GET, size=PAGE_SIZE)
    known = known_stores(sight)
    for notice in page.rows:
        if notice.ticket:
            cover_ticket(notice.ticket, known.mask(notice.ticket))
    # Older unread ones stand behind the newest page seldom enough for a look into it to come first.
    has_unread = any(notice.read_at is None for notice in page.rows) or unread_notices(sight).exists()
    context = {"page": page, "has_unread": has_unread, "has_outbox": _may_see_outbox(request)}
    return desk_page(request, "backoffice/notices/list.html", context)


@require_POST
def reading(request):
    """Everything in the bell counts as read."""
    mark_notices_read(request.user)
    messages.success(request, _("All news are read."))
    return redirect("backoffice:notices")


@require_safe
def outbox(request):
    """The mails and SMS that were kept in files, because no server is set yet."""
    if not _may_see_outbox(request):
        raise Http404
    sent = sent_here.recent(PAGE_SIZE)
    return desk_page(
        request, "backoffice/notices/outbox.html", {"messages_sent": [(message, text_to_html(message.text)) for message in sent]}
    )


def _may_see_outbox(request):
    """One-time codes of everybody stand there, so it takes the right to give rights: who reads them could sign in as anybody.

    The codes and messages of all stores stand there, so each right is needed in each of them: who gives rights in one of two
    stores does not sign in as the other one's owner. Nobody reads them with a colleague's eyes.
    """
    if not sent_here.is_in_use() or request.viewer:
        return False
    needed = (StoreRight.GRANT_RIGHTS, StoreRight.CHANGE_SETTINGS, StoreRight.VIEW_CUSTOMERS)
    opened = Store.objects.filter(*(Q(pk__in=stores_where(request.user, right).values("pk")) for right in needed))
    return opened.exists() and not Store.objects.exclude(pk__in=opened.values("pk")).exists()
