"""What the demo store is made of: its face, people, departments, statuses, answers. Words only; seeding is in build.py."""

from permissions.rights import ActionRight, RoleKey, StatusRight, StoreRight
from statuses.models import StatusKind
from statuses.services import DEFAULT_STATUSES

PASSWORD = "narvan-coffee"

NAME = {"en": "Narvan", "fa": "نارون", "pl": "Narvan", "ru": "Нарван"}
WELCOME = {
    "en": "Look for an answer, or write to us at any hour. Everything we say to each other stays here.",
    "fa": "پاسخ را پیدا کنید یا هر ساعتی برایمان بنویسید. همه‌ی گفت‌وگوها همین‌جا می‌ماند.",
    "pl": "Znajdź odpowiedź albo napisz do nas o dowolnej porze. Cała rozmowa zostaje w tym miejscu.",
    "ru": "Найдите ответ или напишите нам в любое время. Вся переписка останется здесь.",
}

STATUSES = [
    *DEFAULT_STATUSES[:4],
    (
        "payment",
        StatusKind.WAITING_FOR_OTHERS,
        {"en": "Waiting for payment", "fa": "در انتظار پرداخت", "pl": "Czeka na płatność", "ru": "Ждёт оплаты"},
        {"en": "Waiting for payment", "fa": "در انتظار پرداخت", "pl": "Czekamy na płatność", "ru": "Ждём оплаты"},
        "answered",
        "payment",
    ),
    (
        "carrier",
        StatusKind.WAITING_FOR_OTHERS,
        {"en": "Waiting for the carrier", "fa": "منتظر شرکت پست", "pl": "Czeka na przewoźnika", "ru": "Ждёт перевозчика"},
        {
            "en": "Checking with the carrier",
            "fa": "در حال پیگیری از شرکت پست",
            "pl": "Sprawdzamy u przewoźnika",
            "ru": "Уточняем у перевозчика",
        },
        "answered",
        "carrier",
    ),
    (
        "repair",
        StatusKind.WAITING_FOR_OTHERS,
        {"en": "Repair", "fa": "در تعمیر", "pl": "Naprawa", "ru": "Ремонт"},
        {"en": "In our workshop", "fa": "در کارگاه ما", "pl": "W naszym serwisie", "ru": "В нашей мастерской"},
        "answered",
        "repair",
    ),
    (
        "advice",
        StatusKind.WAITING_FOR_OTHERS,
        {"en": "Waiting for advice", "fa": "منتظر نظر همکار", "pl": "Czeka na poradę", "ru": "Ждёт совета"},
        {"en": "In work", "fa": "در حال بررسی", "pl": "W toku", "ru": "В работе"},
        "answered",
        "waiting",
    ),
    DEFAULT_STATUSES[4],
]

