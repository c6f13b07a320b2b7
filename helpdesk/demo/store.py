"""What the demo store is made of: its face, people, departments, statuses, answers. Words only; seeding is in build.py."""

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
        "waiting",
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
    DEFAULT_STATUSES[4],
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

# key: name, language, departments with role (s supporter, o observer), responsible for
STAFF = {
    "olga": ("Olga Nowicka", "pl", {}, []),
    "alice": ("Alice Warren", "en", {"repairs": "s", "orders": "s", "returns": "o"}, ["repairs"]),
    "negar": ("نگار رضایی", "fa", {"repairs": "s", "orders": "s", "payment": "o"}, ["orders"]),
    "bob": ("Bob Lindgren", "en", {"advice": "s", "cafes": "s", "orders": "o"}, ["advice"]),
    "dan": ("Dan Moreau", "en", {"payment": "s", "returns": "s"}, ["payment"]),
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

WARNINGS = [
    ("kasia", "Send no replacement before the old unit is back. Two payments were charged back in May.", True, "dan"),
    ("kasia", "Prefers writing, hard of hearing.", False, "alice"),
    ("nour", "کم‌شنواست؛ فقط بنویسید، زنگ نزنید.", False, "negar"),
]
