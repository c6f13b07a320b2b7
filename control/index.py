"""An index of the settings, for those who look for one by what they call it: each page, its right, and other words for it in four
languages. tests/control/test_index.py holds it against the table of all addresses, so a new page cannot be forgotten here."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from control.rail import EMERGENCY, GRANTING, RAIL
from stores.addresses import all_places


@dataclass(frozen=True)
class Indexed:
    """`part`: the heading under which the rail has it, or the page above it. `right`: as in the rail. `others`: what it is called besides."""

    url_name: str
    icon: str
    words: str
    part: str
    right: str
    others: str

    @property
    def url(self):
        try:
            return reverse(f"control:{self.url_name}")
        except NoReverseMatch:  # a page that this installation does not have
            return ""


#: Other words for each page, in four languages.
OTHERS = {
    "guide": "setup start onboarding wizard checklist pierwsze kroki konfiguracja начало настройка мастер راه‌اندازی شروع",
    "store": "name greeting footer shop sklep nazwa stopka магазин название подвал فروشگاه نام پانوشت",
    "store_look": "colour color theme logo brand appearance kolor motyw wygląd цвет оформление тема логотип رنگ ظاهر نشان پوسته",
    "store_portal": "domain url link host menu domena adres домен адрес ссылка دامنه نشانی پیوند درگاه",
    "stores": "brands multi several sklepy kilka магазины несколько فروشگاه‌ها چند",
    "departments": "teams queues hours assignment działy godziny kolejki отделы часы очереди بخش‌ها دپارتمان ساعت کاری",
    "request_types": "categories kinds topics kategorie rodzaje tematy категории виды темы دسته نوع موضوع",
    "tags": "labels etykiety tagi метки теги برچسب‌ها",
    "workflows": "statuses actions states automation rules przepływ statusy akcje статусы процессы действия وضعیت‌ها گردش کار کنش",
    "fields": "custom fields forms form order number pola formularz własne поля форма свои فیلد فرم خانه",
    "faq": "knowledge base articles help center baza wiedzy artykuły pomoc база знаний статьи справка دانش مقاله راهنما",
    "pages": "about terms privacy imprint legal regulamin prywatność o nas правила политика о нас قوانین حریم درباره",
    "answers": "macros canned replies templates makra szablony gotowe макросы шаблоны заготовки ماکرو پاسخ قالب",
    "texts": "e-mail templates notifications messages wording szablony powiadomienia treści шаблоны письма уведомления قالب ایمیل پیامک متن",
    "messages": "notifications events channels digest flood powiadomienia zdarzenia kanały уведомления события каналы اعلان رویداد کانال خبر",
    "protection": "spam captcha recaptcha limits rate flood limity ochrona спам капча лимиты защита هرزنامه کپچا محدودیت",
    "block_rules": "spam blacklist ban blocked blokady czarna lista блокировка чёрный список спам مسدود سیاه هرزنامه",
    "held_requests": "spam quarantine moderation kwarantanna moderacja карантин модерация قرنطینه نگه‌داشته",
    "deliveries": "delivery outbox sent failed bounced queue retry wysłane niewysłane kolejka dostarczenie отправленные доставка очередь ارسال تحویل صف ناموفق",
    "deliveries_health": "alarm monitoring status gateway stan alarm kolejka состояние тревога очередь سلامت هشدار وضعیت",
    "senders": "smtp mail server sms gateway sender delivery poczta serwer bramka nadawca почта сервер шлюз отправитель سرور ایمیل پیامک درگاه فرستنده",
    "configuration": "import export yaml backup transfer kopia przenieś импорт экспорт перенос копия ورود خروج پشتیبان پرونده",
    "people": "staff users colleagues agents accounts pracownicy użytkownicy konta сотрудники пользователи учётные کارمند کاربر همکار حساب",
    "roles": "permissions groups role uprawnienia grupy роли права группы نقش دسترسی",
    "rights": "permissions access matrix uprawnienia dostęp права доступ دسترسی مجوز حقوق",
    "audit": "log history security who did dziennik historia zdarzenia журнал история аудит گزارش تاریخچه رویداد",
    "emergency": "break glass access awaryjny dostęp аварийный доступ экстренный اضطراری دسترسی",
    "surveys": "rating feedback csat nps satisfaction questions ankieta ocena opinia pytania опрос оценка отзыв вопросы نظرسنجی امتیاز رضایت پرسش",
    "survey_rules": "rating feedback csat delay alert ankieta ocena kiedy опрос оценка когда نظرسنجی امتیاز زمان",
    "message_limits": "digest flood gather too many zalew zbiorczo limit поток дайджест много سیل انبوه خلاصه",
    "new_survey_question": "add rating dodaj pytanie добавить вопрос افزودن پرسش",
    "store_languages": "language locale time zone calendar currency język strefa waluta kalendarz язык часовой пояс валюта календарь زبان منطقه تقویم واحد پول",
    "store_requests": "ticket number prefix close reopen retention numer zgłoszenia zamykanie номер обращения закрытие شماره تیکت بستن نگهداری",
    "store_messages": "attachments upload size limit załączniki pliki rozmiar вложения файлы размер پیوست فایل حجم",
    "new_portal_link": "menu link odnośnik меню ссылка پیوند منو",
    "new_store": "add brand dodaj sklep добавить магазин افزودن فروشگاه",
    "new_department": "add dodaj dział добавить отдел افزودن بخش",
    "new_request_type": "add category dodaj добавить افزودن",
    "new_workflow": "add dodaj добавить افزودن",
    "new_field": "add custom dodaj pole добавить поле افزودن",
    "new_faq_entry": "add article question dodaj artykuł добавить статью افزودن مقاله",
    "faq_sections": "categories kategorie działy категории разделы دسته بخش",
    "new_faq_section": "add category dodaj добавить افزودن",
    "faq_look": "appearance layout wygląd układ вид вёрстка ظاهر چیدمان",
    "faq_pictures": "images media obrazy zdjęcia картинки изображения عکس تصویر",
    "new_page": "add dodaj stronę добавить страницу افزودن صفحه",
    "new_answer": "add macro template dodaj szablon добавить шаблон افزودن پاسخ",
    "action_texts": "buttons przyciski кнопки دکمه کنش",
    "new_action_text": "add dodaj добавить افزودن",
    "mail_sender": "smtp e-mail outgoing sender poczta nadawca почта исходящая отправитель ایمیل فرستنده",
    "bounce_sender": "imap returned undelivered zwroty odbicia возвраты bounce برگشتی",
    "sender_addresses": "bounced unsubscribed wypisani возвраты отписки برگشتی لغو",
    "sender_signatures": "footer podpis stopka подпись امضا",
    "sms": "text messages gateway kavenegar smsapi twilio kannel bramka шлюз پیامک درگاه کاوه‌نگار",
    "new_sms_gateway": "text messages kavenegar sms.ir smsapi twilio kannel add bramka dodaj шлюз добавить پیامک درگاه افزودن",
    "sms_rules": "text messages quiet hours limits diacritics cisza limity ogonki тишина ограничения سکوت محدودیت",
    "sms_costs": "text messages price month csv koszt cena miesiąc стоимость цена месяц هزینه قیمت ماه",
    "sms_received": "text messages inbound inbox answers przychodzące odebrane входящие پیامک رسیده دریافتی",
    "new_person": "invite new staff user zaproś pracownik nowy пригласить сотрудник новый دعوت همکار کارمند جدید",
    "teams": "groups zespoły grupy команды группы گروه تیم",
    "new_team": "add group dodaj zespół добавить команду افزودن گروه",
    "new_role": "add permission set dodaj rolę добавить роль افزودن نقش",
}
#: Pages below those of the rail: address, icon, words, the page above them.
BELOW = [
    ("store_languages", "globe", _("Languages and place"), "store"),
    ("store_requests", "chat-dots", _("Requests"), "store"),
    ("store_messages", "paperclip", _("Files and messages"), "store"),
    ("new_portal_link", "link-45deg", _("New link"), "store_portal"),
    ("new_store", "plus-lg", _("New store"), "stores"),
    ("new_department", "plus-lg", _("New department"), "departments"),
    ("new_request_type", "plus-lg", _("New request type"), "request_types"),
    ("new_workflow", "plus-lg", _("New workflow"), "workflows"),
    ("new_field", "plus-lg", _("New field"), "fields"),
    ("new_faq_entry", "plus-lg", _("New answer"), "faq"),
    ("faq_sections", "list-ul", _("Sections"), "faq"),
    ("new_faq_section", "plus-lg", _("New section"), "faq_sections"),
    ("faq_look", "sun", _("Look of the answers"), "faq"),
    ("faq_pictures", "image", _("Pictures"), "faq"),
    ("new_page", "plus-lg", _("New page"), "pages"),
    ("new_answer", "plus-lg", _("New prepared answer"), "answers"),
    ("survey_rules", "star", _("When and how"), "surveys"),
    ("new_survey_question", "plus-lg", _("New question"), "surveys"),
    ("action_texts", "lightning", _("Texts of actions"), "texts"),
    ("new_action_text", "plus-lg", _("New text"), "action_texts"),
    ("message_limits", "hourglass-split", _("Against a flood"), "messages"),
    ("deliveries_health", "info-circle", _("How messages fare"), "deliveries"),
    ("mail_sender", "envelope", _("Mail server"), "senders"),
    ("bounce_sender", "inbox", _("Bounce mailbox"), "senders"),
    ("sender_addresses", "at", _("Addresses that do not work"), "senders"),
    ("sender_signatures", "pencil", _("Signatures"), "senders"),
    ("new_sms_gateway", "plus-lg", _("New SMS gateway"), "sms"),
    ("sms_rules", "phone", _("Rules for SMS"), "sms"),
    ("sms_costs", "phone", _("What SMS cost"), "sms"),
    ("sms_received", "phone", _("SMS that came in"), "sms"),
    ("new_person", "person-plus", _("Add a colleague"), "people"),
    ("teams", "people", _("Teams"), "people"),
    ("new_team", "plus-lg", _("New team"), "teams"),
    ("new_role", "plus-lg", _("New role"), "roles"),
]
#: Only for who has the right in every store there is.
IN_EVERY_STORE = {"new_role", "configuration"}
#: Who has one store never hears of several.
OF_SEVERAL_STORES = {"stores", "new_store"}


def _whole_index():
    rows = {}
    for title, places in RAIL:
        for place in places:
            rows[place.url_name] = _indexed(place.url_name, place.icon, place.words, title, place.right)
    for url_name, icon, words, above in BELOW:
        rows[url_name] = _indexed(url_name, icon, words, rows[above].words, rows[above].right)
    return list(rows.values())


def _indexed(url_name, *given):
    return Indexed(url_name, *given, others=OTHERS.get(url_name, ""))


INDEX = _whole_index()


def pages_for(sight):
    """The rows of the index that this person may open. No query: what they hold was read before."""
    return [row for row in INDEX if _may_open(row, sight) and row.url]


def _may_open(row, sight):
    everywhere = frozenset(sight.regions)
    is_superuser = sight.user.is_superuser and sight.user.is_active
    given = sight.places_with(row.right)
    if row.url_name in OF_SEVERAL_STORES and len(all_places()) < 2:
        return False
    if row.right == GRANTING and is_superuser:
        return True
    if row.url_name in IN_EVERY_STORE:
        return bool(given) and given >= everywhere
    return bool(given) or (row.right == EMERGENCY and bool(sight.places_with(GRANTING)))
