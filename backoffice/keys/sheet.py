"""What each key does, in words. Which of them there are on a page is said by the page: a key is declared by `data-key` on the very
control it presses, so it comes and goes with the control and with the right to it. The script leaves out of the sheet what is not there.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Key:
    """`names`: as `data-key` has them, places of keys and not letters; `caps`: what is printed there, the same in every language;
    `words`: what it does. Some names in one line do one thing in two directions."""

    names: tuple
    caps: tuple
    words: str

    @property
    def joined(self):
        return ",".join(self.names)


@dataclass(frozen=True)
class Group:
    """The keys of one place. `place`: as a part of the page calls it (`data-key-place`); empty for what is everywhere."""

    place: str
    title: str
    keys: tuple

    @property
    def title_id(self):
        return f"keys-{self.place or 'everywhere'}"


def key(names, caps, words):
    return Key(tuple(names.split(",")), tuple(caps.split()), words)


SHEET = [
    Group(
        "list",
        _("In a list of tickets"),
        (
            key("KeyJ,KeyK", "J K", _("to the next ticket, to the one before")),
            key("Enter,KeyO", "Enter O", _("open the ticket")),
            key("KeyX", "X", _("choose it, or no longer")),
            key("KeyR", "R", _("open it and write a reply")),
            key("KeyN", "N", _("open it and write a note")),
            key("KeyA", "A", _("say who takes care of it")),
            key("KeyS", "S", _("choose its status")),
            key("KeyZ", "Z", _("snooze it")),
            key("KeyE", "E", _("close it, or all that are chosen")),
        ),
    ),
    Group(
        "ticket",
        _("On a ticket"),
        (
            key("KeyR", "R", _("write a reply")),
            key("KeyN", "N", _("write a note")),
            key("KeyP", "P", _("choose a prepared answer")),
            key("Mod+Enter", "Ctrl Enter", _("send what was written")),
            key("Mod+Shift+Enter", "Ctrl Shift Enter", _("send the reply and close the ticket")),
            key("Escape", "Esc", _("leave the text, which stays as a draft")),
            key("KeyI", "I", _("take the ticket")),
            key("KeyA", "A", _("say who takes care of it")),
            key("KeyS", "S", _("choose its status")),
            key("KeyT", "T", _("add tags")),
            key("KeyW", "W", _("watch it, or no longer")),
            key("KeyZ", "Z", _("snooze it")),
            key("KeyE", "E", _("close it, or open it again")),
            key("KeyM", "M", _("what else can be done")),
            key("KeyJ,KeyK", "J K", _("to the next message, to the one before")),
            key("BracketLeft,BracketRight", "[ ]", _("to the ticket before, to the next one of the list you came from")),
        ),
    ),
    Group(
        "",
        _("Everywhere"),
        (
            key("Mod+KeyK", "Ctrl K", _("find anything, do anything")),
            key("Slash", "/", _("search")),
            key("KeyG KeyI", "G I", pgettext_lazy("key", "to the inbox")),
            key("KeyG KeyM", "G M", pgettext_lazy("key", "to what is mine")),
            key("KeyG KeyU", "G U", pgettext_lazy("key", "to what nobody has")),
            key("KeyG KeyO", "G O", pgettext_lazy("key", "to all that is open")),
            key("KeyG KeyD", "G D", pgettext_lazy("key", "to my day")),
            key("KeyG KeyC", "G C", pgettext_lazy("key", "to the customers")),
            key("KeyG KeyN", "G N", pgettext_lazy("key", "to the news")),
            key("Question", "?", _("show the keys of this page")),
        ),
    ),
]
