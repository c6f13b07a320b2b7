"""What staff type into a ticket: answers, notes, new tickets; and the few choices of the strip."""

from dataclasses import replace

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from backoffice.tickets.second_look import BLOCKED, FILE, GREETING, second_looks
from common.fields import FilesField, LineField, LongTextField
from common.form_keys import OneTimeForm
from common.html import sanitise_html
from common.numbers import format_number
from common.uploads import TooManyFiles, UploadLimits
from custom_fields.forms import FieldsMixin, name_of
from custom_fields.models import Field, FieldPlace
from departments.models import Department, RequestType
from permissions.querysets import departments_where
from permissions.rights import DepartmentRight
from statuses.models import Status
from tickets.access import may_be_given
from tickets.audience import teams_who_see
from tickets.choices import Priority
from tickets.errors import CannotBeMentioned, TypeOfAnotherDepartment
from tickets.services.drafts import clean_words

TEXT_LIMIT = 20_000
HTML_LIMIT = 200_000


def set_limits(field, store):
    """What the store's owner allows, said to the browser as well."""
    field.limits = UploadLimits(max_bytes=store.max_file_mb * 1_000_000, max_files=store.max_files)
    field.widget.attrs |= {"data-max-files": field.limits.max_files, "data-max-bytes": field.limits.max_bytes}


