from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.uploads import StoredUpload, random_path


class KeptFile(StoredUpload, models.Model):
    """A file that came with a form which has a mistake elsewhere. Browsers cannot send it again by themselves, so it waits here.

    It belongs to one sending of one form by one sender (see common.form_keys) and is forgotten after some hours.
    """

    form_key = models.CharField(_("key of the form"), max_length=64)
    owner = models.CharField(_("sender"), max_length=80)
    file = models.FileField(_("file"), upload_to=random_path, max_length=120)
    thumbnail = models.FileField(_("thumbnail"), upload_to=random_path, max_length=120, blank=True)
    name = models.CharField(_("name"), max_length=255)
    content_type = models.CharField(_("type"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    width = models.PositiveIntegerField(_("width"), null=True, blank=True)
    height = models.PositiveIntegerField(_("height"), null=True, blank=True)
    created_at = models.DateTimeField(_("kept at"), default=timezone.now, editable=False, db_index=True)

    class Meta:
        verbose_name = _("kept file")
        verbose_name_plural = _("kept files")
        indexes = [models.Index(fields=["owner", "form_key"], name="kept_files_of_a_form")]
        ordering = ["pk"]

    def __str__(self):
        return self.name

    @property
    def is_image(self):
        return self.width is not None
