"""What customers said afterwards: a season of small tickets that were closed and rated, so that the report has something to tell."""

from datetime import timedelta

from django.utils import timezone

from customers.services import add_customer
from helpdesk.demo.telling import tell
from surveys.choices import Helped
from surveys.helping import rate_answer
from surveys.models import AnswerRating, Survey
from tickets.models import Message, Ticket

#: key: name, language, e-mail. They wrote once or twice, and nothing else is told of them.
GUESTS = {
    "ewa": ("Ewa Sowa", "pl", "ewa@mail.example"),
    "oleg": ("Олег Власов", "ru", "oleg@mail.example"),
    "mina": ("مینا صدر", "fa", "mina@mail.example"),
    "reza": ("رضا توکلی", "fa", "reza@mail.example"),
    "lucy": ("Lucy Hart", "en", "lucy@mail.example"),
    "sam": ("Sam Okafor", "en", "sam@mail.example"),
}

# days ago, department, customer, by whom, subject, question, answer, rating (0: asked, not answered), comment
SEASON = [
    (12, "repairs", "lucy", "alice", "Lid of the grinder is loose", "The lid came loose.", "Turn it until it clicks.", 5, "Solved in one message."),
    (14, "repairs", "ewa", "alice", "Ekspres nie grzeje", "Ekspres nie grzeje wody.", "Proszę odkamienić grzałkę.", 4, ""),
    (16, "orders", "mina", "negar", "بسته کجاست؟", "بسته‌ام هنوز نرسیده است.", "امروز به دستتان می‌رسد.", 5, "خیلی سریع جواب دادید."),
    (17, "orders", "reza", "negar", "تغییر نشانی", "نشانی‌ام عوض شده است.", "نشانی تازه ثبت شد.", 5, ""),
    (19, "payment", "oleg", "vera", "Чек не пришёл", "Я не получил чек.", "Отправили ещё раз.", 3, "Пришлось ждать два дня."),
    (20, "advice", "sam", "bob", "Filter for hard water", "Which filter for hard water?", "The one with a softener.", 5, "Knew exactly what I need."),
    (23, "repairs", "sam", "alice", "Plug without earth", "The plug has no earth.", "That model needs none.", 2, "I had to ask twice."),
    (25, "orders", "lucy", "negar", "Parcel left at the door", "It was left in the rain.", "A new one is on its way.", 4, ""),
    (27, "orders", "ewa", "negar", "Paczka do automatu", "Czy może być automat?", "Tak, już zmieniliśmy.", 5, "Sprawnie i miło."),
    (30, "repairs", "mina", "alice", "صدای آسیاب", "آسیاب صدا می‌دهد.", "تیغه را عوض کنید.", 5, ""),
    (33, "payment", "reza", "vera", "دو بار کم شد", "مبلغ دو بار کم شده است.", "مبلغ دوم برگشت.", 4, ""),
    (34, "advice", "oleg", "bob", "Кофемолка для турки", "Какая мелет тонко?", "Ручная G1.", 4, ""),
    (38, "repairs", "oleg", "alice", "Течёт чайник", "Чайник течёт у носика.", "Заменим по гарантии.", 5, "Спасибо, быстро!"),
    (41, "orders", "sam", "negar", "Wrong colour", "I got the red one.", "The black one leaves today.", 0, ""),
    (44, "orders", "oleg", "negar", "Когда доставка?", "Когда приедет курьер?", "Завтра до обеда.", 3, ""),
    (47, "repairs", "reza", "alice", "گارانتی", "گارانتی تا کی است؟", "دو سال از روز خرید.", 4, ""),
    (52, "payment", "lucy", "vera", "Company invoice", "Please add the company.", "It is on the invoice now.", 0, ""),
    (55, "advice", "ewa", "bob", "Młynek do biura", "Jaki młynek do biura?", "Model G5, jest cichy.", 2, "Odpowiedź była ogólna."),
    (58, "repairs", "lucy", "alice", "Burrs for the G2", "Where can I buy burrs?", "In the shop, under parts.", 5, ""),
    (61, "orders", "mina", "negar", "بسته‌بندی هدیه", "برای هدیه است.", "با کاغذ هدیه می‌فرستیم.", 4, "کاغذش قشنگ بود."),
    (66, "repairs", "ewa", "alice", "Wymiana uszczelki", "Uszczelka przecieka.", "Wysyłamy nową.", 3, ""),
    (70, "orders", "reza", "negar", "لغو سفارش", "سفارشم را لغو کنید.", "لغو شد و مبلغ برگشت.", 0, ""),
    (74, "payment", "mina", "vera", "کد تخفیف", "کد تخفیف کار نمی‌کند.", "کد تازه فرستادیم.", 1, "سه روز طول کشید."),
    (79, "advice", "sam", "bob", "Kettle for pour-over", "Which kettle pours slowly?", "The one with the swan neck.", 5, ""),
    (84, "repairs", "oleg", "alice", "Шумит вентилятор", "Громко шумит вентилятор.", "Это нормально первые дни.", 2, "Не помогло."),
]  # fmt: skip


def tell_ratings(cast):
    guests = {key: add_customer(name=name, language=language, email=email) for key, (name, language, email) in GUESTS.items()}
    for days, department, who, by, subject, question, answer, score, comment in SEASON:
        hours = days * 24 + 5
        steps = [(hours, "customer", "open", question), (hours - 2 - days % 5, by, "close", answer)]
        steps += [(hours - 20, "customer", "rate", score, comment)] if score else []
        tell(cast, cast.departments[department], guests[who], subject, steps)
        _settle(Ticket.objects.latest("pk"), score, timezone.now() - timedelta(hours=hours - 12))


def _settle(ticket, score, moment):
    """It was asked about though its customer was asked of late, and its answer marked by every other one who rated."""
    Survey.objects.filter(ticket=ticket).update(asked_at=moment, due_at=moment, why_not="", withdrawn_at=None)
    answer = Message.objects.filter(ticket=ticket, author__isnull=False).latest("pk")
    if score in {2, 5}:
        rate_answer(answer, score=Helped.YES if score == 5 else Helped.NO)
        AnswerRating.objects.filter(message=answer).update(answered_at=moment)
