"""Two listeners: one that always works, one that can be broken."""

from tickets.choices import Kind

heard = []
broken = False


def steady(event):
    heard.append("steady")


def shaky(event):
    if broken:
        raise RuntimeError("the listener is broken")
    heard.append("shaky")


REACTIONS = {Kind.OPENED: [steady, shaky]}
