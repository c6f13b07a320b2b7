"""Sections, pages, a picture and more prepared answers of the demo store."""

from django.core.files.uploadedfile import SimpleUploadedFile

from control.answers.publishing import publish_with
from faq.models import FaqEntry
from faq.pages import write_page
from faq.pictures import as_markdown, keep_picture
from faq.sections import write_section
from faq.services import write_entry
from helpdesk.demo.files import checked_file
from tickets.services.macros import write_macro
from tickets.services.reply_templates import count_use, write_reply_template

# icon, {language: (name, what is found here)}, the English questions in it
SECTIONS = [
    (
        "truck",
        {
            "en": ("Delivery and returns", "Where the parcel is, and how it comes back to us"),
            "fa": ("ارسال و مرجوعی", "بسته کجاست و چطور پس فرستاده می‌شود"),
            "pl": ("Dostawa i zwroty", "Gdzie jest paczka i jak ją odesłać"),
            "ru": ("Доставка и возврат", "Где посылка и как её вернуть"),
        },
        (
            "My parcel says delivered, but it is not here",
            "How do I change the address of an order?",
            "How do I send something back?",
            "How long does a refund take?",
        ),
    ),
    (
        "tools",
        {
            "en": ("Care and repair", "Keeping your grinder well, and what we do when it is not"),
            "fa": ("نگهداری و تعمیر", "آسیاب را چطور سالم نگه دارید و اگر خراب شد چه می‌کنیم"),
            "pl": ("Pielęgnacja i naprawy", "Jak dbać o młynek i co robimy, gdy się zepsuje"),
            "ru": ("Уход и ремонт", "Как ухаживать за кофемолкой и что делать, если она сломалась"),
        },
        (
            "The grinder is louder than before",
            "What does the warranty cover?",
            "How long does a repair take?",
            "Which parts can go in the dishwasher?",
        ),
    ),
]
WITH_PICTURE = "What does the warranty cover?"
LABEL = {
    "en": "Two years for **every part that moves**. Normal wear of burrs after 500 kg of coffee is not covered.\n\n## What we need from you\n\n- the serial number on the label under the base\n- the number of your order\n\n{picture}",
    "fa": "**همه‌ی قطعه‌های متحرک** دو سال ضمانت دارند. ساییدگی عادی تیغه پس از ۵۰۰ کیلو قهوه مشمول ضمانت نیست.\n\n## از شما چه می‌خواهیم\n\n- شماره‌ی سریال روی برچسب زیر دستگاه\n- شماره‌ی سفارش\n\n{picture}",
    "pl": "**Wszystkie ruchome części**, przez dwa lata. Gwarancja nie obejmuje zwykłego zużycia żaren po zmieleniu 500 kg kawy.\n\n## Czego potrzebujemy\n\n- numeru seryjnego z etykiety pod podstawą\n- numeru zamówienia\n\n{picture}",
    "ru": "На **все подвижные части** — два года. Обычный износ жерновов после 500 кг кофе гарантия не покрывает.\n\n## Что нам понадобится\n\n- серийный номер с наклейки под основанием\n- номер заказа\n\n{picture}",
}
PAGES = [
    (
        "delivery",
        {
            "en": ("Delivery", "We send parcels every working day until 15:00.\n\n| Where to | Days | Price |\n|---|---|---|\n| Poland | 1-2 | 12 zł |\n| European Union | 3-5 | 39 zł |\n\nFrom 300 zł on, delivery in Poland is **free**."),
            "fa": ("ارسال", "هر روز کاری تا ساعت ۱۵ بسته‌ها را می‌فرستیم.\n\n| مقصد | روز | هزینه |\n|---|---|---|\n| لهستان | ۱ تا ۲ | ۱۲ زلوتی |\n| اتحادیه‌ی اروپا | ۳ تا ۵ | ۳۹ زلوتی |\n\nسفارش‌های بالای ۳۰۰ زلوتی در لهستان **رایگان** فرستاده می‌شوند."),
            "pl": ("Dostawa", "Paczki wysyłamy w każdy dzień roboczy do 15:00.\n\n| Dokąd | Dni | Cena |\n|---|---|---|\n| Polska | 1-2 | 12 zł |\n| Unia Europejska | 3-5 | 39 zł |\n\nOd 300 zł dostawa w Polsce jest **bezpłatna**."),
            "ru": ("Доставка", "Отправляем посылки каждый рабочий день до 15:00.\n\n| Куда | Дней | Цена |\n|---|---|---|\n| Польша | 1-2 | 12 zł |\n| Европейский союз | 3-5 | 39 zł |\n\nОт 300 zł доставка по Польше **бесплатная**."),
        },
    ),
    (
        "warranty",
        {
            "en": ("Warranty", "Every device has a warranty of **two years** from the day it reached you.\n\n1. Write to *Repairs and warranty* and add a photo of the label.\n2. We send you a label for the parcel.\n3. Within six working days it is repaired or replaced."),
            "fa": ("ضمانت", "هر دستگاه از روز تحویل **دو سال** ضمانت دارد.\n\n1. برای بخش تعمیر و ضمانت بنویسید و عکس برچسب را بفرستید.\n2. برچسب پستی برایتان می‌فرستیم.\n3. تا شش روز کاری تعمیر یا تعویض می‌شود."),
            "pl": ("Gwarancja", "Każde urządzenie ma **dwa lata** gwarancji od dnia doręczenia.\n\n1. Napisz do działu napraw i dołącz zdjęcie etykiety.\n2. Wyślemy Ci etykietę na paczkę.\n3. W ciągu sześciu dni roboczych naprawimy lub wymienimy urządzenie."),
            "ru": ("Гарантия", "На каждое устройство — **два года** гарантии со дня получения.\n\n1. Напишите в отдел ремонта и приложите фото наклейки.\n2. Мы пришлём этикетку для посылки.\n3. В течение шести рабочих дней отремонтируем или заменим."),
        },
    ),
]  # fmt: skip
OWN = {
    "en": ("Hello, with my name", "Hello {customer},\n\nthank you for writing. I am looking into request {number} and will write again today.\n\n{author}"),
    "fa": ("سلام با نام من", "سلام {customer}،\n\nسپاس از پیامتان. درخواست {number} را بررسی می‌کنم و همین امروز دوباره می‌نویسم.\n\n{author}"),
    "pl": ("Powitanie z moim imieniem", "Dzień dobry, {customer},\n\ndziękuję za wiadomość. Sprawdzam zgłoszenie {number} i jeszcze dziś odpiszę.\n\n{author}"),
    "ru": ("Приветствие с моим именем", "Здравствуйте, {customer}!\n\nСпасибо за письмо. Я разбираюсь с обращением {number} и сегодня напишу ещё раз.\n\n{author}"),
}  # fmt: skip
OF_TEAM = {
    "en": (
        "Handed to the day shift",
        "We have passed request {number} to our colleagues of the day shift. They write to you before noon: {link}",
    ),
    "fa": ("سپرده به شیفت روز", "درخواست {number} را به همکاران شیفت روز سپردیم. تا پیش از ظهر برایتان می‌نویسند: {link}"),
    "pl": (
        "Przekazane dziennej zmianie",
        "Przekazaliśmy zgłoszenie {number} dziennej zmianie. Odpowiedź przyjdzie przed południem: {link}",
    ),
    "ru": ("Передано дневной смене", "Мы передали обращение {number} дневной смене. Вам ответят до полудня: {link}"),
}
# A macro: it also closes, takes and tags the ticket.
REPAIRED = {
    "en": (
        "Repaired and on its way",
        "Hello {first_name}, your machine is repaired and left us today. Thank you for your patience. {author}",
    ),
    "fa": ("تعمیر شد و در راه است", "سلام {first_name}، دستگاه شما تعمیر و امروز فرستاده شد. از شکیبایی شما سپاسگزاریم. {author}"),
    "pl": ("Naprawione i wysłane", "Dzień dobry, urządzenie jest naprawione i dziś zostało wysłane. Dziękujemy za cierpliwość. {author}"),
    "ru": (
        "Отремонтировано и отправлено",
        "Здравствуйте, {first_name}! Устройство отремонтировано и сегодня отправлено. Спасибо за терпение. {author}",
    ),
}
ALSO_PUBLIC = {
    "en": ("How do I descale the kettle?", "Boil water with two spoons of citric acid, wait half an hour and rinse **twice**."),
    "fa": ("کتری را چطور جرم‌گیری کنم؟", "آب را با دو قاشق جوهر لیمو بجوشانید، نیم ساعت صبر کنید و **دو بار** بشویید."),
    "pl": ("Jak odkamienić czajnik?", "Zagotuj wodę z dwiema łyżkami kwasku cytrynowego, odczekaj pół godziny i wypłucz **dwa razy**."),
    "ru": (
        "Как удалить накипь из чайника?",
        "Вскипятите воду с двумя ложками лимонной кислоты, подождите полчаса и промойте **два раза**.",
    ),
}


