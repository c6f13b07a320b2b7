"""What stands under answers: of the store, and of a department that wants words of its own."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from control.senders.bounce_forms import SignatureForm
from departments.models import Department
from notifications.models import MailSignature
from notifications.signatures import save_signature, signature_in, variables


@require_safe
def signatures(request, store):
    written = set(MailSignature.objects.filter(store=store).values_list("department", flat=True))
    rows = [(department, department.pk in written) for department in _departments(store)]
    return render(request, "control/senders/signatures.html", {"rows": rows, "has_own": None in written})


@require_http_methods(["GET", "HEAD", "POST"])
def of_store(request, store):
    return _writing(request, store, None)


@require_http_methods(["GET", "HEAD", "POST"])
def of_department(request, store, pk):
    department = _departments(store).filter(pk=pk).first()
    if department is None:
        raise Http404
    return _writing(request, store, department)


def _writing(request, store, department):
    form = SignatureForm(request.POST if request.method == "POST" else None, store=store, row=signature_in(store, department))
    if form.is_bound and form.is_valid():
        save_signature(store, form.words, department=department, by=request.user)
        messages.success(request, _("The signature is saved."))
        return redirect("control:sender_signatures")
    context = {"form": form, "department": department, "variables": variables()}
    return render(request, "control/senders/signature.html", context, status=422 if form.is_bound else 200)


def _departments(store):
    return Department.objects.filter(stores=store, archived_at=None).order_by("position", "pk")
