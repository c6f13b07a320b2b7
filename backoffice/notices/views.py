"""The bell: what one was told, and how one wants to be told. And what the embedded set sent, for owners who try it out without a mail server."""

from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from backoffice.notices.choosing import ChoicesForm
from backoffice.notices.reading import NEWEST, About, cover, notices_about, notices_of, unread_notices
from backoffice.pages import desk_page, sight_of
from common.html import text_to_html
from common.paging import Section, page_at
from notifications import outbox as sent_here
from notifications.push.pages import devices_part
from notifications.services import mark_notices_read
from permissions.querysets import stores_where
from permissions.rights import StoreRight
from stores.models import Store

PAGE_SIZE = 50


@require_safe
def notices(request):
    """All news, newest first; `about` narrows them (reading.About)."""
    sight = sight_of(request)
    about = About(request.GET["about"]) if request.GET.get("about") in About.values else About.ALL
    address = f"?{urlencode({'about': about.value})}" if about else "?"
    page = page_at([Section("all", notices_about(sight, about), "-created_at")], request.GET, size=PAGE_SIZE, address=address)
    cover(page.rows, sight)
    # Older unread ones stand behind the newest page seldom enough for a look into it to come first.
    has_unread = any(notice.read_at is None for notice in page.rows) or unread_notices(sight).exists()
    context = {"page": page, "about": about, "abouts": About.choices, "has_unread": has_unread, "has_outbox": _may_see_outbox(request)}
    return desk_page(request, "backoffice/notices/list.html", context)


@require_safe
@vary_on_headers("X-Requested-With")
def newest(request):
    """The menu of the bell; without a script the page of all news serves as well."""
    if not _is_menu(request):
        return redirect("backoffice:notices")
    return _menu(request)


@require_POST
def reading(request):
    """Everything in the bell counts as read."""
    mark_notices_read(request.user)
    if _is_menu(request):
        return _menu(request)
    messages.success(request, _("All news are read."))
    return redirect("backoffice:notices")


@require_POST
def reading_one(request, pk):
    """This one counts as read. Other people's news do not exist."""
    if not notices_of(sight_of(request)).filter(pk=pk).exists():
        raise Http404
    mark_notices_read(request.user, pk=pk)
    return _menu(request) if _is_menu(request) else redirect("backoffice:notices")


def _is_menu(request):
    return request.headers.get("X-Requested-With") == "menu-part"


def _menu(request):
    sight = sight_of(request)
    found = cover(list(notices_of(sight)[:NEWEST]), sight)
    has_unread = any(notice.read_at is None for notice in found) or unread_notices(sight).exists()
    return render(request, "backoffice/notices/_menu.html", {"notices": found, "has_unread": has_unread})


@require_http_methods(["GET", "HEAD", "POST"])
def choices(request):
    """How this person wants to hear of what, what they watch by itself, and where they begin. With a colleague's eyes nothing is chosen."""
    if request.method == "POST":
        form = ChoicesForm(request.POST)
        form.save(request.user)
        messages.success(request, _("Your choice is kept."))
        return redirect("backoffice:notices_choices")
    return desk_page(
        request, "backoffice/notices/choices.html", {"form": ChoicesForm(person=request.user), "push": devices_part(request, "backoffice")}
    )


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
