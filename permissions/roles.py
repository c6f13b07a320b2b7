"""The standard roles as they come out of the box. They are rows from the first time one is given or looked at; owners change them."""

from i18nfield.strings import LazyI18nString

from permissions.models import Role
from permissions.rights import DepartmentRight as D
from permissions.rights import RoleKey, StoreRight
from permissions.rights import WorkflowRight as W

_DAILY = [D.VIEW, D.REPLY, D.NOTE, D.OPEN, D.ASSIGN, D.PASS_ON, D.CHANGE_STATUS, D.CLOSE]

#: key: (names, whom it suits, rights in a department, in all its statuses, in the whole store)
STANDARD = {
    RoleKey.SUPPORTER: (
        {"en": "Supporter", "fa": "پشتیبان", "pl": "Doradca", "ru": "Сотрудник поддержки"},
        {
            "en": "Answers customers and moves tickets along.",
            "fa": "به مشتریان پاسخ می‌دهد و تیکت‌ها را پیش می‌برد.",
            "pl": "Odpowiada klientom i prowadzi zgłoszenia dalej.",
            "ru": "Отвечает клиентам и ведёт обращения дальше.",
        },
        _DAILY,
        list(W),
        [],
    ),
    RoleKey.SENIOR: (
        {"en": "Senior", "fa": "پشتیبان ارشد", "pl": "Starszy doradca", "ru": "Старший сотрудник"},
        {
            "en": "Also merges and deletes, and shares a ticket with one person.",
            "fa": "ادغام و حذف هم می‌کند و می‌تواند یک تیکت را با یک نفر در میان بگذارد.",
            "pl": "Także scala i usuwa oraz udostępnia zgłoszenie jednej osobie.",
            "ru": "Ещё объединяет и удаляет обращения и открывает обращение одному человеку.",
        },
        [right for right in D if right != D.ORIGINALS],
        list(W),
        [StoreRight.VIEW_CUSTOMERS, StoreRight.MANAGE_CUSTOMERS, StoreRight.SHARE],
    ),
    RoleKey.ACCOUNTANT: (
        {"en": "Accountant", "fa": "حسابدار", "pl": "Księgowość", "ru": "Бухгалтер"},
        {
            "en": "Sees only the statuses chosen one by one, writes notes, does the actions given.",
            "fa": "فقط وضعیت‌هایی را می‌بیند که تک‌تک انتخاب شده‌اند، یادداشت می‌نویسد و اقدام‌های داده‌شده را انجام می‌دهد.",
            "pl": "Widzi tylko statusy wybrane po kolei, pisze notatki i wykonuje przydzielone czynności.",
            "ru": "Видит только выбранные по одному статусы, пишет заметки, выполняет данные действия.",
        },
        [D.VIEW, D.NOTE],
        [],
        [],
    ),
    RoleKey.OBSERVER: (
        {"en": "Observer", "fa": "ناظر", "pl": "Obserwator", "ru": "Наблюдатель"},
        {
            "en": "Reads everything in the department and writes notes.",
            "fa": "همه‌چیز بخش را می‌خواند و یادداشت می‌نویسد.",
            "pl": "Czyta wszystko w dziale i pisze notatki.",
            "ru": "Читает всё в отделе и пишет заметки.",
        },
        [D.VIEW, D.NOTE],
        [W.VIEW_ALL],
        [],
    ),
    RoleKey.MANAGER: (
        {"en": "Manager", "fa": "مدیر", "pl": "Kierownik", "ru": "Руководитель"},
        {
            "en": "Everything in the department, with customers, reports and the audit log.",
            "fa": "همه‌ی کارهای بخش، به‌همراه مشتریان، گزارش‌ها و گزارش رویدادها.",
            "pl": "Wszystko w dziale oraz klienci, raporty i dziennik zdarzeń.",
            "ru": "Всё в отделе, а также клиенты, отчёты и журнал событий.",
        },
        list(D),
        list(W),
        [
            StoreRight.VIEW_CUSTOMERS,
            StoreRight.MANAGE_CUSTOMERS,
            StoreRight.SHARE,
            StoreRight.VIEW_REPORTS,
            StoreRight.VIEW_AUDIT,
            StoreRight.TAKE_EMERGENCY,
            StoreRight.SHARE_VIEWS,
        ],
    ),
    RoleKey.OWNER: (
        {"en": "Owner", "fa": "صاحب فروشگاه", "pl": "Właściciel", "ru": "Владелец"},
        {
            "en": "Every right there is.",
            "fa": "همه‌ی دسترسی‌های موجود.",
            "pl": "Wszystkie uprawnienia.",
            "ru": "Все права, какие есть.",
        },
        list(D),
        list(W),
        [right for right in StoreRight if right != StoreRight.REVEAL_CUSTOMERS],
    ),
}


def standard_fields(key):
    """A standard role as it comes out of the box: names, description and rights."""
    names, description, department_rights, workflow_rights, store_rights = STANDARD[key]
    return {
        "name": LazyI18nString(names),
        "description": LazyI18nString(description),
        "department_rights": [str(right) for right in department_rights],
        "workflow_rights": [str(right) for right in workflow_rights],
        "store_rights": [str(right) for right in store_rights],
    }


def standard_role(key):
    """The role with this key, as the owner changed it; made as it comes out of the box on first need."""
    role, _made = Role.objects.get_or_create(key=key, defaults=standard_fields(key) | {"position": list(STANDARD).index(key)})
    return role


def all_roles():
    """Every role in its order, the standard ones first."""
    for key in set(STANDARD) - set(Role.objects.exclude(key=None).values_list("key", flat=True)):
        standard_role(key)
    return Role.objects.all()
