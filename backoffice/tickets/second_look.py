"""What a writer should look at once more before a reply leaves. Asked once: “send anyway” is an answer."""

import re

from django.utils.translation import gettext as _

from common.normaliser import normalise
from common.templatetags.formats import isolate

FILE, GREETING, BLOCKED = "file", "greeting", "blocked"

# Begins of words, as common/normaliser.py folds them; every repetition is bounded.
_SPEAKS_OF_A_FILE = re.compile(
    r"\b(?:attach(?:ed|ing|ment)|enclosed|in the attachment"
    r"|w zalaczeni|w zalaczniku|zalaczam|zalaczon|przesylam plik|dolaczam plik"
    r"|во вложени|прикрепля|прикрепил|приложен(?:ный|ном|ии) файл|прилага[юе]|вкладываю файл"
    r"|پیوست|ضمیمه)"
)
_GREETS = re.compile(
    r"\A\W{0,20}(?:dear|hello|hi|hey|good (?:morning|afternoon|evening)|dzien dobry|czesc|szanown[ay] pani[e]?|szanowny panie|witaj|pani|panie"
    r"|здравствуйте|добрый день|доброе утро|добрый вечер|уважаем(?:ый|ая)|привет|سلام(?: بر)?|با سلام|درود)"
    r"(?:[ ,،]{1,3}(?:mr|mrs|ms|pani|panie|господин|госпожа|خانم|اقای|جناب|سرکار)\.?)?[ ,،]{1,3}(?P<name>[^\W\d_]{2,30})(?P<end>[\s,.!،:-]|\Z)"
)
# What follows a greeting and is no name.
_NO_NAMES = set(
    """
    there all everybody everyone team sir madam customer again and we thank thanks i you the to it your this for
    panstwu panstwo wszystkim serdecznie bardzo dziekuje dziekujemy ponownie pani panie panu
    еще спасибо благодарим вам вас мы коллеги клиент покупатель это
    وقت وقتتان وقتتون خدمت بر به شما عزیز مشتری گرامی مجدد دوباره ممنون روز روزتان ارادت احترام و دوست
    """.split()
)
_QUOTED = re.compile(r"^>.*$", re.M)


def second_looks(text, *, has_files, customer_names):
    """[(code, sentence), …] of what looks wrong. `customer_names`: what the customer may be greeted by; nothing: not asked about."""
    folded = normalise(_QUOTED.sub("", text[:20_000]))
    found = []
    if not has_files and _SPEAKS_OF_A_FILE.search(folded):
        found.append((FILE, _("The text speaks of an attachment, but there is none.")))
    greeted = _GREETS.match(folded[:200])
    known = {word for name in customer_names for word in normalise(name).split()}
    if greeted and known and greeted["name"] not in _NO_NAMES and not any(_alike(greeted["name"], word) for word in known):
        words = _("The text greets “%(greeted)s”, but the customer is called %(customer)s.")
        found.append((GREETING, words % {"greeted": isolate(_as_typed(text, greeted["name"])), "customer": isolate(customer_names[0])}))
    return found


def _alike(greeted, name):
    """Names are declined: Kasiu, Kasi, Анну are forms of Kasia and Анна."""
    return greeted == name or len(name) > 2 and len(greeted) > 2 and greeted[: max(3, len(name) - 2)] == name[: max(3, len(name) - 2)]


def _as_typed(text, folded):
    return next((word for word in re.findall(r"[^\W\d_]{2,30}", text[:300]) if normalise(word) == folded), folded)