def add_knowledge(shop, departments, staff, teams):
    """After the answers are there: they get their sections, one a picture; pages; answers of a person, of a team, and of both kinds."""
    olga = staff["olga"]
    for icon, words, questions in SECTIONS:
        section = write_section(store=shop, words=words, icon=icon, by=olga)
        FaqEntry.objects.filter(translations__language="en", translations__question__in=questions).update(section=section)
    _with_picture(shop, olga)
    for address, words in PAGES:
        write_page(store=shop, address=address, words=words, is_published=True, by=olga)
    own = write_reply_template(words=OWN, owner=staff["alice"], by=staff["alice"])
    for _time in range(3):
        count_use(own)
    write_reply_template(words=OF_TEAM, team=next(iter(teams.values())), by=olga)
    repaired = write_reply_template(words=REPAIRED, department=departments["repairs"], by=olga)
    closed = departments["repairs"].workflow.closing_status()
    write_macro(repaired, status=closed, gives="doer", tags=["repaired"], by=olga)
    both = write_reply_template(words=ALSO_PUBLIC, department=departments["advice"], by=olga)
    publish_with(both, is_public=True, by=olga)


def _with_picture(shop, olga):
    label = checked_file("label.jpg")
    picture = keep_picture(SimpleUploadedFile("label.jpg", label.content.read()), store=shop, by=olga)
    entry = FaqEntry.objects.get(translations__language="en", translations__question=WITH_PICTURE)
    questions = dict(entry.translations.values_list("language", "question"))
    words = {language: (questions[language], text.format(picture=as_markdown(picture))) for language, text in LABEL.items()}
    places = {"department": entry.department, "section": entry.section, "position": entry.position}
    write_entry(entry=entry, stores=[shop], words=words, as_markdown=True, by=olga, **places)
