"""What a button asks of the customer: words and files where it sends some, and the owner's fields that are theirs to fill in."""

from django.utils.translation import gettext_lazy as _

from custom_fields.forms import FieldsMixin
from portal.writing.forms import ReplyForm
from tickets.services.planning import Given


class CustomerActionForm(FieldsMixin, ReplyForm):
    """`given` is what a valid form holds."""

    def __init__(self, *args, asks, known, proposed="", limits, **kwargs):
        super().__init__(*args, limits=limits, initial={"text": proposed}, **kwargs)
        self.asks = asks
        if asks.words:
            self.fields["text"].label = _("Your message")
        else:
            del self.fields["text"]
        if asks.fields:
            required = {row.field.pk for row in asks.fields if row.is_required}
            self.add_fields([row.field for row in asks.fields], values=known, required=required, upload_limits=limits)

    @property
    def given(self):
        words = self.cleaned_data["text"] if self.asks.words else ""
        return Given(text=words, files=tuple(self.all_files()) if self.asks.words else (), values=self.field_values)
