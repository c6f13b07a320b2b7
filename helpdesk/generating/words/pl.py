"""What customers and staff of a shop write in Polish."""

GREETINGS = ["Dzień dobry.", "Witam.", "Dzień dobry Państwu.", "Szanowni Państwo.", "Cześć.", "Dobry wieczór."]
CLOSINGS = ["Pozdrawiam", "Z góry dziękuję", "Z poważaniem", "Dziękuję i pozdrawiam", "Serdecznie pozdrawiam", "Miłego dnia"]
STAFF_GREETINGS = ["Dzień dobry, {name}.", "Dzień dobry.", "Witamy serdecznie.", "Szanowni Państwo."]
STAFF_CLOSINGS = ["Z pozdrowieniami, biuro obsługi", "Pozdrawiamy", "Życzymy miłego dnia.", "Jesteśmy do dyspozycji."]

CUSTOMER = [
    "Proszę o odpowiedź tak szybko, jak to możliwe.",
    "Czekam już od wczoraj i nadal nic nie wiem.",
    "Jeśli trzeba coś jeszcze przesłać, proszę napisać.",
    "Pisałem już o tym wcześniej, ale bez skutku.",
    "Nie spieszy mi się, chciałbym tylko wiedzieć, co dalej.",
    "Jestem u Państwa pierwszy raz i będę wdzięczny za wskazówki.",
    "Szczerze mówiąc, nie wiem już, co mam zrobić.",
    "Można do mnie pisać o każdej porze.",
    "Zrobiłem wszystko tak, jak było napisane.",
    "To już drugi raz, kiedy coś takiego się zdarza.",
    "Czy ktoś mógłby się temu przyjrzeć?",
    "Załączam zdjęcie, żeby było lepiej widać.",
    "Do końca tygodnia jestem w domu i mogę odpisać.",
    "Mam nadzieję, że uda się to szybko wyjaśnić.",
]
STAFF = [
    "Dziękujemy za wiadomość.",
    "Sprawdziliśmy to i już piszemy, co ustaliliśmy.",
    "Odezwiemy się ponownie jeszcze dzisiaj.",
    "Przepraszamy za kłopot.",
    "W razie pytań prosimy pisać w tym miejscu.",
    "Nasza koleżanka właśnie się tym zajmuje.",
    "Żeby ruszyć dalej, potrzebujemy potwierdzenia.",
    "To dla nas ważne i pilnujemy tej sprawy.",
    "Już poprawione, prosimy spojrzeć jeszcze raz.",
    "Zwykle zajmuje to jeden lub dwa dni.",
    "Prosimy o zdjęcie, jeśli jest pod ręką.",
    "Dziękujemy za cierpliwość.",
    "Napiszemy, gdy tylko odpowie nam technik.",
    "Cieszymy się, że się udało.",
]
NOTES = [
    "Rozmawiałam przez telefon, klient czeka.",
    "Zajrzę do tego jutro rano.",
    "Moim zdaniem warto tym razem zrobić wyjątek.",
    "W poprzedniej sprawie było dokładnie to samo.",
    "Przed odpowiedzią proszę dać mi znać.",
    "Stały klient, odpowiadajmy szczególnie uprzejmie.",
    "Kierowniczka zmiany się zgodziła.",
]
DETAILS = [
    "Numer to {order}.",
    "Chodzi o {thing}, w załączeniu opis.",
    "Na etykiecie widnieje oznaczenie {code}.",
    "Miejscowość: {city}.",
    "Model: {brand}, do tego dokupiłem {thing}.",
    "Dzwoniłem {day}, około godziny {hour}.",
    "Kwota wynosi {number} zł.",
    "To samo pytanie mam o {thing} {brand}.",
]
STAFF_DETAILS = [
    "Odnaleźliśmy numer {order}.",
    "Zapytaliśmy magazyn o {thing}.",
    "Kod do śledzenia: {code}.",
    "Nasz punkt ({city}) odpowie {day}.",
    "Model {brand} pasuje, do kompletu polecamy {thing}.",
    "Ostateczny koszt to {number} zł.",
]
TOPICS = {
    "delivery": {
        "subjects": ["Zamówienie nie dotarło", "Gdzie jest moje zamówienie?", "Zmiana adresu zamówienia", "Niekompletna paczka"],
        "customer": [
            "Zamówienie miało być w poniedziałek, a nadal go nie ma.",
            "Kurier twierdzi, że paczkę doręczył, ale nikt jej nie odebrał.",
            "Chciałbym zmienić adres, zanim zamówienie zostanie wysłane.",
            "Karton był rozdarty i brakowało w nim jednej części.",
            "Kurier nie zadzwonił ani nie zostawił awiza.",
            "Stan zamówienia nie zmienił się od trzech dni.",
        ],
        "staff": [
            "Zamówienie przekazaliśmy dziś przewoźnikowi.",
            "Zapisaliśmy nowy adres i tam trafi paczka.",
            "Poprosiliśmy przewoźnika o odnalezienie przesyłki.",
            "Jeśli zamówienie nie dotrze do jutra, wyślemy drugie.",
            "Brakującą część wysyłamy osobną przesyłką.",
        ],
        "notes": ["Przewoźnik zgubił paczkę, szkoda zgłoszona.", "Zamówienie wysłane ponownie z drugiego magazynu."],
    },
    "payment": {
        "subjects": ["Podwójna płatność", "Prośba o fakturę na firmę", "Płatność bez potwierdzenia", "Pytanie o fakturę"],
        "customer": [
            "Płatność została pobrana dwa razy.",
            "Potrzebuję faktury na firmę z numerem NIP.",
            "Bank pokazał błąd, ale pieniądze zniknęły z konta.",
            "Kod rabatowy nie zadziałał przy płatności.",
            "Dołączam potwierdzenie przelewu.",
        ],
        "staff": [
            "Podwójną płatność zwrócimy w ciągu trzech dni roboczych.",
            "Faktura jest wystawiona i widoczna na koncie.",
            "Nieudaną transakcję bank zwróci automatycznie.",
            "Rabat naliczyliśmy ręcznie na fakturze.",
        ],
        "notes": ["Księgowość potwierdziła przelew.", "Bank nie pokazuje jeszcze wpłaty."],
    },
    "repair": {
        "subjects": ["Urządzenie dziwnie hałasuje", "Urządzenie się nie włącza", "Gwarancja na urządzenie", "Wyciek wody"],
        "customer": [
            "Urządzenie od wczoraj się nie włącza.",
            "Podczas pracy słychać głośne zgrzytanie.",
            "Spod urządzenia cieknie woda.",
            "Grzałka działa, ale ciśnienie pary jest za niskie.",
            "Gwarancja jeszcze trwa i proszę o naprawę.",
            "Wyczyściłem żarna i nic się nie zmieniło.",
        ],
        "staff": [
            "Prosimy wysłać urządzenie do serwisu na nasz koszt.",
            "Uszczelka jest zużyta, serwis ją wymieni.",
            "Naprawa jest objęta gwarancją i bezpłatna.",
            "Prosimy o krótki film z odgłosem silnika.",
            "Proszę opróżnić zbiornik i odkamienić obieg.",
        ],
        "notes": ["Spalona płytka, część zamówiona.", "Serwis mówi, że silnik jest sprawny."],
    },
    "returns": {
        "subjects": ["Zwrot towaru", "Kiedy zwrot pieniędzy?", "Przysłano niewłaściwy towar", "Wymiana na inny kolor"],
        "customer": [
            "Chcę zwrócić towar, bo rozmiar nie pasuje.",
            "Kolor różni się od tego na zdjęciu w sklepie.",
            "Kiedy dostanę zwrot pieniędzy?",
            "Pudełko jest nieotwarte, metka na miejscu.",
        ],
        "staff": [
            "Wysłaliśmy etykietę zwrotną, towar można oddać w dowolnym punkcie.",
            "Pieniądze zwracamy po otrzymaniu towaru.",
            "Wymiana na inny kolor jest możliwa i bezpłatna.",
        ],
        "notes": ["Towar wrócił cały, można oddać pieniądze.", "Termin minął, ale przyjmijmy zwrot."],
    },
    "advice": {
        "subjects": ["Co wybrać?", "Porównanie dwóch modeli", "Prośba o poradę przed zakupem"],
        "customer": [
            "Co polecacie do mieszkania dla dwóch osób?",
            "Czym różnią się te dwa modele?",
            "Czy poradzi sobie z twardą wodą?",
            "Parzę jasne ziarna i szukam równego mielenia.",
        ],
        "staff": [
            "Do domu wystarczy mniejszy model.",
            "Droższy model mieli równiej i ciszej.",
            "Polecamy młynek ręczny ze stalowymi żarnami.",
        ],
        "notes": ["Przy dwóch sztukach można zaproponować cenę specjalną."],
    },
    "account": {
        "subjects": ["Nie mogę się zalogować", "Zmiana numeru telefonu", "Usunięcie konta"],
        "customer": [
            "Zapomniałem hasła, a wiadomość z odnośnikiem nie przychodzi.",
            "Mam nowy numer telefonu i nie mogę się zalogować.",
            "Proszę poprawić adres e-mail w moim profilu.",
        ],
        "staff": [
            "Odnośnik do ustawienia hasła właśnie wysłaliśmy.",
            "Numer telefonu w profilu jest zmieniony.",
            "Dla bezpieczeństwa potwierdzimy tożsamość telefonicznie.",
        ],
        "notes": ["Tożsamość potwierdzona."],
    },
    "stock": {
        "subjects": ["Kiedy będzie dostępne?", "Szukam części zamiennej", "Dostępność w salonie"],
        "customer": [
            "Kiedy ten produkt będzie znowu dostępny?",
            "Szukam części zamiennej i nie znajduję jej na stronie.",
            "Czy sprzedajecie też w salonie?",
        ],
        "staff": [
            "Następna dostawa do magazynu będzie za dwa tygodnie.",
            "Część jest na półce, możemy ją odłożyć.",
        ],
        "notes": ["Dostawca nie podał terminu."],
    },
    "wholesale": {
        "subjects": ["Hurt dla kawiarni", "Umowa serwisowa", "Współpraca handlowa"],
        "customer": [
            "Proszę o ceny hurtowe dla kawiarni na czterdzieści miejsc.",
            "Na jakich warunkach zawieracie roczną umowę serwisową?",
            "Czy udzielacie kredytu kupieckiego?",
        ],
        "staff": [
            "Ofertę hurtową przygotujemy do jutra.",
            "Przegląd odbywa się na miejscu co trzy miesiące.",
        ],
        "notes": ["Dyrektor sprzedaży zatwierdził upust."],
    },
}
THINGS = """
ekspres do kawy|młynek elektryczny|filtr papierowy|czajnik z gęsią szyjką|zaparzacz tłokowy|wagę cyfrową|kawiarkę|dzbanek do mleka|tamper|
uchwyt kolby|sitko|uszczelkę silikonową|zbiornik na wodę|dyszę pary|lejek ceramiczny|szklany serwer|kapsułki|ziarna arabiki|ziarna robusty|
filiżankę termiczną|kubek podróżny|zapasowe żarna|pędzelek|odkamieniacz|termometr|woreczek strunowy|syfon|prasę podróżną|butelkę na maceraty|
drewnianą rączkę|metalową podstawę|przewód zasilający|panel sterowania|pompę ciśnieniową|zawór zwrotny|stalowy filtr|podstawkę|miarkę|
syrop karmelowy|syrop waniliowy|kakao|czarną herbatę|zieloną herbatę|napar ziołowy|porcelanowy imbryk|cukierniczkę|tacę|pokrowiec|
szklaną słomkę|pudełko prezentowe
"""
CITIES = """
Warszawa|Kraków|Łódź|Wrocław|Poznań|Gdańsk|Szczecin|Bydgoszcz|Lublin|Białystok|Katowice|Gdynia|Częstochowa|Radom|Rzeszów|Toruń|Sosnowiec|
Kielce|Gliwice|Olsztyn|Zabrze|Bytom|Bielsko|Rybnik|Opole|Tychy|Elbląg|Dąbrowa|Płock|Wałbrzych|Włocławek|Tarnów|Chorzów|Koszalin|Kalisz|
Legnica|Grudziądz|Słupsk|Jaworzno|Jastrzębie|Zamość|Żywiec
"""
DAYS = ["w poniedziałek", "we wtorek", "w środę", "w czwartek", "w piątek", "w sobotę", "w niedzielę"]
FIRST_NAMES = """
Anna anna|Katarzyna katarzyna|Małgorzata malgorzata|Agnieszka agnieszka|Barbara barbara|Ewa ewa|Krystyna krystyna|Magdalena magdalena|
Joanna joanna|Zofia zofia|Piotr piotr|Krzysztof krzysztof|Andrzej andrzej|Tomasz tomasz|Paweł pawel|Michał michal|Marcin marcin|Jakub jakub|
Łukasz lukasz|Grzegorz grzegorz|Wojciech wojciech|Mateusz mateusz|Rafał rafal|Stanisław stanislaw
"""
LAST_NAMES = """
Nowak nowak|Kowalski kowalski|Wiśniewski wisniewski|Wójcik wojcik|Kowalczyk kowalczyk|Kamiński kaminski|Lewandowski lewandowski|
Zieliński zielinski|Szymański szymanski|Woźniak wozniak|Dąbrowski dabrowski|Kozłowski kozlowski|Jankowski jankowski|Mazur mazur|
Kwiatkowski kwiatkowski|Krawczyk krawczyk|Piotrowski piotrowski|Grabowski grabowski|Pawłowski pawlowski|Michalski michalski|
Król krol|Wieczorek wieczorek|Jabłoński jablonski|Wróbel wrobel|Nowakowski nowakowski|Majewski majewski|Stępień stepien|
Jaworski jaworski|Adamczyk adamczyk|Nowicki nowicki
"""
COMPANIES = ["Kawiarnia Pod Lipą", "Biuro Metryka", "Hotel Granit", "Studio Piksel", "Bistro Szafran", "Kancelaria Orzech", "Piekarnia Łan"]
SYLLABLES = "wa ro ni ska to le mo du ki ra zo ba fe lu gra ty so pi dwo ze ko na mi bor".split()
