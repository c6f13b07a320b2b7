from django.db import models
from django.utils.translation import gettext_lazy as _


class FormKey(models.Model):
    """A form that was already sent, and where its sender was led. See common.form_keys."""

    key = models.CharField(_("key"), max_length=64)
    owner = models.CharField(_("sender"), max_length=80)
    outcome_url = models.CharField(_("where it led"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = _("sent form")
        verbose_name_plural = _("sent forms")
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="form_key_used_once")]

    def __str__(self):
        return self.outcome_url or self.key


class SettingsMark(models.Model):
    """One row, whose value changes with every setting. See common.kept."""

    mark = models.CharField(_("mark"), max_length=32)

    class Meta:
        default_permissions = ()
        verbose_name = _("mark of the settings")
        verbose_name_plural = _("marks of the settings")

    def __str__(self):
        return self.mark
