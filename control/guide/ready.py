"""Departments to begin with, in four languages: what most stores have. Owners take those they need and change them later."""

#: key: (icon, name, what belongs here)
DEPARTMENTS = {
    "orders": (
        "box-seam",
        {"en": "Orders and delivery", "fa": "سفارش و ارسال", "pl": "Zamówienia i dostawa", "ru": "Заказы и доставка"},
        {
            "en": "Where is my parcel, a changed address, an invoice",
            "fa": "پیگیری مرسوله، تغییر نشانی، فاکتور",
            "pl": "Gdzie jest paczka, zmiana adresu, faktura",
            "ru": "Где посылка, смена адреса, счёт",
        },
    ),
    "returns": (
        "arrow-counterclockwise",
        {"en": "Returns and complaints", "fa": "مرجوعی و شکایت", "pl": "Zwroty i reklamacje", "ru": "Возвраты и претензии"},
        {
            "en": "Something is broken, wrong or not wanted any more",
            "fa": "کالا خراب یا اشتباه است یا دیگر لازم نیست",
            "pl": "Towar jest uszkodzony, niewłaściwy albo już niepotrzebny",
            "ru": "Товар сломан, не тот или больше не нужен",
        },
    ),
    "repairs": (
        "tools",
        {"en": "Repairs and warranty", "fa": "تعمیر و گارانتی", "pl": "Naprawy i gwarancja", "ru": "Ремонт и гарантия"},
        {
            "en": "It stopped working, spare parts, warranty",
            "fa": "از کار افتاده، قطعه‌ی یدکی، گارانتی",
            "pl": "Przestało działać, części, gwarancja",
            "ru": "Перестало работать, запчасти, гарантия",
        },
    ),
    "sales": (
        "cart3",
        {"en": "Before you buy", "fa": "پیش از خرید", "pl": "Przed zakupem", "ru": "Перед покупкой"},
        {
            "en": "Which one suits me, prices, bulk orders",
            "fa": "کدام مناسب من است، قیمت، خرید عمده",
            "pl": "Co wybrać, ceny, zamówienia hurtowe",
            "ru": "Что выбрать, цены, опт",
        },
    ),
    "technical": (
        "gear",
        {"en": "Technical help", "fa": "پشتیبانی فنی", "pl": "Pomoc techniczna", "ru": "Техническая помощь"},
        {
            "en": "Setting up, errors, how to use it",
            "fa": "راه‌اندازی، خطاها، شیوه‌ی استفاده",
            "pl": "Uruchomienie, błędy, obsługa",
            "ru": "Настройка, ошибки, как пользоваться",
        },
    ),
    "wishes": (
        "lightning",
        {"en": "Wishes and ideas", "fa": "پیشنهاد و ایده", "pl": "Życzenia i pomysły", "ru": "Пожелания и идеи"},
        {
            "en": "What we should sell or do better",
            "fa": "چه بفروشیم یا چه را بهتر کنیم",
            "pl": "Co warto sprzedawać albo robić lepiej",
            "ru": "Что нам продавать или улучшить",
        },
    ),
}

#: The ones that are ticked when the guide asks.
USUAL = ["orders", "returns", "sales"]
