"""What the owner wants to know of a customer: read beside the tickets, changed on a page of its own by those who keep customers' data."""

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from backoffice.doors import customer_or_404, may_write_about, require
from backoffice.pages import desk_page
from common.form_keys import OneTimeForm, claim_form
from common.prepared import Prepared
from custom_fields.forms import FieldsMixin
from custom_fields.kinds import kind_of
from custom_fields.models import CustomerValue, Field
from custom_fields.services import customer_values, write_customer_values
from custom_fields.showing import asked_among
from tickets.field_values import Held


class CustomerFieldsForm(FieldsMixin, OneTimeForm):
    def __init__(self, *args, fields, values, **kwargs):
        super().__init__(*args, **kwargs)
        self.add_fields(fields, values=values, optional=True)


def _fields(user):
    return [field for field in Field.objects.of_customers().for_reader(user).select_related("shown_when") if field.is_open]


def held_by(customer, user):
    """The fields about customers with what stands in them, for somebody who may know this one. Two queries."""
    fields = _fields(user)
    if not fields:
        return []
    values = customer_values(customer)
    words = {field.pk: str(kind_of(field).words(field, values[field.pk])) for field in fields if field.pk in values}
    return [Held(field, values.get(field.pk), words.get(field.pk, "")) for field in asked_among(fields, values)]


def _rows_before(customer, user):
    fields = Field.objects.of_customers().for_reader(user).filter(is_open=True)
    rows = CustomerValue.objects.filter(customer=customer, field__in=fields.values("pk")).select_related("field")
    return rows.defer("secret").order_by("field__position", "field", "pk")


@Prepared
def _known_to(customer, reader):
    return _rows_before(customer, get_user_model()(pk=reader))


def known_of(customer, user):
    """What stands in those fields, without the empty ones. One query."""
    alone = getattr(user, "seen_by", None) is None
    by_field = {}
    for row in _known_to(customer=customer.pk, reader=user.pk) if alone else _rows_before(customer.pk, user):
        by_field.setdefault(row.field_id, []).append(row)
    values = [(rows[0].field, kind_of(rows[0].field).read(rows)) for rows in by_field.values()]
    return [Held(field, value, str(kind_of(field).words(field, value))) for field, value in values]


@require_http_methods(["GET", "HEAD", "POST"])
def fields(request, pk):
    customer = customer_or_404(request.user, pk)
    require(may_write_about(request.user, customer), _("You may not write about customers."))
    theirs = [field for field in _fields(request.user) if field.is_theirs]
    require(theirs, _("There is no field here that you may change."))
    data = request.POST if request.method == "POST" else None
    form = CustomerFieldsForm(data, fields=theirs, values=customer_values(customer))
    if form.is_bound and form.is_valid():
        with transaction.atomic():
            sent = claim_form(form, request)
            if sent.is_first:
                write_customer_values(customer, form.field_values)
                sent.finish(reverse("backoffice:customer", args=[pk]))
                messages.success(request, _("The fields are saved."))
        return redirect(sent.outcome_url)
    return desk_page(
        request, "backoffice/customers/fields.html", {"customer": customer, "form": form}, status=422 if form.is_bound else 200
    )
