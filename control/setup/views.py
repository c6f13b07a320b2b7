"""The first page of a fresh installation: who owns it. For whoever has the key, and only while nobody exists."""

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from common.errors import DeskError
from common.limits import client_ip, limit_or_refuse, network_of
from control.setup.beginning import begin, is_setup_key, is_untouched
from control.setup.forms import SetupForm


@sensitive_post_parameters("password")
@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def setup(request, key):
    limit_or_refuse(f"setup:{network_of(client_ip(request))}", 60, 600)
    if not is_setup_key(key) or not is_untouched():
        raise Http404
    form = SetupForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            _store, owner = begin(**form.cleaned_data)
        except DeskError as error:
            error.add_to(form)
        else:
            login(request, owner, backend="accounts.backends.AccountBackend")
            return redirect("control:guide")
    return render(request, "control/setup/setup.html", {"form": form}, status=422 if form.is_bound else 200)
