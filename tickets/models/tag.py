import re
from functools import lru_cache

from django.db import models
from django.db.models import Aggregate, JSONField, OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _

from common.normaliser import normalise
from common.text import INVISIBLE, clean_line

NAME_LIMIT = 40
FOLDED_LIMIT = 200


#: The sign that people put before a tag, as keyboards write it, with what is not seen beside it.
_BEFORE_IT = re.compile(rf"^[#＃﹟\s{re.escape(INVISIBLE)}]+")


def tag_name(typed):
    """A tag's name as it is kept: one line, without the # people put before it. Longer than NAME_LIMIT it is left for others to refuse."""
    return clean_line(_BEFORE_IT.sub("", clean_line(typed)))


@lru_cache(maxsize=2000)
def folded_name(name):
    """What two spellings of one tag have in common: case, digits, marks, half-spaces and letters of one sound play no part."""
    return normalise(tag_name(name)).lstrip("# ")[:FOLDED_LIMIT]


class TagQuerySet(models.QuerySet):
    def named(self, *names):
        """Tags called like this, however it is spelled; one in each store at most for each name."""
        return self.filter(folded__in={folded_name(name) for name in names})

    def by_name(self):
        return self.order_by("folded", "pk")


class Tag(models.Model):
    """A word that staff put on tickets. It belongs to one store, whose staff alone read it; customers never do."""

    store = models.ForeignKey("stores.Store", models.CASCADE, related_name="tags", verbose_name=_("store"), db_index=False)
    name = models.CharField(_("name"), max_length=NAME_LIMIT)
    folded = models.CharField(_("folded name"), max_length=FOLDED_LIMIT, editable=False)
    hue = models.PositiveSmallIntegerField(_("hue"), null=True, blank=True)

    objects = TagQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        constraints = [models.UniqueConstraint(fields=["store", "folded"], name="tag_named_once")]

    def __str__(self):
        return self.name


class Tagging(models.Model):
    """One tag on one ticket of its store."""

    tag = models.ForeignKey(Tag, models.CASCADE, related_name="taggings", verbose_name=_("tag"), db_index=False)
    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="taggings", verbose_name=_("ticket"))

    class Meta:
        default_permissions = ()
        verbose_name = _("tag of a ticket")
        verbose_name_plural = _("tags of tickets")
        # Its index lists the tickets of a tag as well.
        constraints = [models.UniqueConstraint(fields=["tag", "ticket"], name="tagged_once")]

    def __str__(self):
        return f"{self.tag_id} · {self.ticket_id}"


class ListedAsJson(Aggregate):
    """All values of a group as one JSON list."""

    function = "JSONB_AGG"
    output_field = JSONField()

    def as_sqlite(self, compiler, connection, **more):
        return self.as_sql(compiler, connection, function="JSON_GROUP_ARRAY", **more)


def tags_as_json():
    """The tags of a ticket as an annotation of its row, so that fifty rows cost no query more. `tags_on` reads it."""
    of_ticket = Tagging.objects.filter(ticket=OuterRef("pk")).order_by().values("ticket")
    return Subquery(of_ticket.annotate(listed=ListedAsJson(JSONObject(id="tag__pk", name="tag__name", hue="tag__hue"))).values("listed"))


def tags_on(ticket):
    """The tags of the ticket by name. One query; none where the ticket came `with_tags`."""
    if "tag_rows" in ticket.__dict__:
        if not ticket.tag_rows:
            return []
        tags = [Tag(pk=row["id"], store_id=ticket.store_id, name=row["name"], hue=row["hue"]) for row in ticket.tag_rows or ()]
    else:
        tags = list(ticket.tags.all())
    return sorted(tags, key=lambda tag: (folded_name(tag.name), tag.pk))
