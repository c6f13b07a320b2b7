"""FAQ entries and prepared answers of the demo store."""

# department, {language: (question, answer as HTML)}, times read
FAQ = [
    (
        "repairs",
        {
            "en": (
                "The grinder is louder than before",
                "<p>Take out the upper burr, brush off old coffee and turn it until it clicks. A loose burr makes most of the noise.</p>",
            ),
            "fa": (
                "آسیاب بلندتر از قبل کار می‌کند",
                "<p>تیغه‌ی بالایی را بردارید، قهوه‌ی مانده را با برس پاک کنید و تیغه را تا شنیدن «تق» بچرخانید. بیشتر صداها از تیغه‌ی شل است.</p>",
            ),
            "pl": (
                "Młynek pracuje głośniej niż dawniej",
                "<p>Wyjmij górne żarno, usuń pędzelkiem resztki kawy i przekręć je, aż kliknie. Najczęściej hałasuje obluzowane żarno.</p>",
            ),
            "ru": (
                "Кофемолка шумит сильнее, чем раньше",
                "<p>Снимите верхний жёрнов, смахните остатки кофе и поверните жёрнов до щелчка. Чаще всего шумит именно он, если плохо закреплён.</p>",
            ),
        },
        241,
    ),
    (
        "repairs",
        {
            "en": (
                "What does the warranty cover?",
                "<p>Two years for every part that moves. Normal wear of burrs after 500 kg of coffee is not covered.</p>",
            ),
            "fa": (
                "ضمانت چه چیزهایی را می‌پوشاند؟",
                "<p>همه‌ی قطعه‌های متحرک دو سال ضمانت دارند. ساییدگی عادی تیغه پس از ۵۰۰ کیلو قهوه مشمول ضمانت نیست.</p>",
            ),
            "pl": (
                "Co obejmuje gwarancja?",
                "<p>Wszystkie ruchome części, przez dwa lata. Gwarancja nie obejmuje zwykłego zużycia żaren po zmieleniu 500 kg kawy.</p>",
            ),
            "ru": (
                "Что входит в гарантию?",
                "<p>На все подвижные части — два года. Обычный износ жерновов после 500 кг кофе гарантия не покрывает.</p>",
            ),
        },
        188,
    ),
    (
        "repairs",
        {
            "en": (
                "How long does a repair take?",
                "<p>About six days from the day your device reaches us. We write to you when it arrives and when it leaves.</p>",
            ),
            "fa": ("تعمیر چقدر طول می‌کشد؟", "<p>از روزی که دستگاه به ما برسد حدود شش روز. رسیدن و پس فرستادن دستگاه را خبر می‌دهیم.</p>"),
            "pl": (
                "Ile trwa naprawa?",
                "<p>Około sześciu dni od chwili, gdy urządzenie do nas dotrze. Damy znać, gdy przyjdzie i gdy je odeślemy.</p>",
            ),
            "ru": (
                "Сколько длится ремонт?",
                "<p>Около шести дней с того дня, как устройство поступит к нам. Мы напишем, когда оно придёт и когда отправится обратно.</p>",
            ),
        },
        97,
    ),
    (
        "orders",
        {
            "en": (
                "My parcel says delivered, but it is not here",
                "<p>Look with the neighbours and at the parcel point first: drivers often leave the note later. If it is not there the next day, write to us.</p>",
            ),
            "fa": (
                "پیامک تحویل آمده ولی بسته نرسیده",
                "<p>اول از همسایه‌ها و سرایدار بپرسید؛ گاهی پیک زودتر از تحویل، پیامک می‌فرستد. اگر تا فردا پیدا نشد برایمان بنویسید.</p>",
            ),
            "pl": (
                "Paczka ma status „doręczona”, ale jej nie mam",
                "<p>Sprawdź najpierw u sąsiadów i w punkcie odbioru: kurierzy często zostawiają awizo później. Jeśli do jutra jej nie ma, napisz do nas.</p>",
            ),
            "ru": (
                "Посылка отмечена доставленной, но её нет",
                "<p>Сначала спросите у соседей и в пункте выдачи: курьеры часто оставляют извещение позже. Если её нет и на следующий день, напишите нам.</p>",
            ),
        },
        312,
    ),
    (
        "orders",
        {
            "en": (
                "How do I change the address of an order?",
                "<p>Until the parcel leaves us, write to us with the order number and the new address. Afterwards the carrier can still redirect it.</p>",
            ),
            "fa": (
                "چطور نشانی سفارش را عوض کنم؟",
                "<p>تا وقتی بسته از انبار بیرون نرفته، شماره‌ی سفارش و نشانی تازه را بنویسید. پس از آن فقط شرکت پست می‌تواند مسیر را عوض کند.</p>",
            ),
            "pl": (
                "Jak zmienić adres dostawy?",
                "<p>Dopóki paczka jest u nas, napisz do nas i podaj numer zamówienia oraz nowy adres. Później może ją jeszcze przekierować przewoźnik.</p>",
            ),
            "ru": (
                "Как изменить адрес доставки?",
                "<p>Пока посылка у нас, напишите номер заказа и новый адрес. После отправки её может перенаправить перевозчик.</p>",
            ),
        },
        154,
    ),
    (
        "returns",
        {
            "en": (
                "How do I send something back?",
                "<p>Write to us within 14 days of delivery. We send you a label; put the product in any box and hand it in at a parcel point.</p>",
            ),
            "fa": (
                "چطور کالا را پس بفرستم؟",
                "<p>تا ۷ روز کاری پس از تحویل برایمان بنویسید. برچسب ارسال را می‌فرستیم؛ کالا را در هر جعبه‌ای بگذارید و به پست بدهید.</p>",
            ),
            "pl": (
                "Jak odesłać produkt?",
                "<p>Napisz do nas w ciągu 14 dni od dostawy. Wyślemy etykietę; zapakuj produkt w dowolne pudełko i nadaj w punkcie.</p>",
            ),
            "ru": (
                "Как вернуть товар?",
                "<p>Напишите нам в течение 14 дней после доставки. Мы пришлём наклейку; упакуйте товар в любую коробку и сдайте в пункт приёма.</p>",
            ),
        },
        203,
    ),
    (
        "returns",
        {
            "en": (
                "How long does a refund take?",
                "<p>We pay back within three working days after the product has reached us, by the way you paid.</p>",
            ),
            "fa": ("بازگشت پول چقدر طول می‌کشد؟", "<p>تا سه روز کاری پس از رسیدن کالا، به همان حسابی که با آن پرداخت کرده‌اید.</p>"),
            "pl": (
                "Kiedy dostanę zwrot pieniędzy?",
                "<p>W ciągu trzech dni roboczych od chwili, gdy produkt do nas dotrze, tą samą metodą co płatność.</p>",
            ),
            "ru": (
                "Когда вернут деньги?",
                "<p>Мы вернём их в течение трёх рабочих дней после получения товара, тем же способом, каким вы платили.</p>",
            ),
        },
        176,
    ),
    (
        "payment",
        {
            "en": (
                "Can I get an invoice for a company?",
                "<p>Yes. Write the name, address and tax number; you get the corrected invoice the same day.</p>",
            ),
            "fa": ("فاکتور رسمی می‌دهید؟", "<p>بله. نام، نشانی و شناسه‌ی ملی شرکت را بنویسید؛ فاکتور رسمی همان روز می‌رسد.</p>"),
            "pl": (
                "Czy wystawicie fakturę na firmę?",
                "<p>Tak. Podaj nazwę, adres i NIP; poprawioną fakturę dostaniesz tego samego dnia.</p>",
            ),
            "ru": (
                "Можно ли получить счёт на компанию?",
                "<p>Да. Напишите название, адрес и ИНН; исправленный счёт придёт в тот же день.</p>",
            ),
        },
        121,
    ),
    (
        "advice",
        {
            "en": (
                "Which parts can go in the dishwasher?",
                "<p>Glass and steel may. Burrs, wooden handles and seals may not: wash them by hand and let them dry.</p>",
            ),
            "fa": (
                "کدام قطعه‌ها را می‌شود در ظرف‌شویی شست؟",
                "<p>شیشه و استیل بله. تیغه، دسته‌ی چوبی و واشر نه؛ با دست بشویید و بگذارید خشک شود.</p>",
            ),
            "pl": (
                "Które części można myć w zmywarce?",
                "<p>Szklane i stalowe tak. Żaren, drewnianych uchwytów i uszczelek nie: umyj je ręcznie i wysusz.</p>",
            ),
            "ru": (
                "Какие части можно мыть в посудомойке?",
                "<p>Стекло и сталь — можно. Жернова, деревянные ручки и уплотнители — нет: мойте их вручную и сушите.</p>",
            ),
        },
        133,
    ),
]