class WritingForm(OneTimeForm):
    """The composer. Reply and note share one text, so that changing the mode keeps the words; `meant` is the button pressed.

    A reply may say where the ticket goes next; empty means where its status leads. `html` is what the rich editor made of the text;
    without script there is none. `drafts`: those this person may write in here, whose files may be `kept`. `confirmed`: what was
    looked at once more (second_look.py) and is sent all the same. A draft is not `is_said`: it may be empty.
    """

    REPLY, NOTE = "reply", "note"

    mode = forms.ChoiceField(choices=[(REPLY, _("Reply")), (NOTE, _("Note"))], initial=REPLY, required=False)
    text = LongTextField(label=_("Message"), limit=TEXT_LIMIT, required=False)
    files = FilesField(label=_("Files"), required=False)
    mention = forms.MultipleChoiceField(
        label=_("Mention"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": CannotBeMentioned.message, "invalid_list": CannotBeMentioned.message},
    )
    then = forms.ChoiceField(
        label=_("Then"), required=False, widget=forms.Select(attrs={"class": "input input-sm", "aria-label": _("Status after this reply")})
    )
    html = forms.CharField(required=False, max_length=HTML_LIMIT, strip=False)
    kept = forms.MultipleChoiceField(required=False)
    confirmed = forms.MultipleChoiceField(required=False, choices=[(code, code) for code in (FILE, GREETING, BLOCKED)])
    draft = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**63 - 1)
    draft_version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)
    seen_event = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**63 - 1)

    def __init__(self, *args, ticket, statuses=(), people=list, drafts=list, meant=REPLY, is_said=True, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["mention"].choices = lambda: [(str(person.pk), str(person)) for person in people()]
        self.people, self.ticket, self.is_said = people, ticket, is_said
        self.known_files = lambda: {str(file.pk): file for draft in drafts() for file in draft.files.all()}
        self.fields["kept"].choices = lambda: [(pk, pk) for pk in self.known_files()]
        self.meant, self.statuses = meant, list(statuses)
        self.led_to = ticket.status if ticket.is_closed else ticket.status.after_staff_reply or ticket.status
        self.kind_of_then = {str(status.pk): status.kind for status in self.statuses}
        others = [(str(status.pk), str(status)) for status in self.statuses if status != self.led_to]
        self.fields["then"].choices = [("", str(self.led_to)), *others]
        self._declare_closing()
        set_limits(self.fields["files"], ticket.store)

    def _declare_closing(self):
        """Ctrl+Shift+Enter sends and closes, where this person may close (static/js/elements/desk-keys.js)."""
        closing = next((status for status in [self.led_to, *self.statuses] if status.is_closed), None)
        if closing:
            value = "" if closing == self.led_to else closing.pk
            keys = {"data-key": "Mod+Shift+Enter", "data-key-value": value, "data-key-then": "Mod+Enter"}
            self.fields["then"].widget.attrs.update(keys)

    @property
    def chosen_mode(self):
        return self["mode"].value() or self.REPLY

    @property
    def kept_files(self):
        """Files that stand in the composer already, kept with a draft."""
        known, chosen = self.known_files(), self["kept"].value() or []
        return [known[str(pk)] for pk in chosen if str(pk) in known]

    @property
    def words_in_html(self):
        """What the rich editor begins with; empty where the text is all there is."""
        return sanitise_html(self["html"].value() or "")

    @property
    def second_looks(self):
        """What to look at once more before this valid reply leaves, but for what was confirmed."""
        given, customer = self.cleaned_data, self.ticket.customer
        names = [] if self.ticket.mask.covers else [name for name in (customer.first_name, customer.name) if name]
        has_files = bool(given["files"] or given["kept"] or "<img" in given["html"])
        found = second_looks(given["text"], has_files=has_files, customer_names=names)
        return [(code, words) for code, words in found if code not in given["confirmed"]]

    @property
    def mentioned(self):
        """The people chosen by a valid form."""
        return [person for person in self.people() if str(person.pk) in self.cleaned_data["mention"]]

    def clean_then(self):
        chosen = self.cleaned_data["then"]
        return next((status for status in self.statuses if str(status.pk) == chosen), None)

    def clean(self):
        cleaned = super().clean()
        # A button of one mode pressed in the other one: a page without our styles, or a form made by hand.
        if (cleaned.get("mode") or self.meant) != self.meant:
            raise forms.ValidationError(_("Choose first whether this is a reply or a note, then send it."))
        if "text" in cleaned:
            cleaned["html"], cleaned["text"] = clean_words(cleaned["text"], cleaned.get("html", ""))
            if len(cleaned["text"]) > TEXT_LIMIT:
                words = _("This is too long: at most %(limit)s signs can be sent.")
                self.add_error("text", words % {"limit": format_number(TEXT_LIMIT)})
        given = any(cleaned.get(name) for name in ("text", "html", "files", "kept"))
        if self.is_said and not given and not self.errors:
            self.add_error("text", _("Write a message first."))
        files = len(cleaned.get("files") or ()) + len(cleaned.get("kept") or ())
        if files > self.ticket.store.max_files:
            self.add_error("files", str(TooManyFiles(files, self.ticket.store.max_files)))
        return cleaned


class FieldsForm(FieldsMixin, OneTimeForm):
    """The owner's fields of one ticket. `version` is the ticket's as the page showed it. Nothing is required: who knows half of it may save half."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args, fields, values, store, version, **kwargs):
        super().__init__(*args, initial={"version": version}, **kwargs)
        limits = UploadLimits(max_bytes=store.max_file_mb * 1_000_000, max_files=1)
        self.add_fields(fields, values=values, optional=True, upload_limits=limits, add_clearing=True)


class _TicketChoiceForm(forms.Form):
    """One choice of the strip. Its error becomes a sentence, since each choice is a button."""

    def __init__(self, *args, access, **kwargs):
        super().__init__(*args, **kwargs)
        self.access, self.ticket = access, access.ticket

    @property
    def complaint(self):
        return next((message for messages in self.errors.values() for message in messages), "")


class AssignmentForm(_TicketChoiceForm):
    """A person's id, “me”, “team:” and a team's id, or an empty word for nobody."""

    TEAM = "team:"

    assignee = forms.CharField(required=False, max_length=24)

    def clean_assignee(self):
        chosen = self.cleaned_data["assignee"]
        if "assignee" not in self.data:
            raise forms.ValidationError(_("Choose somebody."))
        if not chosen:
            return None
        if chosen == "me":
            return self.access.user
        if chosen.startswith(self.TEAM):
            return self._team(read_id(chosen.removeprefix(self.TEAM)))
        person = get_user_model().objects.staff().filter(pk=read_id(chosen)).first()
        if person is None or not may_be_given(person, self.ticket):
            raise forms.ValidationError(_("This person may not see the ticket, so it cannot be given to them."))
        return person

    def _team(self, pk):
        team = teams_who_see(self.ticket).filter(pk=pk).first()
        if team is None:
            raise forms.ValidationError(_("Nobody in this team may see the ticket, so it cannot be given to the team."))
        return team


def read_id(typed):
    """The id that was typed, or None for what cannot be one."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else None


class DepartmentForm(_TicketChoiceForm):
    department = forms.ModelChoiceField(
        Department.objects.none(), error_messages={"invalid_choice": _("This department does not take tickets any more.")}
    )

    def __init__(self, *args, access, **kwargs):
        super().__init__(*args, access=access, **kwargs)
        self.fields["department"].queryset = access.departments_to_pass_to()


class StatusForm(_TicketChoiceForm):
    status = forms.ModelChoiceField(
        Status.objects.none(), error_messages={"invalid_choice": _("This status does not belong to the ticket's department.")}
    )
    version = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args, access, **kwargs):
        super().__init__(*args, access=access, **kwargs)
        self.fields["status"].queryset = Status.objects.kept().filter(workflow=self.ticket.department.workflow_id)


