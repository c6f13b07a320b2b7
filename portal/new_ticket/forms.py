"""A new request: what it is about and what happened. Visitors also say who they are, and that they are people."""

from dataclasses import replace

from django import forms
from django.utils.translation import gettext_lazy as _

from common.captcha import CaptchaMixin
from common.fields import EmailOrPhoneField, LineField
from custom_fields.forms import FieldsMixin, name_of
from departments.models import RequestType
from departments.request_types import types_offered_by
from portal.writing.forms import WritingForm
from tickets.errors import DepartmentIsGone

SUBJECT_LIMIT = 200


class NewTicketForm(FieldsMixin, WritingForm):
    subject = LineField(limit=SUBJECT_LIMIT, label=_("What is it about?"))
    field_order = ["department", "request_type", "subject", "text", "files"]
    last_fields = ()

    def __init__(self, *args, department=None, departments=None, asked=(), **kwargs):
        """`departments` are offered only when the one of the address is gone: then another one has to be chosen.

        `asked`: the owner's fields that this department wants to know.
        """
        super().__init__(*args, **kwargs)
        types = types_offered_by(department) if department and departments is None else []
        if types:
            self.fields["request_type"] = RequestTypeField(types)
        self.fields["text"].label = _("What happened?")
        self.fields["text"].widget.attrs["rows"] = 5
        self.fields["subject"].widget.attrs.update({"dir": "auto", "autocomplete": "off"})
        if departments is not None:
            self.fields["department"] = DepartmentField(departments)
        self.add_fields(asked, upload_limits=replace(self.limits, max_files=1))
        self.order_fields([*self.field_order[:4], *map(name_of, asked), *self.field_order[4:], *self.last_fields])


class RequestTypeField(forms.ModelChoiceField):
    def __init__(self, types):
        super().__init__(
            RequestType.objects.filter(pk__in=[each.pk for each in types]),
            required=False,
            label=_("What kind of request is it?"),
            empty_label=_("Choose, if you like"),
            error_messages={"invalid_choice": _("This kind of request is not offered any more. Choose another one.")},
        )
        self.choices = [("", self.empty_label), *((each.pk, str(each)) for each in types)]


class DepartmentField(forms.ModelChoiceField):
    def __init__(self, departments):
        gone = DepartmentIsGone.message
        super().__init__(
            departments,
            label=_("Who should read it?"),
            empty_label=_("Choose a department"),
            error_messages={"required": gone, "invalid_choice": gone},
        )


class VisitorTicketForm(CaptchaMixin, NewTicketForm):
    last_fields = ("name", "contact")
    name = LineField(limit=120, label=_("Your name"))
    contact = EmailOrPhoneField(label=_("E-mail or mobile number"), help_text=_("Our answer goes there, with a link to this request."))

    def __init__(self, *args, store, **kwargs):
        super().__init__(*args, store=store, **kwargs)
        self.fields["name"].widget.attrs.update({"dir": "auto", "autocomplete": "name"})
        self.fields["contact"].region = store.phone_region

    def address(self):
        """The way to reach the visitor, named as customers.services.visitor takes it."""
        contact = self.cleaned_data["contact"]
        return {"email": contact} if "@" in contact else {"phone": contact}
