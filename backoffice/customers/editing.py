"""What is known of a customer, put right. Name and addresses of an account are the account's, so of those only the company is ours."""

from django import forms
from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.choices import Language
from backoffice.customers.ways import go_back, to_manage
from backoffice.pages import desk_page
from common.errors import DeskError
from common.fields import LineField, PhoneField
from customers.services import change_customer
from tickets.search.writing import rename


class CustomerForm(forms.Form):
    name = LineField(label=gettext_lazy("Name"), limit=120, widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}))
    email = forms.EmailField(
        label=gettext_lazy("E-mail"), required=False, max_length=254, widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "off"})
    )
    phone = PhoneField(label=gettext_lazy("Mobile number"), required=False, mobile=True)
    company = LineField(
        label=gettext_lazy("Company"), limit=120, required=False, widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"})
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=Language.choices)

    def __init__(self, *args, customer, store, **kwargs):
        initial = {name: getattr(customer, name) for name in self.base_fields}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["phone"].region = store.phone_region
        if customer.has_account:
            for name in ("name", "email", "phone", "language"):
                del self.fields[name]

    def clean_email(self):
        return self.cleaned_data["email"].lower()


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, pk):
    found = to_manage(request, pk)
    form = CustomerForm(request.POST if request.method == "POST" else None, customer=found, store=request.store)
    if form.is_bound and form.is_valid():
        try:
            rename(change_customer(found, form.cleaned_data, by=request.user))
            messages.success(request, _("The customer is changed."))
            return go_back(found)
        except DeskError as error:
            error.add_to(form)
    context = {"customer": found, "form": form}
    return desk_page(request, "backoffice/customers/edit.html", context, status=422 if form.is_bound else 200)
