"""The list a field offers: keys that are stored, and words that are read."""

from i18nfield.strings import LazyI18nString

#: Keys of the two answers to a question of yes or no.
YES, NO = "yes", "no"


def kept_options(field):
    """[(key, words)] of what can be chosen now, in the owner's order."""
    return [(option["key"], option_words(option)) for option in field.options if not option.get("archived")]


def option_words(option, language=None):
    """The label in this language (None: the active one), else in whichever there is."""
    label = LazyI18nString(option["label"])
    return (label.localize(language) if language else str(label)) or option["key"]


def words_of_key(field, key, language=None):
    """What stands for a stored key. One that is in the list no more is shown as it was stored."""
    option = next((option for option in field.options if option["key"] == key), None)
    return option_words(option, language) if option else key


def in_order(field, keys):
    """The keys in the order of the list; what is unknown to it stands at the end."""
    places = {option["key"]: place for place, option in enumerate(field.options)}
    return tuple(sorted(set(keys), key=lambda key: (places.get(key, len(places)), key)))
