from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Sharing(models.TextChoices):
    """What members of an organisation may do with each other's requests in the portal."""

    NOTHING = "nothing", pgettext_lazy("members of an organisation", "do not see each other’s requests")
    READ = "read", pgettext_lazy("members of an organisation", "read each other’s requests")
    REPLY = "reply", pgettext_lazy("members of an organisation", "read and answer each other’s requests")


class Organisation(models.Model):
    """A firm, a school, a family: customers who belong together, put there by hand or by the domain of their proven e-mail address."""

    name = models.CharField(_("name"), max_length=120)
    folded = models.CharField(max_length=240, editable=False)
    sharing = models.CharField(_("members"), max_length=8, choices=Sharing, default=Sharing.NOTHING)
    created_at = models.DateTimeField(_("added at"), default=timezone.now, editable=False)

    class Meta:
        default_permissions = ()
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        indexes = [models.Index(fields=["name", "id"], name="organisations_by_name")]

    def __str__(self):
        return self.name

    @property
    def shares(self):
        return self.sharing != Sharing.NOTHING


class OrganisationDomain(models.Model):
    """Whoever proves an e-mail address of this domain belongs to the organisation. Never one that everybody can have."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="domains", verbose_name=_("organisation"))
    domain = models.CharField(_("mail domain"), max_length=253, unique=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("mail domain of an organisation")
        verbose_name_plural = _("mail domains of organisations")
        ordering = ["domain"]

    def __str__(self):
        return self.domain
