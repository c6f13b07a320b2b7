"""A keyboard of any layout for a page: real key events with the place of the key (`code`) and the letter that stands there (`key`)."""

import time

US = dict(zip("qwertyuiopasdfghjklzxcvbnm", "qwertyuiopasdfghjklzxcvbnm", strict=True)) | {"[": "[", "]": "]", "/": "/", "?": "?"}
RUSSIAN = dict(zip("qwertyuiop[]asdfghjklzxcvbnm/?", "йцукенгшщзхъфывапролдячсмить.,", strict=True))
PERSIAN = dict(zip("qwertyuiop[]asdfghjklzxcvbnm/?", "ضصثقفغعهخحجچشسیبلاتنمظطزرذدئ/؟", strict=True))
LAYOUTS = {"en": US, "fa": PERSIAN, "ru": RUSSIAN}
_PLACES = {"[": "BracketLeft", "]": "BracketRight", "/": "Slash", "?": "Slash"}
_NAMED = {"Enter": 13, "Escape": 27, "ArrowDown": 40, "ArrowUp": 38, "Tab": 9}
CONTROL, SHIFT = 2, 8


class Keyboard:
    """`pressed`: how many keys were pressed so far; a chord is one, a text that is typed as many as it has signs."""

    def __init__(self, page, layout="en"):
        self.page, self.layout, self.pressed = page, LAYOUTS[layout], 0
        self.wire = page.context.new_cdp_session(page)

    def press(self, *keys):
        """Each a sign of an English keyboard ("j", "?", "["), a name ("Enter") or a chord ("Ctrl+Shift+Enter", "Ctrl+k")."""
        for key in keys:
            self._press(key)
            self.pressed += 1

    def type(self, text):
        self.page.keyboard.type(text)
        self.pressed += len(text)

    def _press(self, chord):
        *held, key = chord.split("+")
        modifiers = (CONTROL if "Ctrl" in held else 0) | (SHIFT if "Shift" in held or key == "?" else 0)
        event = {"code": key, "key": key, "windowsVirtualKeyCode": _NAMED.get(key, 0), "modifiers": modifiers}
        if key not in _NAMED:
            sign = self.layout[key]
            event |= {"code": _PLACES.get(key, f"Key{key.upper()}"), "key": sign}
            event["windowsVirtualKeyCode"] = ord(key.upper()) if key.isalpha() else 0
            if not modifiers & CONTROL:
                event["text"] = sign
        elif key == "Enter":
            event["text"] = "\r"
        self.wire.send("Input.dispatchKeyEvent", {"type": "keyDown" if "text" in event else "rawKeyDown", **event})
        event.pop("text", None)
        self.wire.send("Input.dispatchKeyEvent", {"type": "keyUp", **event})


def ready(page):
    """Wait until the page hears keys."""
    page.locator("html[data-keys-ready]").wait_for(state="attached")


def focused(page):
    """What has the focus, in words: BODY when nothing has."""
    return page.evaluate(
        "document.activeElement.tagName + ' ' + (document.activeElement.id || document.activeElement.textContent.trim().slice(0, 60))"
    )


def wait_until(page, expression, seconds=10):
    """Wait for what stands in the page. Playwright's own wait would evaluate the words inside the page, which its policy forbids."""
    end = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < end, expression
        page.wait_for_timeout(50)
