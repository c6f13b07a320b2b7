"""Tickets of the demo store, each told as what happened and how many hours ago.

A story: department, customer, subject, then steps (hours ago, who does it, what, words or code, files).
"""

STORIES = [
    (
        "repairs",
        "kasia",
        "Coffee grinder rattles after two weeks",
        [
            (
                74,
                "customer",
                "open",
                "My G2 grinder started to rattle after two weeks. It still grinds, but the noise is loud and the coffee comes out uneven.\n\nI have cleaned it twice, as the manual says. Can you repair it or send another one?",
                ["grinder.jpg"],
            ),
            (
                72.5,
                "alice",
                "reply",
                "Hello Kasia, thank you for the clear description, and sorry about the noise. The two-year warranty covers it, so the repair costs you nothing.\n\nCould you send me a photo of the label under the base? I need the serial number to order the right burr.",
            ),
            (
                72.4,
                "alice",
                "note",
                "Third G2 of batch 2608 with this rattle. Could somebody check the burrs in stock before we send one out?",
            ),
            (
                3,
                "customer",
                "reply",
                "Here is the label. If a repair takes more than two weeks I would rather have a new one, it is a present.",
                ["label.jpg"],
            ),
            (2.5, "alice", "share", "bob", "note"),
        ],
    ),
    (
        "orders",
        "kasia",
        "Add a company name to the invoice",
        [
            (50, "customer", "open", "Please add “Nowak Studio” to the invoice of order 20431. The tax number stays the same."),
            (26, "alice", "pass", "payment"),
        ],
    ),
    (
        "repairs",
        "kasia",
        "Kettle lid was missing",
        [
            (460, "customer", "open", "The kettle arrived today, but the lid was not in the box."),
            (458, "alice", "reply", "I am sorry. The lid leaves today by parcel; you do not have to send anything back."),
            (440, "customer", "reply", "It is here, thank you!"),
            (439, "alice", "close", "Good to hear. Enjoy your coffee."),
            (430, "customer", "rate", 5, "Quick and friendly."),
        ],
    ),
    (
        "advice",
        "kasia",
        "Which scale fits under the G2?",
        [
            (30, "customer", "open", "The G2 stands quite low. Which of your scales fits under its cup?"),
            (
                28,
                "bob",
                "reply",
                "The flat one, 18 mm high, does. Do you weigh single shots or a whole pot? For a pot the larger plate is better.",
            ),
        ],
    ),
    (
        "repairs",
        "nour",
        "آسیاب قهوه بعد از دو هفته صدا می‌دهد",
        [
            (
                75,
                "customer",
                "open",
                "آسیاب G2 را دو هفته پیش خریدم و چند روز است موقع کار صدای بلندی می‌دهد. هنوز کار می‌کند، ولی قهوه یک‌دست آسیاب نمی‌شود.\n\nطبق دفترچه دو بار هم تمیزش کرده‌ام. تعمیرش می‌کنید یا یکی دیگر می‌فرستید؟",
                ["grinder.jpg"],
            ),
            (73, "negar", "assign", "negar"),
            (
                72,
                "negar",
                "reply",
                "سلام خانم کریمی، ممنون از توضیح روشنتان و بابت این صدا عذر می‌خواهیم. دستگاه شما دو سال ضمانت دارد و تعمیرش هزینه‌ای برایتان ندارد.\n\nلطفاً از برچسب زیر دستگاه یک عکس بفرستید. برای سفارش تیغه‌ی مناسب به شماره‌ی سریال نیاز دارم.",
            ),
            (71, "negar", "note", "این سومین G2 از سری ۲۶۰۸ است که صدا می‌دهد. پیش از فرستادن از انبار، تیغه‌های این سری را نگاه کنیم."),
        ],
    ),
    (
        "orders",
        "nour",
        "افزودن نام شرکت به فاکتور",
        [
            (20, "customer", "open", "لطفاً نام «کارگاه کریمی» را به فاکتور سفارش ۲۰۴۳۱ اضافه کنید."),
            (12, "negar", "assign", "night"),
        ],
    ),
    (
        "orders",
        "nour",
        "درِ کتری در بسته نبود",
        [
            (300, "customer", "open", "کتری امروز رسید ولی درِ آن داخل بسته نبود."),
            (297, "negar", "reply", "سلام، بابت این کم‌وکسری عذر می‌خواهیم. درِ کتری همین امروز برایتان پست می‌شود."),
            (250, "customer", "reply", "به دستم رسید، سپاس."),
            (249, "negar", "close", "خوشحالیم که مشکل حل شد."),
            (240, "customer", "rate", 4, "کمی طول کشید ولی برخوردتان خوب بود."),
        ],
    ),
    (
        "payment",
        "kaveh",
        "پرداخت تکراری برای سفارش ۲۰۳۷۷",
        [
            (52, "customer", "open", "در صورت‌حساب بانکم دو پرداخت برای دوشنبه شب ثبت شده است. یکی را برگردانید.", ["statement.pdf"]),
            (49, "vera", "action", "ask_for_payment"),
            (48, "vera", "note", "The bank shows one pending and one settled payment. Waiting for Monday's settlement file."),
            (47, "vera", "assign", "accounting"),
        ],
    ),
    (
        "cafes",
        "leila",
        "قیمت چهل فنجان با نشان کافه",
        [
            (120, "customer", "open", "برای کافه‌مان چهل فنجان با نشان خودمان می‌خواهیم. قیمت و زمان تحویل را بگویید."),
            (97, "bob", "reply", "سلام، پیشنهاد قیمت پیوست است و تا جمعه اعتبار دارد.", ["offer.pdf"]),
        ],
    ),
    (
        "returns",
        "leila",
        "انصراف از خرید ترازو",
        [
            (40, "customer", "open", "ترازو را باز نکرده‌ام و می‌خواهم پس بدهم. چه کار کنم؟"),
        ],
    ),
    (
        "orders",
        "tomasz",
        "Paczka oznaczona jako doręczona, ale jej nie mam",
        [
            (30, "customer", "open", "Wczoraj przyszedł SMS, że paczkę doręczono, ale u mnie jej nie ma. Sąsiedzi też nic nie wiedzą."),
            (28.5, "alice", "assign", "alice"),
            (
                28,
                "alice",
                "reply",
                "Dzień dobry, pytamy przewoźnika o tę paczkę. Odpowiada w ciągu dwóch dni roboczych; od razu damy znać.",
            ),
            (27.9, "alice", "status", "carrier"),
        ],
    ),
    (
        "payment",
        "tomasz",
        "Faktura na starą nazwę firmy",
        [
            (6, "customer", "open", "Na fakturze jest stary NIP. Proszę o korektę, nowe dane: Studio Brzoza, NIP 525-000-12-34."),
        ],
    ),
    (
        "repairs",
        "hanna",
        "Młynek hałasuje po miesiącu",
        [
            (200, "customer", "open", "Młynek po miesiącu zaczął głośno pracować. Czy to normalne?"),
            (
                198,
                "alice",
                "reply",
                "Dzień dobry, tak nie powinno być. Wysyłamy nowe żarna razem z instrukcją wymiany; całość zajmuje pięć minut.",
            ),
            (100, "customer", "reply", "Wymieniłam, jest cicho jak na początku. Dziękuję."),
            (99, "alice", "close", "Cieszymy się. Miłego parzenia kawy."),
            (90, "customer", "rate", 5, "Szybko i konkretnie, polecam."),
        ],
    ),
    (
        "returns",
        "hanna",
        "Zwrot wagi kuchennej",
        [
            (260, "customer", "open", "Chcę zwrócić wagę, jest nieużywana."),
            (
                256,
                "vera",
                "reply",
                "Dzień dobry, etykieta zwrotna jest w załączniku. Pieniądze wracają w trzy dni robocze od chwili, gdy paczka do nas dotrze.",
                ["label.pdf"],
            ),
            (170, "vera", "close", "Zwrot pieniędzy wysłany. Dziękujemy."),
            (160, "customer", "rate", 2, "Na zwrot trzeba było czekać ponad tydzień."),
        ],
    ),
    (
        "repairs",
        "marta",
        "Odpadł uchwyt dzbanka na mleko",
        [
            (55, "customer", "open", "Uchwyt dzbanka odpadł przy pierwszym myciu. Czy da się go przykleić?"),
            (53, "alice", "reply", "Dzień dobry, nie trzeba kleić: wymienimy cały dzbanek. Prosimy o zdjęcie obu części."),
            (31, "customer", "reply", "Wysłałam obie części paczką, numer nadania jest na kopercie."),
            (29, "alice", "action", "send_to_repair"),
        ],
    ),
    (
        "repairs",
        "daniel",
        "Does the G2 take the old burrs?",
        [
            (31, "customer", "open", "I have a spare set of burrs from the first series. May I put them into the new grinder?"),
            (30.5, "negar", "assign", "negar"),
            (30, "negar", "action", "ask_for_advice", "Do the burrs of the first series fit? I find nothing in the manual.", "alice"),
            (28, "alice", "action", "advice_given", "They fit, but the distance has to be set anew: half a turn back from the stop."),
            (27, "negar", "reply", "Yes, they fit. Please set the distance anew: turn the ring to the stop, then half a turn back."),
        ],
    ),
    (
        "advice",
        "ivan",
        "Какой фильтр подойдёт для моки на 6 чашек?",
        [
            (9, "customer", "open", "У меня стальная модель, бумажные фильтры соскальзывают. Что посоветуете?"),
            (8, "bob", "status", "open"),
        ],
    ),
    (
        "orders",
        "ivan",
        "Посылка у соседа, которого я не знаю",
        [
            (96, "customer", "open", "Курьер оставил посылку соседу, но я не знаю, кто это. Фамилия в извещении неразборчива."),
            (94, "negar", "reply", "Здравствуйте. Мы запросили у перевозчика подпись получателя и напишем вам, как только получим ответ."),
            (60, "customer", "reply", "Хорошо, жду. Если можно, до пятницы."),
            (58, "negar", "status", "carrier"),
        ],
    ),
    (
        "repairs",
        "ivan",
        "Чайник протекает у крышки",
        [
            (350, "customer", "open", "Чайник протекает у крышки, если налить больше литра."),
            (347, "alice", "reply", "Здравствуйте. Дело в уплотнителе. Отправили вам новый, замена занимает минуту."),
            (300, "alice", "close", "Мы закрываем обращение; если что-то не так, просто ответьте."),
            (280, "customer", "reopen", "Новый уплотнитель пришёл, но всё равно капает."),
            (276, "alice", "reply", "Тогда заменим чайник целиком. Курьер заберёт старый и привезёт новый. Когда вам удобно?"),
        ],
    ),
    (
        "cafes",
        "anna",
        "Обслуживание трёх кофемолок в офисе",
        [
            (15, "customer", "open", "У нас три кофемолки G4. Сколько стоит договор на год и как быстро приезжает мастер?"),
        ],
    ),
    (
        "orders",
        "daniel",
        "Parcel left with a neighbour I do not know",
        [
            (140, "customer", "open", "The note says the parcel is with a neighbour, but the name means nothing to me."),
            (138, "alice", "assign", "alice"),
            (137, "alice", "reply", "We have asked the carrier for the signature of the person who took it and will write to you at once."),
            (136.9, "alice", "status", "carrier"),
        ],
    ),
    (
        "advice",
        "daniel",
        "Is the G2 quiet enough for a flat at night?",
        [
            (1.2, "customer", "open", "I start work at five and the walls are thin. Is the G2 quieter than the hand mill?"),
        ],
    ),
    (
        "repairs",
        "daniel",
        "New hopper for a G2 that fell off the table",
        [
            (80, "customer", "open", "My G2 fell off the table and the hopper is cracked. What does a new one cost?"),
            (78.5, "alice", "action", "ask_for_payment"),
            (
                78,
                "alice",
                "reply",
                "Hello Daniel, a new hopper is 19 euros with postage. The invoice is on its way to you; the hopper leaves as soon as it is paid.",
            ),
        ],
    ),
    (
        "repairs",
        "daniel",
        "Scale shows 3 g too much",
        [
            (0.4, "customer", "open", "I weighed a coin of 5 g and the scale says 8 g. Calibration does not help.", ["scale.jpg"]),
        ],
    ),
    (
        "orders",
        "tomasz",
        "Zmiana adresu dostawy",
        [
            (21, "customer", "open", "Proszę wysłać zamówienie 20455 na adres pracy: Lipowa 4, Łódź."),
            (20, "alice", "reply", "Dzień dobry, adres jest zmieniony, paczka wychodzi jutro rano."),
            (6, "customer", "reply", "Dziękuję. I jeszcze druga sprawa: czy możecie wystawić fakturę na fundację, bez numeru NIP?"),
        ],
    ),
]
