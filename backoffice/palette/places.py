"""Pages of the desk that the palette leads to. Those of the settings are named by the roof (helpdesk/palette.py): doors do not know each other."""

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from backoffice.palette.rows import Place
from backoffice.tickets.lists import VIEWS, Choice
from common.kept import kept
from departments.models import Department
from permissions.rights import DepartmentRight, StoreRight

_LIST = pgettext_lazy("where something is found", "List")
_DESK = pgettext_lazy("where something is found", "Desk")
_DEPARTMENT = _("Department")
#: How lists are called besides, in four languages.
_VIEW_WORDS = {
    "mine": ("inbox", "my inbox assigned moje przydzielone skrzynka мои назначенные входящие من صندوق"),
    "unassigned": ("person-x", "nobody free queue nieprzydzielone wolne kolejka ничьи свободные очередь بی‌مسئول آزاد صف"),
    "unread": ("bookmark", "new nowe новые непрочитанные تازه نخوانده"),
    "open": ("list-ul", "everything wszystkie otwarte все открытые باز همه"),
    "shared": ("eye", "udostępnione доступные общие اشتراکی"),
    "closed": ("check-circle", "solved done archive zamknięte rozwiązane закрытые решённые بسته حل‌شده"),
    "all": ("list-ul", "every wszystkie все همه"),
}


def desk_places(sight):
    """The lists and pages of the desk that this person may open."""
    places = [
        Place(icon, VIEWS[view], reverse("backoffice:inbox") + f"?view={view}", _LIST, others)
        for view, (icon, others) in _VIEW_WORDS.items()
        if view != "shared" or sight.shared != frozenset()
    ]
    places += [place for place in (_page(*given) for given in _pages_for(sight)) if place]
    return places + _departments(sight)


def _pages_for(sight):
    """(icon, words, name of the address, other words) of each page."""
    yield "calendar-event", _("My day"), "day", "today plan dzień mój мой день сегодня روز من امروز"
    if sight.places_with(DepartmentRight.OPEN) and sight.places_with(StoreRight.VIEW_CUSTOMERS):
        yield "plus-lg", _("New ticket"), "new_ticket", "create open write nowe zgłoszenie создать обращение тикت تیکت تازه جدید"
    if sight.places_with(StoreRight.VIEW_CUSTOMERS):
        yield "people", _("Customers"), "customers", "people contacts klienci kontakty клиенты контакты مشتریان مشتری‌ها"
    if sight.places_with(StoreRight.VIEW_REPORTS):
        yield (
            "bar-chart",
            _("Ratings"),
            "ratings",
            "reports survey satisfaction csat raporty oceny ankiety отчёты оценки опросы گزارش امتیاز نظرسنجی",
        )
    yield "star", _("My ratings"), "my_ratings", "reports my own moje oceny мои оценки امتیازهای من"
    if sight.places_with(DepartmentRight.DELETE):
        yield "trash", pgettext_lazy("list of tickets", "Deleted"), "deleted_tickets", "bin trash kosz usunięte корзина удалённые سطل حذف"
    yield "bell", _("News"), "notices", "notifications bell powiadomienia уведомления اعلان خبر"
    yield "lightning", _("My prepared answers"), "answers", "macros canned templates szablony gotowe шаблоны заготовки پاسخ آماده"
    yield "download", _("My exports"), "exports", "files csv excel eksport pliki выгрузки файлы خروجی پرونده"
    yield "person-check", _("Presence"), "presence", "away holiday vacation nieobecność urlop отпуск присутствие غیبت مرخصی حضور"
    yield (
        "question-circle",
        pgettext_lazy("of a keyboard", "Keys"),
        "keys",
        "shortcuts skróty klawisze клавиши сочетания میان‌بر کلید",
    )


def _page(icon, words, name, others):
    """None for a page that this installation does not have."""
    try:
        return Place(icon, words, reverse(f"backoffice:{name}"), _DESK, others)
    except NoReverseMatch:
        return None


def _departments(sight):
    """The open tickets of each department this person sees."""
    departments = kept(("departments of the palette",), lambda: list(Department.objects.active()))
    inbox = reverse("backoffice:inbox")
    return [
        Place(each.icon, str(each.name), f"{inbox}{Choice('open', each.pk).query}", _DEPARTMENT, " ".join(_spoken(each.name)))
        for each in departments
        if each.pk in sight.departments
    ]


def _spoken(name):
    """What it is called in every language."""
    data = getattr(name, "data", name)
    return [str(words) for words in data.values()] if isinstance(data, dict) else [str(data)]
