"""What law asks of whoever keeps data about people: handing all of it out, and erasing it. Both by a right of their own."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backoffice.doors import customer_or_404, customers_visible_to, require
from backoffice.pages import desk_page
from common.errors import DeskError
from common.fields import LineField
from common.form_keys import OneTimeForm, claim_form
from custom_fields.models import Field, FieldKind
from custom_fields.services import customer_values
from customers.erasing import erase_customer
from customers.errors import CustomerIsGone
from customers.models import Erasure, ErasureMode
from exports.choices import Format
from exports.listing import Listing
from exports.services import ask_for_export
from notifications.handing_out import what_is_known
from notifications.models import Delivery
from permissions.querysets import stores_where
from permissions.rights import StoreRight
from surveys.models import AnswerRating, Survey, SurveyAnswer
from tickets.choices import MessageKind
from tickets.models import Attachment, Ticket

AT_ONCE = 200


def may_handle(user, customer):
    """Takes the right in every store this customer wrote to: what is handed out or erased is all of it."""
    stores = set(stores_where(user, StoreRight.ERASE_CUSTOMERS).values_list("pk", flat=True))
    return bool(stores) and not Ticket.objects.filter(customer=customer).exclude(store__in=stores).exists()


def _to_handle(request, pk):
    found = customer_or_404(request.user, pk)
    require(
        may_handle(request.user, found), _("You may not export or erase customers' data: that takes a right of its own, in every store.")
    )
    require(not request.viewer, _("Looking as a colleague, nothing can be exported."))
    return found


class PersonalData(Listing):
    """All that a customer gave us and was told, as one archive: plain data and files. Notes of staff are not theirs and stay here."""

    key = "personal"
    title = gettext_lazy("Data of a customer")
    newest = gettext_lazy("These are the first %(number)s parts.")

    @property
    def customer(self):
        pk = str(self.given.get("customer", ""))
        visible = customers_visible_to(self.user)
        return visible.filter(pk=int(pk)).first() if pk.isascii() and pk.isdigit() and len(pk) < 19 else None

    @property
    def chosen(self):
        return {"customer": str(self.customer.pk)} if self.customer else {}

    @property
    def back(self):
        return reverse("backoffice:customer", args=[self.customer.pk])

    def is_open(self):
        customer = self.customer
        return customer is not None and may_handle(self.user, customer)

    def rights(self):
        return {"erasing": sorted(stores_where(self.user, StoreRight.ERASE_CUSTOMERS).values_list("pk", flat=True))}

    def ids(self):
        last = 0
        while True:
            tickets = Ticket.objects.kept().filter(customer=self.customer, pk__gt=last).order_by("pk")
            pks = list(tickets.values_list("pk", flat=True)[:AT_ONCE])
            if not pks:
                return
            yield pks
            last = pks[-1]

    def head(self):
        customer = self.customer
        fields = {field.pk: field for field in Field.objects.of_customers().exclude(kind__in=[FieldKind.SECRET, FieldKind.FILE])}
        facts = {
            "name": customer.name,
            "email": customer.email,
            "phone": customer.phone,
            "company": customer.company,
            "language": customer.language,
            "customer_since": customer.created_at,
            "has_account": customer.has_account,
            "organisation": str(customer.organisation or ""),
            "fields": {str(fields[pk].label): value for pk, value in customer_values(customer).items() if pk in fields},
            "blocks": list(customer.blocks.values("created_at", "ends_at", "ended_at", "words")),
        }
        facts |= what_is_known(customer)
        return [("customer.json", facts)]

    def rows(self, ids):
        found = (
            Ticket.objects.kept().filter(customer=self.customer).select_related("store", "department", "status", "customer").in_bulk(ids)
        )
        files = Attachment.objects.known_to_customers().filter(message__ticket__in=found).select_related("message").order_by("created_at")
        by_ticket = {}
        for attachment in files:
            by_ticket.setdefault(attachment.message.ticket_id, []).append(attachment)
        for pk in ids:
            if pk in found:
                ticket, theirs = found[pk], by_ticket.get(pk, [])
                yield f"tickets/{ticket.number}.json", _plain(ticket, theirs)
                for attachment in theirs:
                    yield _place(ticket, attachment), attachment.file


def _place(ticket, attachment):
    """A random beginning, so that no name of a file leads out of the archive or meets another one."""
    safe = "".join(letter if letter.isalnum() or letter in "._- " else "_" for letter in attachment.name).strip(". ") or "file"
    return f"files/{ticket.number}/{attachment.pk.hex[:8]}-{safe[-100:]}"


def _rating(survey):
    """What they said after one closing: the number, their words, and what they answered to the questions of the store, as those read then."""
    said = [
        {"question": str(answer.wording), "number": answer.number, "chosen": answer.chosen_words, "text": answer.text}
        for answer in survey.answers.all()
    ]
    return {"score": survey.score, "comment": survey.comment, "answers": said}


def _ratings(ticket):
    """After each closing they answered, the newest first. A rating without its survey is a number alone."""
    answers = Prefetch("answers", SurveyAnswer.objects.select_related("wording").order_by("pk"))
    surveys = Survey.objects.filter(ticket=ticket, answered_at__isnull=False).prefetch_related(answers).order_by("-answered_at", "-pk")
    alone = [{"score": ticket.rating, "comment": "", "answers": []}] if ticket.rating else []
    return [_rating(survey) for survey in surveys] or alone


def _plain(ticket, files):
    said = ticket.messages.exclude(kind=MessageKind.NOTE).select_related("author", "customer").order_by("created_at", "pk")
    by_message = {}
    for attachment in files:
        by_message.setdefault(attachment.message_id, []).append(_place(ticket, attachment))
    told = _ratings(ticket)
    ratings = AnswerRating.objects.filter(ticket=ticket)
    helped = {rating.message_id: {"score": rating.score, "comment": rating.comment, "at": rating.answered_at} for rating in ratings}
    sent = Delivery.objects.filter(ticket=ticket, customer=ticket.customer_id).order_by("created_at", "pk")
    return {
        "number": ticket.number,
        "store": str(ticket.store),
        "department": str(ticket.department),
        "status": str(ticket.status.portal_name),
        "subject": ticket.subject,
        "opened_at": ticket.created_at,
        "closed_at": ticket.closed_at,
        "fields": _fields(ticket),
        "rating": told[0] if told else None,
        "earlier_ratings": told[1:],
        "messages": [
            {
                "from": "customer" if message.is_from_customer else "staff",
                "name": str(message.customer if message.is_from_customer else message.author or ""),
                "at": message.created_at,
                "text": message.body_text,
                "files": by_message.get(message.pk, []),
                "helped": helped.get(message.pk),
            }
            for message in said
        ],
        "messages_sent": [
            {"about": delivery.template, "by": delivery.channel, "to": delivery.address, "at": delivery.created_at, "state": delivery.state}
            for delivery in sent
        ],
    }


def _fields(ticket):
    rows = ticket.values.exclude(field__kind__in=[FieldKind.SECRET, FieldKind.FILE]).exclude(field__customer_access="none")
    told = {}
    for row in rows.select_related("field"):
        value = row.text or row.option or row.number or row.date
        told.setdefault(str(row.field.label), []).append(value)
    return told


@require_POST
def archive(request, pk):
    """Have the archive made; it waits under “My files” for two days, for who asked."""
    found = _to_handle(request, pk)
    if found.is_gone:
        raise CustomerIsGone()
    ask_for_export(PersonalData(request.user, {"customer": str(found.pk)}), format=Format.ZIP, by=request.user)
    messages.success(request, _("The archive is being prepared. You hear of it when it is ready."))
    return redirect("backoffice:exports")


class ErasureForm(OneTimeForm):
    mode = forms.ChoiceField(
        label=gettext_lazy("What is erased"), choices=ErasureMode.choices, initial=ErasureMode.TEXTS, widget=forms.RadioSelect
    )
    reason = LineField(
        label=gettext_lazy("Reason"),
        limit=300,
        help_text=gettext_lazy("Kept in the certificate and in the audit log. Name nobody here."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    name = LineField(
        label=gettext_lazy("The customer’s name, typed by hand"),
        limit=254,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off", "spellcheck": "false"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def erasure(request, pk):
    """Ask twice, then erase for good. Of an erased customer it is the certificate."""
    found = _to_handle(request, pk)
    if found.erased_at:
        return redirect("backoffice:erasure", pk)
    form = ErasureForm(request.POST if request.method == "POST" else None)
    complaint = ""
    if form.is_bound and form.is_valid():
        try:
            return redirect(_erase(request, found, form.cleaned_data, form))
        except DeskError as error:
            error.add_to(form)
    context = {"customer": found, "form": form, "complaint": complaint}
    return desk_page(request, "backoffice/customers/erasure.html", context, status=422 if form.is_bound else 200)


@transaction.atomic
def _erase(request, found, given, form):
    sent = claim_form(form, request)
    if sent.is_first:
        erase_customer(found, mode=given["mode"], reason=given["reason"], name=given["name"], by=request.user)
        sent.finish(reverse("backoffice:erasure", args=[found.pk]))
        messages.success(request, _("The data are erased."))
    return sent.outcome_url


COUNTED = {
    "customers": gettext_lazy("Customer rows"),
    "accounts": gettext_lazy("Accounts"),
    "tickets": gettext_lazy("Tickets, of which number and days stay"),
    "messages": gettext_lazy("Messages"),
    "files": gettext_lazy("Files"),
    "fields": gettext_lazy("Filled-in fields"),
    "deliveries": gettext_lazy("Messages sent: addresses and facts"),
    "inbound_sms": gettext_lazy("SMS received: numbers and words"),
    "comments": gettext_lazy("Comments beside ratings"),
    "notes": gettext_lazy("Notes and warnings"),
    "blocks": gettext_lazy("Blocks"),
    "reveals": gettext_lazy("Reveals"),
    "history": gettext_lazy("Lines of the customer’s history"),
    "held": gettext_lazy("Held requests"),
    "exports": gettext_lazy("Files of lists"),
    "others": gettext_lazy("Other rows"),
}


@require_safe
def certificate(request, pk):
    """What was erased and what stays, without a name. For whoever may erase, and for nobody else."""
    found = customer_or_404(request.user, pk)
    require(
        may_handle(request.user, found), _("You may not export or erase customers' data: that takes a right of its own, in every store.")
    )
    done = Erasure.objects.select_related("erased_by").filter(customer=found).first()
    if done is None:
        raise Http404
    counts = [(words, done.counts[key]) for key, words in COUNTED.items() if done.counts.get(key)]
    return desk_page(request, "backoffice/customers/certificate.html", {"customer": found, "erasure": done, "counts": counts})