# department or None, title, text
REPLY_TEMPLATES = [
    (
        "repairs",
        {"en": "Ask for the label", "fa": "درخواست عکس برچسب", "pl": "Prośba o zdjęcie etykiety", "ru": "Попросить фото наклейки"},
        {
            "en": "Could you send us a photo of the label under the base? We need the serial number to order the right part.",
            "fa": "لطفاً از برچسب زیر دستگاه یک عکس بفرستید. برای سفارش قطعه‌ی مناسب به شماره‌ی سریال نیاز داریم.",
            "pl": "Prosimy o zdjęcie etykiety pod podstawą. Numer seryjny jest nam potrzebny, żeby zamówić właściwą część.",
            "ru": "Пришлите, пожалуйста, фото наклейки под основанием. Серийный номер нужен, чтобы заказать подходящую деталь.",
        },
    ),
    (
        "orders",
        {
            "en": "Parcel: we ask the carrier",
            "fa": "پیگیری از شرکت پست",
            "pl": "Paczka: pytamy przewoźnika",
            "ru": "Посылка: спрашиваем перевозчика",
        },
        {
            "en": "We have asked the carrier where your parcel is. They answer within two working days; we write to you at once.",
            "fa": "محل بسته‌ی شما را از شرکت پست پرسیده‌ایم. تا دو روز کاری پاسخ می‌دهند و بی‌درنگ خبرتان می‌کنیم.",
            "pl": "Pytamy przewoźnika o Twoją paczkę. Odpowiada w ciągu dwóch dni roboczych; od razu damy znać.",
            "ru": "Мы спросили перевозчика о вашей посылке. Он ответит в течение двух рабочих дней, и мы сразу вам напишем.",
        },
    ),
    (
        None,
        {"en": "Thanks, and closing", "fa": "سپاس و بستن", "pl": "Podziękowanie i zamknięcie", "ru": "Благодарность и закрытие"},
        {
            "en": "Thank you for writing to us. We close this request now; an answer from you opens it again.",
            "fa": "از پیامتان سپاسگزاریم. این درخواست را می‌بندیم؛ با پاسخ شما دوباره باز می‌شود.",
            "pl": "Dziękujemy za wiadomość. Zamykamy to zgłoszenie; Twoja odpowiedź otworzy je ponownie.",
            "ru": "Спасибо, что написали. Мы закрываем обращение; ваш ответ откроет его снова.",
        },
    ),
]
