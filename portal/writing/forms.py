"""What every form shares in which a customer writes to the store."""

from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from common.errors import DeskError
from common.fields import FilesField, LongTextField
from common.form_keys import OneTimeForm
from common.numbers import format_number, format_size
from common.uploads import TooManyFiles, UploadLimits, check_upload

TEXT_LIMIT = 20_000


def upload_limits(store):
    return UploadLimits(max_bytes=store.max_file_mb * 1_000_000, max_files=store.max_files)


class KeepingFilesField(FilesField):
    """Looks into each file alone and remembers the good ones in `accepted`, so that one bad file does not cost the others."""

    accepted = ()

    def clean(self, data, initial=None):
        files = [file for file in (data if isinstance(data, (list, tuple)) else [data]) if file]
        self.accepted, refusals = [], []
        if len(files) > self.limits.max_files:
            raise ValidationError(str(TooManyFiles(len(files), self.limits.max_files)), code="file")
        for file in files:
            try:
                self.accepted.append(check_upload(file, self.limits))
            except DeskError as error:
                refusals.append(ValidationError(str(error), code="file"))
        if refusals:
            raise ValidationError(refusals)
        return self.accepted


class WritingForm(OneTimeForm):
    """A text with files, safe to send twice.

    `kept` are files left by an earlier sending (portal.writing.keeping); those still wished for come back in the input of that
    name. `refusal` are words that stop the form unread, such as a limit that is reached.
    """

    text = LongTextField(limit=TEXT_LIMIT)
    files = KeepingFilesField(label=_("Photos or files"), required=False)

    def __init__(self, *args, limits, kept=(), refusal="", **kwargs):
        super().__init__(*args, **kwargs)
        self.limits, self.refusal = limits, refusal
        wanted = set(self.data.getlist("kept")) if self.is_bound else set()
        self.kept = [row for row in kept if str(row.pk) in wanted]
        self.fields["files"].limits = limits
        self.fields["files"].help_text = _("Up to %(count)s files, %(size)s each.") % {
            "count": format_number(limits.max_files),
            "size": format_size(limits.max_bytes),
        }
        self.fields["files"].widget.attrs.update({"data-max-files": limits.max_files, "data-max-bytes": limits.max_bytes})
        self.fields["text"].widget.attrs.update({"dir": "auto"})

    def full_clean(self):
        if not self.refusal:
            return super().full_clean()
        self._errors = ErrorDict(renderer=self.renderer)
        self.cleaned_data = {}
        self.add_error(None, self.refusal)
        return None

    def clean(self):
        cleaned = super().clean()
        count = len(self.kept) + len(cleaned.get("files") or [])
        if count > self.limits.max_files:
            self.add_error("files", str(TooManyFiles(count, self.limits.max_files)))
        return cleaned

    def all_files(self):
        """Files for the message: those kept before, then the new ones."""
        return [row.checked() for row in self.kept] + list(self.cleaned_data["files"])


class ReplyForm(WritingForm):
    """An answer. A photo may speak for itself."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("Your answer")
        self.fields["text"].widget.attrs["rows"] = 4
        self.fields["text"].error_messages["required"] = _("Write a few words, or add a photo.")

    def clean(self):
        cleaned = super().clean()
        if self.has_error("text", "required") and (self.kept or self.fields["files"].accepted):
            del self.errors["text"]
            cleaned["text"] = ""
        return cleaned
