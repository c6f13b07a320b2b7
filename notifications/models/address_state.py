from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AddressState(models.Model):
    """What is known of an e-mail address in a store, where that is not simply that it works. Changed by notifications/addresses.py.

    `stops`: the mailings (choices.Mailing) its person does not want; {mailing: since when}.
    """

    store = models.ForeignKey("stores.Store", models.CASCADE, related_name="+", verbose_name=_("store"))
    address = models.CharField(_("address"), max_length=254)
    bounced_at = models.DateTimeField(_("unknown since"), null=True, blank=True)
    soft_bounces = models.PositiveSmallIntegerField(_("messages it did not take, in a row"), default=0)
    soft_bounced_at = models.DateTimeField(_("did not take a message at"), null=True, blank=True)
    remark = models.CharField(_("what the other side said"), max_length=200, blank=True, default="")
    complained_at = models.DateTimeField(_("called a message unwanted at"), null=True, blank=True)
    stops = models.JSONField(_("stopped by the person"), default=dict, blank=True)
    changed_at = models.DateTimeField(_("changed at"), default=timezone.now)

    class Meta:
        default_permissions = ()
        verbose_name = _("state of an address")
        verbose_name_plural = _("states of addresses")
        constraints = [models.UniqueConstraint(fields=["address", "store"], name="one_state_per_address")]
        indexes = [models.Index(fields=["store", "-changed_at", "-id"], name="addresses_of_store")]

    def __str__(self):
        return self.address
