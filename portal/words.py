"""Words that several pages of the portal say alike."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.phones import mask_email, mask_phone

# The five faces, from worst to best.
SCORES = {
    1: _("Very bad"),
    2: pgettext_lazy("rating", "Bad"),
    3: pgettext_lazy("rating", "So-so"),
    4: pgettext_lazy("rating", "Good"),
    5: _("Very good"),
}
# Score, words and icon of each.
FACES = [(score, words, f"face-{score}") for score, words in SCORES.items()]


def score_words(score):
    return str(SCORES.get(score, ""))


def masked_addresses(person):
    """Where we write to this user or customer, in hints that only they understand. Nothing for visitors."""
    email, phone = getattr(person, "email", ""), getattr(person, "phone", "")
    return ([mask_email(email)] if email else []) + ([mask_phone(phone)] if phone else [])
