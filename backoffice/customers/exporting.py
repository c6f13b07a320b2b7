"""The list of customers as a file: those of the list, with what the tickets say that its reader sees, and no secret ever."""

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from backoffice.customers.lists import (
    CustomerChoice,
    customers_in,
    facts_of,
    fields_for_customers,
    sections_of,
    sorts_for,
)
from backoffice.doors import customers_visible_to, require, sees_nobody
from backoffice.exports.asking import ask
from backoffice.tickets.exporting import IDS_AT_ONCE, cell_of, rights_to_tickets
from common.paging import page_of
from custom_fields.models import CustomerValue, Field, FieldKind
from customers.masking import OPEN
from departments.models import Department
from exports.listing import Listing
from permissions.sight import Sight
from tickets.covering import known_stores


class CustomersListing(Listing):
    """The page asks it as well: which customers, in which order."""

    key = "customers"
    title = gettext_lazy("Customers")
    newest = gettext_lazy("These are the first %(number)s customers.")

    @cached_property
    def sight(self):
        """A page puts its own here."""
        return Sight.of(self.user)

    @property
    def sees_all(self):
        return self.sight.sees_everything

    @property
    def sorts(self):
        return sorts_for(sees_all=self.sees_all)

    @cached_property
    def departments(self):
        return list(Department.objects.active().filter(pk__in=self.sight.departments))

    @cached_property
    def choice_fields(self):
        return fields_for_customers(self.user)

    @cached_property
    def choice(self):
        return CustomerChoice.read(self.given, self.departments, self.choice_fields, sorts=self.sorts)

    @cached_property
    def visible(self):
        return customers_visible_to(self.user)

    @property
    def sections(self):
        return sections_of(self.choice, customers_in(self.choice, self.user, self.visible, sees_all=self.sees_all))

    @property
    def chosen(self):
        return self.choice.given

    @property
    def back(self):
        return reverse("backoffice:customers") + self.choice.query

    def is_open(self):
        return not sees_nobody(self.visible)

    def rights(self):
        fields = sorted(field.pk for field in [*self.fields, *self.choice_fields])
        return rights_to_tickets(self.user) | {"stores": sorted(known_stores(self.user)), "fields": fields}

    @cached_property
    def fields(self):
        fields = Field.objects.of_customers().exclude(kind__in=[FieldKind.SECRET, FieldKind.FILE]).for_reader(self.user)
        return [field for field in fields if field.is_open]

    def ids(self):
        after = ""
        while True:
            page = page_of(self.sections, size=IDS_AT_ONCE, after=after)
            yield [customer.pk for customer in page.rows]
            after = page.after
            if not after:
                return

    def head(self):
        first = [_("Name"), _("Company"), _("E-mail"), _("Mobile number"), _("Language"), _("Account"), _("Customer since")]
        told = [_("Tickets that you see"), _("Of them open"), _("Last message"), _("Last rating")]
        return [*first, *told, *(str(field.label) for field in self.fields)]

    def rows(self, ids):
        found = self.visible.in_bulk(ids)
        facts, values = facts_of(list(found), self.user), self._values(found)
        return [self._row(found[pk], facts.get(pk, (0, 0, None, None)), values.get(pk, {})) for pk in ids if pk in found]

    def _row(self, customer, facts, values):
        return [
            customer.name,
            customer.company,
            customer.email,
            customer.phone,
            customer.get_language_display(),
            _("yes") if customer.has_account else _("no"),
            customer.created_at,
            *facts,
            *(cell_of(field, values.get(field.pk), OPEN) for field in self.fields),
        ]

    def _values(self, customers):
        """{customer id: {field id: [rows]}}"""
        values = {}
        rows = CustomerValue.objects.filter(customer__in=list(customers), field__in=[field.pk for field in self.fields])
        for row in rows.defer("secret").select_related("field").order_by("pk"):
            values.setdefault(row.customer_id, {}).setdefault(row.field_id, []).append(row)
        return values


@require_http_methods(["GET", "HEAD", "POST"])
def customers_export(request):
    """The list of the address, as a file. To whom customer data is closed there is no such page."""
    listing = CustomersListing(request.user, {name: value[:200] for name, value in request.GET.items()})
    if not listing.is_open():
        raise Http404
    require(not request.viewer, _("Looking as a colleague, nothing can be exported."))
    return ask(request, listing)