# status, code, icon, where it leads (empty: the ticket stays), label, and what else there is to say of it
_ASK_FOR_PAYMENT = (
    "credit-card",
    "payment",
    {"en": "Ask for payment", "fa": "درخواست پرداخت", "pl": "Poproś o płatność", "ru": "Запросить оплату"},
)
_SEND_TO_REPAIR = (
    "tools",
    "repair",
    {"en": "Send to repair", "fa": "فرستادن به تعمیر", "pl": "Przekaż do naprawy", "ru": "Передать в ремонт"},
    {"gives_to": "responsible"},
)
_ASK_FOR_ADVICE = (
    "people",
    "advice",
    {"en": "Ask for advice", "fa": "پرسیدن از همکار", "pl": "Poproś o poradę", "ru": "Спросить совета"},
    {"deed": "note", "gives_to": "choice"},
)
_NOT_NEEDED = (
    "x-lg",
    "closed",
    {"en": "I do not need it any more", "fa": "دیگر لازم ندارم", "pl": "To już nieaktualne", "ru": "Уже не нужно"},
    {"for_customers": True, "for_staff": False},
)
ACTIONS = [
    ("new", "ask_for_advice", *_ASK_FOR_ADVICE),
    ("open", "ask_for_advice", *_ASK_FOR_ADVICE),
    ("answered", "ask_for_advice", *_ASK_FOR_ADVICE),
    (
        "advice",
        "advice_given",
        "chat-dots",
        "open",
        {"en": "Give advice", "fa": "نظر دادن", "pl": "Doradź", "ru": "Дать совет"},
        {"deed": "note", "gives_to": "previous", "look": "main"},
    ),
    (
        "answered",
        "automatic_answer",
        "trash",
        "",
        {"en": "Automatic answer: delete", "fa": "پاسخ خودکار: حذف", "pl": "Automatyczna odpowiedź: usuń", "ru": "Автоответ: удалить"},
        {"deed": "delete", "look": "danger"},
    ),
    ("new", "not_needed", *_NOT_NEEDED),
    ("waiting", "not_needed", *_NOT_NEEDED),
    (
        "waiting",
        "silence",
        "clock-history",
        "closed",
        {
            "en": "Close after two weeks of silence",
            "fa": "بستن پس از دو هفته بی‌پاسخی",
            "pl": "Zamknij po dwóch tygodniach ciszy",
            "ru": "Закрыть после двух недель молчания",
        },
        {"for_staff": False, "fires_after_hours": 14 * 24},
    ),
    ("new", "ask_for_payment", *_ASK_FOR_PAYMENT),
    ("new", "send_to_repair", *_SEND_TO_REPAIR),
    ("open", "ask_for_payment", *_ASK_FOR_PAYMENT),
    ("open", "send_to_repair", *_SEND_TO_REPAIR),
    ("answered", "ask_for_payment", *_ASK_FOR_PAYMENT),
    ("answered", "send_to_repair", *_SEND_TO_REPAIR),
    (
        "payment",
        "payment_received",
        "receipt",
        "open",
        {"en": "Payment received", "fa": "پرداخت دریافت شد", "pl": "Płatność otrzymana", "ru": "Оплата получена"},
    ),
    (
        "payment",
        "reminded",
        "telephone",
        "",
        {"en": "Reminded by telephone", "fa": "یادآوری تلفنی شد", "pl": "Przypomniano telefonicznie", "ru": "Напомнили по телефону"},
    ),
    (
        "carrier",
        "parcel_found",
        "box-seam",
        "open",
        {"en": "Parcel found", "fa": "بسته پیدا شد", "pl": "Paczka odnaleziona", "ru": "Посылка нашлась"},
    ),
    ("repair", "repaired", "check2", "open", {"en": "Repaired", "fa": "تعمیر شد", "pl": "Naprawione", "ru": "Отремонтировано"}),
    (
        "repair",
        "beyond_repair",
        "slash-circle",
        "open",
        {"en": "Cannot be repaired", "fa": "تعمیر نمی‌شود", "pl": "Nie da się naprawić", "ru": "Ремонту не подлежит"},
    ),
]

# key: icon, hours promised, name, what belongs there
DEPARTMENTS = {
    "orders": (
        "truck",
        2,
        {"en": "Orders and delivery", "fa": "سفارش و ارسال", "pl": "Zamówienia i dostawa", "ru": "Заказы и доставка"},
        {
            "en": "Address, parcel, late delivery",
            "fa": "نشانی، پیگیری بسته، دیرکرد",
            "pl": "Adres, paczka, opóźnienie",
            "ru": "Адрес, посылка, задержка",
        },
    ),
    "repairs": (
        "wrench-adjustable",
        4,
        {"en": "Repairs and warranty", "fa": "تعمیر و ضمانت", "pl": "Naprawy i gwarancja", "ru": "Ремонт и гарантия"},
        {
            "en": "Something broke or rattles",
            "fa": "خرابی یا صدای غیرعادی",
            "pl": "Coś się zepsuło albo hałasuje",
            "ru": "Что-то сломалось или шумит",
        },
    ),
    "returns": (
        "arrow-counterclockwise",
        8,
        {"en": "Returns and refunds", "fa": "مرجوعی و بازگشت پول", "pl": "Zwroty", "ru": "Возвраты"},
        {
            "en": "Within 14 days, no reason needed",
            "fa": "تا ۷ روز کاری، بدون نیاز به دلیل",
            "pl": "W ciągu 14 dni, bez podania przyczyny",
            "ru": "В течение 14 дней, без объяснений",
        },
    ),
    "payment": (
        "receipt",
        4,
        {"en": "Payment and invoices", "fa": "پرداخت و فاکتور", "pl": "Płatności i faktury", "ru": "Оплата и счета"},
        {
            "en": "Charged twice, company invoice",
            "fa": "پرداخت تکراری، فاکتور رسمی",
            "pl": "Podwójna płatność, faktura na firmę",
            "ru": "Двойное списание, счёт на компанию",
        },
    ),
    "advice": (
        "bag",
        8,
        {"en": "Before you buy", "fa": "پیش از خرید", "pl": "Przed zakupem", "ru": "Перед покупкой"},
        {
            "en": "Which grinder, which filter",
            "fa": "کدام آسیاب، کدام فیلتر",
            "pl": "Jaki młynek, jaki filtr",
            "ru": "Какая кофемолка, какой фильтр",
        },
    ),
    "cafes": (
        "shop",
        24,
        {"en": "Cafés and offices", "fa": "کافه‌ها و شرکت‌ها", "pl": "Kawiarnie i biura", "ru": "Кафе и офисы"},
        {
            "en": "Wholesale prices, service plans",
            "fa": "قیمت عمده، قرارداد سرویس",
            "pl": "Ceny hurtowe, umowy serwisowe",
            "ru": "Оптовые цены, обслуживание",
        },
    ),
}

