from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.models.customer import Customer


class KeyKind(models.TextChoices):
    """What two rows of one person have in common, however it is spelled. The strongest first."""

    MAIL = "mail", _("same e-mail address")
    PHONE = "phone", _("same mobile number")
    MAILBOX = "mailbox", _("same name and mailbox name")
    COMPANY = "company", _("same name and company")
    DOMAIN = "domain", _("same name and mail domain")


class CustomerKey(models.Model):
    """One thing by which another row of the same person is found: folded, so that spellings do not matter (customers/duplicates.py)."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="keys", verbose_name=_("customer"))
    kind = models.CharField(max_length=8, choices=KeyKind)
    value = models.CharField(max_length=300)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["kind", "value", "customer"], name="customers_alike")]

    def __str__(self):
        return f"{self.kind} · {self.customer_id}"


class DuplicateSuggestion(models.Model):
    """Perhaps these two are one person. Somebody decides; who said no is not asked again."""

    first = models.ForeignKey(Customer, models.CASCADE, related_name="+", verbose_name=_("customer"))
    second = models.ForeignKey(Customer, models.CASCADE, related_name="+", verbose_name=_("customer"))
    reason = models.CharField(_("reason"), max_length=8, choices=KeyKind)
    created_at = models.DateTimeField(_("noticed at"), default=timezone.now, editable=False)
    dismissed_at = models.DateTimeField(_("said to be two at"), null=True, blank=True, editable=False)
    dismissed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        default_permissions = ()
        verbose_name = _("suggestion that two customers are one")
        verbose_name_plural = _("suggestions that two customers are one")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="suggested_once"),
            models.CheckConstraint(condition=models.Q(first__lt=models.F("second")), name="suggested_in_order"),
        ]
        indexes = [models.Index(fields=["-created_at", "-id"], condition=models.Q(dismissed_at=None), name="duplicates_to_decide")]

    def __str__(self):
        return f"{self.first_id} = {self.second_id}?"


class CustomerMerge(models.Model):
    """These two are one: what moved, and what the kept one was before, so that it can be undone and nothing is lost.

    The merged row stays as it was, without its tickets, and leads to the kept one.
    """

    kept = models.ForeignKey(Customer, models.CASCADE, related_name="merges", verbose_name=_("kept customer"))
    merged = models.ForeignKey(Customer, models.CASCADE, related_name="merged_by", verbose_name=_("merged customer"))
    moved = models.JSONField(_("what moved"), default=dict)
    before = models.JSONField(_("kept customer before"), default=dict)
    merged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("merged by"))
    created_at = models.DateTimeField(_("merged at"), default=timezone.now, editable=False)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True, editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("undone by")
    )

    class Meta:
        default_permissions = ()
        verbose_name = _("merge of customers")
        verbose_name_plural = _("merges of customers")
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return f"{self.merged_id} → {self.kept_id}"