class PriorityForm(_TicketChoiceForm):
    priority = forms.TypedChoiceField(choices=Priority.choices, coerce=int)


class RequestTypeForm(_TicketChoiceForm):
    """A type of the ticket's department, or an empty word for none."""

    request_type = forms.ModelChoiceField(
        RequestType.objects.none(), required=False, error_messages={"invalid_choice": TypeOfAnotherDepartment.message}
    )

    def __init__(self, *args, access, **kwargs):
        super().__init__(*args, access=access, **kwargs)
        self.fields["request_type"].queryset = RequestType.objects.of_department(self.ticket.department)

    def clean(self):
        if "request_type" not in self.data:
            raise forms.ValidationError(_("Choose a request type."))
        return super().clean()


class NewTicketForm(FieldsMixin, OneTimeForm):
    """A ticket that staff write in the customer's name. Departments are those in which the writer may open tickets.

    The owner's fields are all there, and none is required: those of the chosen department are kept.
    """

    department = forms.ModelChoiceField(Department.objects.none(), label=_("Department"), empty_label=_("Choose a department"))
    subject = LineField(label=_("Subject"), limit=200, widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}))
    text = LongTextField(label=_("Message to the customer"), limit=TEXT_LIMIT, widget=forms.Textarea(attrs={"dir": "auto", "rows": 7}))
    priority = forms.TypedChoiceField(label=_("Priority"), choices=Priority.choices, coerce=int, initial=Priority.NORMAL)
    request_type = forms.ModelChoiceField(
        RequestType.objects.none(), required=False, label=_("Request type"), empty_label=pgettext_lazy("request type", "None")
    )
    files = FilesField(label=_("Files"), required=False)

    def __init__(self, *args, user, store, **kwargs):
        super().__init__(*args, **kwargs)
        departments = departments_to_open_in(user)
        self.fields["department"].queryset = departments
        types = RequestType.objects.kept().filter(Q(departments=None) | Q(departments__in=departments)).distinct()
        if types.exists():
            self.fields["request_type"].queryset = types.order_by("position", "pk")
        else:
            del self.fields["request_type"]
        set_limits(self.fields["files"], store)
        fields = [field for field in _fields_to_open_with(user) if field.is_open and field.is_theirs]
        self.add_fields(fields, optional=True, upload_limits=replace(self.fields["files"].limits, max_files=1))
        for field in fields:
            departments = field.departments.all()
            if departments and "data-shown-when" not in self.fields[name_of(field)].widget.attrs:
                only_for(self.fields[name_of(field)], departments)

    def clean(self):
        cleaned = super().clean()
        chosen, department = cleaned.get("request_type"), cleaned.get("department")
        if chosen and department and not RequestType.objects.of_department(department).filter(pk=chosen.pk).exists():
            self.add_error("request_type", TypeOfAnotherDepartment.message)
        return cleaned

    def values_for(self, department):
        """The answers that this department wants to know."""
        asked = {field.pk for field in Field.objects.of_department(department)}
        return {field: value for field, value in self.field_values.items() if field.pk in asked}


def _fields_to_open_with(user):
    theirs = Q(departments=None) | Q(departments__in=departments_to_open_in(user))
    fields = Field.objects.filter(pk__in=Field.objects.kept().filter(theirs, place=FieldPlace.TICKET, in_forms=True).values("pk"))
    return fields.for_reader(user).select_related("shown_when").prefetch_related("departments").order_by("position", "pk")


def only_for(made, departments):
    """Said to the script that hides what other departments ask, and in words for where there is none."""
    made.widget.attrs |= {"data-shown-when": "department", "data-shown-values": " ".join(str(row.pk) for row in departments)}
    words = _("Only for: %(departments)s.") % {"departments": ", ".join(str(row.name) for row in departments)}
    made.help_text = format_html("{} {}", made.help_text, words)


def departments_to_open_in(user):
    return Department.objects.active().filter(pk__in=departments_where(user, DepartmentRight.OPEN).values("pk"))