_EVERYWHERE = list(DEPARTMENTS)

# key: name, language, departments by role, responsible for, whether customer data is open in the whole store
STAFF = {
    "olga": ("Olga Nowicka", "pl", {RoleKey.OWNER: _EVERYWHERE}, [], False),
    "alice": (
        "Alice Warren",
        "en",
        {RoleKey.SENIOR: ["repairs"], RoleKey.SUPPORTER: ["orders"], RoleKey.OBSERVER: ["returns"]},
        ["repairs"],
        False,
    ),
    "negar": ("نگار رضایی", "fa", {RoleKey.SUPPORTER: ["repairs", "orders"], RoleKey.OBSERVER: ["payment"]}, ["orders"], True),
    "bob": ("Bob Lindgren", "en", {RoleKey.SUPPORTER: ["advice", "cafes"], RoleKey.OBSERVER: ["orders"]}, ["advice"], True),
    "vera": ("Vera Moreau", "en", {RoleKey.SUPPORTER: ["payment", "returns"]}, ["payment"], True),
    # An accountant: one status everywhere, and one action there.
    "dan": ("Dan Mazur", "en", {RoleKey.ACCOUNTANT: _EVERYWHERE}, [], False),
    # Reads everything but who the customers are.
    "witek": ("Witold Zając", "pl", {RoleKey.OBSERVER: _EVERYWHERE}, [], False),
}

# What is given one by one, besides the roles: who, the right, on which status, action or on the store.
ONE_BY_ONE = [
    ("dan", StatusRight.VIEW, "status", "payment"),
    ("dan", ActionRight.PERFORM, "action", "payment_received"),
    ("witek", StoreRight.REVEAL_CUSTOMERS, "store", ""),
    ("negar", StoreRight.MANAGE_CUSTOMERS, "store", ""),
    ("vera", StoreRight.MANAGE_CUSTOMERS, "store", ""),
]

# key: name, members, departments by role
TEAMS = {
    "night": ("Night shift", ["bob", "negar"], {RoleKey.SUPPORTER: ["orders"]}),
    "accounting": ("Accounting", ["dan", "vera"], {}),
}

# key: name, language, e-mail, mobile, company, may sign in
CUSTOMERS = {
    "kasia": ("Kasia Nowak", "en", "kasia@mail.example", "+48601220214", "", True),
    "nour": ("نورا کریمی", "fa", "nour@mail.example", "+989121234514", "", True),
    "tomasz": ("Tomasz Wilk", "pl", "tomasz@mail.example", "+48602331415", "", True),
    "ivan": ("Иван Петров", "ru", "ivan@mail.example", "", "", True),
    "hanna": ("Hanna Lis", "pl", "hanna@mail.example", "+48603442516", "", True),
    "kaveh": ("کاوه شریفی", "fa", "", "+989122345615", "", True),
    "marta": ("Marta Zielińska", "pl", "marta@mail.example", "", "", False),
    "daniel": ("Daniel Kowal", "en", "daniel@mail.example", "+48604553617", "", False),
    "leila": ("لیلا اکبری", "fa", "leila@mail.example", "+989123456716", "کافه آینه", True),
    "anna": ("Анна Смирнова", "ru", "anna@mail.example", "+79161234567", "", False),
}

#: The latest e-mail to her came back.
GONE_EMAIL, GONE_WORDS = "marta@mail.example", "550 5.1.1 <marta@mail.example>: Recipient address rejected: User unknown"

WARNINGS = [
    ("kasia", "Send no replacement before the old unit is back. Two payments were charged back in May.", True, "vera"),
    ("kasia", "Prefers writing, hard of hearing.", False, "alice"),
    ("nour", "کم‌شنواست؛ فقط بنویسید، زنگ نزنید.", False, "negar"),
]
