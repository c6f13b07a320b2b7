"""Names of months and weekdays as they stand inside a date, and the order of a date's parts, per language.

Kept as tables, not as messages: they follow the reader's language and calendar together, need cases ("19 listopada")
and none of them is ever seen alone by a translator. Weekdays start on Monday, as in Python.
"""

WEEKDAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "fa": ("دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه", "یکشنبه"),
    "pl": ("poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota", "niedziela"),
    "ru": ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"),
}
SHORT_WEEKDAYS = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "fa": WEEKDAYS["fa"],
    "pl": ("pon.", "wt.", "śr.", "czw.", "pt.", "sob.", "niedz."),
    "ru": ("пн", "вт", "ср", "чт", "пт", "сб", "вс"),
}
_PERSIAN_GREGORIAN = ("ژانویه", "فوریه", "مارس", "آوریل", "مه", "ژوئن", "ژوئیه", "اوت", "سپتامبر", "اکتبر", "نوامبر", "دسامبر")
_JALALI = {
    "en": ("Farvardin", "Ordibehesht", "Khordad", "Tir", "Mordad", "Shahrivar", "Mehr", "Aban", "Azar", "Dey", "Bahman", "Esfand"),
    "fa": ("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"),
    "pl": ("farwardin", "ordibeheszt", "chordad", "tir", "mordad", "szahriwar", "mehr", "aban", "azar", "dej", "bahman", "esfand"),
    "ru": (
        "фарвардина", "ордибехешта", "хордада", "тира", "мордада", "шахривара", "мехра", "абана", "азара", "дея", "бахмана", "эсфанда",
    ),
}  # fmt: skip
MONTHS = {
    "jalali": _JALALI,
    "gregorian": {
        "en": (
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
        ),
        "fa": _PERSIAN_GREGORIAN,
        "pl": (
            "stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca", "sierpnia", "września",
            "października", "listopada", "grudnia",
        ),
        "ru": (
            "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря",
        ),
    },
}  # fmt: skip
SHORT_MONTHS = {
    "jalali": _JALALI,
    "gregorian": {
        "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
        "fa": _PERSIAN_GREGORIAN,
        "pl": ("sty", "lut", "mar", "kwi", "maj", "cze", "lip", "sie", "wrz", "paź", "lis", "gru"),
        "ru": ("янв.", "февр.", "мар.", "апр.", "мая", "июн.", "июл.", "авг.", "сент.", "окт.", "нояб.", "дек."),
    },
}
# A month that stands without its day.
ALONE = {
    "jalali": {
        **_JALALI,
        "ru": ("фарвардин", "ордибехешт", "хордад", "тир", "мордад", "шахривар", "мехр", "абан", "азар", "дей", "бахман", "эсфанд"),
    },
    "gregorian": {
        **SHORT_MONTHS["gregorian"],
        "ru": ("янв.", "февр.", "март", "апр.", "май", "июнь", "июль", "авг.", "сент.", "окт.", "нояб.", "дек."),
    },
}

# Parts: d day, m month, y year, w weekday, t clock. Months and weekdays are the short or the long ones by the name of the form.
PATTERNS = {
    "en": {"day": "{d} {m}", "day_year": "{d} {m} {y}", "moment": "{w} {day}, {t}", "day_long": "{w}, {d} {m} {y}"},
    "fa": {"day": "{d} {m}", "day_year": "{d} {m} {y}", "moment": "{w} {day}، {t}", "day_long": "{w} {d} {m} {y}"},
    "pl": {"day": "{d} {m}", "day_year": "{d} {m} {y}", "moment": "{w} {day}, {t}", "day_long": "{w}, {d} {m} {y}"},
    "ru": {"day": "{d} {m}", "day_year": "{d} {m} {y} г.", "moment": "{w}, {day}, {t}", "day_long": "{w}, {d} {m} {y} г."},
}
NUMERIC = {"en": "{y:04}-{m:02}-{d:02}", "fa": "{y:04}/{m:02}/{d:02}", "pl": "{d:02}.{m:02}.{y:04}", "ru": "{d:02}.{m:02}.{y:04}"}
NUMERIC_JALALI = "{y:04}/{m:02}/{d:02}"
