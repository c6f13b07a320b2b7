"""Changing a store's face: its colour and its logo."""

from io import BytesIO

from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image

from audit.choices import Deed
from audit.log import differences, note
from common.colours import clean_hex
from common.pictures import PictureTooLarge, PictureUnreadable, redraw
from stores.colours import accent_of, guard_colour
from stores.errors import ColourIsBroken, LogoIsUnreadable
from stores.models import Store

LOGO_SIZE = (640, 192)  # twice what a page shows, for sharp screens


@transaction.atomic
def change_colour(store, colour, *, keeps_light=False, by):
    """Derive the accent from #rrggbb. Raises ColourIsBroken, ColourIsNearlyWhite, ColourIsTooDarkToStay."""
    colour = clean_hex(colour)
    if not colour:
        raise ColourIsBroken()
    guard_colour(colour, keeps_light=keeps_light)
    store = Store.objects.select_for_update().get(pk=store.pk)
    before = {"colour": store.colour, "keeps_light_colour": store.keeps_light_colour}
    store.colour, store.keeps_light_colour = colour, keeps_light
    store.hue, store.chroma = accent_of(colour)
    store.save(update_fields=["colour", "keeps_light_colour", "hue", "chroma"])
    before, after = differences(before, {"colour": colour, "keeps_light_colour": keeps_light})
    if after:
        note(Deed.SETTINGS_CHANGED, by=by, on=store, before=before, after=after)
    return store


def draw_logo(file):
    """The picture drawn anew, small enough for every page, as PNG. Raises LogoIsUnreadable."""
    try:
        with Image.open(BytesIO(redraw(file).data)) as picture:
            picture = picture.convert("RGBA")
            picture.thumbnail(LOGO_SIZE)
            out = BytesIO()
            picture.save(out, "PNG", optimize=True)
    except (PictureUnreadable, PictureTooLarge) as error:
        raise LogoIsUnreadable() from error
    return ContentFile(out.getvalue())


@transaction.atomic
def change_logo(store, drawn, *, by):
    """Show this picture (see draw_logo) instead of the name; None takes the logo away."""
    store = Store.objects.select_for_update().get(pk=store.pk)
    former, storage = store.logo.name, store.logo.storage
    if drawn:
        store.logo.save(f"{store.key}.png", drawn, save=False)
    elif former:
        store.logo = ""
    else:
        return store
    store.save(update_fields=["logo"])
    note(Deed.SETTINGS_CHANGED, by=by, on=store, before={"logo": former or ""}, after={"logo": store.logo.name or ""})
    if former:
        transaction.on_commit(lambda: storage.delete(former))
    return store
