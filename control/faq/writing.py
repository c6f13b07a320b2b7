"""What the editor of answers and pages asks the server: how a text will look, and to keep a picture."""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.choices import Language
from common.errors import DeskError
from common.limits import limit_or_refuse
from common.markdown import markdown_to_html
from control.faq.forms import PictureForm
from faq.models import FaqImage
from faq.pictures import as_markdown, keep_picture

FROM_EDITOR = "markdown-editor"
SHOWN = 60


@require_POST
def preview(request, store):
    """One text for the editor; without script, on a page of its own, all languages of the form."""
    if request.headers.get("X-Requested-With") == FROM_EDITOR:
        return render(request, "control/faq/_preview.html", {"html": markdown_to_html(request.POST.get("text", ""))})
    fields = [(code, request.POST.get(f"line_{code}", ""), request.POST.get(f"text_{code}", "")) for code in store.languages_to_write_in]
    texts = [(code, Language(code).label, line, markdown_to_html(text)) for code, line, text in fields if line or text]
    return render(request, "control/faq/preview.html", {"texts": texts})


@require_http_methods(["GET", "HEAD", "POST"])
def pictures(request, store):
    """Pictures for answers and pages. The editor sends one and gets what stands for it; by hand it is copied from here."""
    form = PictureForm(request.POST or None, request.FILES or None) if request.method == "POST" else PictureForm()
    if form.is_bound:
        limit_or_refuse(f"faq pictures:{request.user.pk}", 120, 3600)
        kept, words = _keep(request, store, form)
        if request.headers.get("X-Requested-With") == FROM_EDITOR:
            return JsonResponse({"markdown": as_markdown(kept)} if kept else {"error": words}, status=201 if kept else 422)
        if kept:
            messages.success(request, _("The picture is there. Copy what stands below it into your text."))
            return redirect("control:faq_pictures")
    rows = [(picture, as_markdown(picture)) for picture in FaqImage.objects.filter(store=store).order_by("-created_at", "-pk")[:SHOWN]]
    return render(request, "control/faq/pictures.html", {"form": form, "pictures": rows}, status=422 if form.is_bound else 200)


def _keep(request, store, form):
    """(the picture, "") or (None, what is wrong with the file)."""
    if not form.is_valid():
        return None, " ".join(error for errors in form.errors.values() for error in errors)
    try:
        return keep_picture(form.cleaned_data["picture"], store=store, by=request.user), ""
    except DeskError as error:
        form.add_error("picture", str(error))
        return None, str(error)
