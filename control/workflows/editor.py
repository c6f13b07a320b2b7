"""One workflow: its statuses with their actions, as a list and as a picture, and what is wrong with it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language_bidi
from django.views.decorators.http import require_safe

from control.workflows.describing import Described
from control.workflows.parts import Bench
from control.workflows.picture import Picture


@require_safe
def workflow(request, store, pk):
    bench = Bench(request, store, pk)
    context = bench.context()
    faulty = {fault.place.status for fault, _address, _names in context["faults"]}
    picture = Picture(bench.document, from_right=get_language_bidi(), faulty=faulty)
    departments = bench.workflow.departments.filter(archived_at=None).order_by("position", "pk")
    shown = {"picture": picture, "statuses": Described(bench.document).statuses, "departments": list(departments)}
    return render(request, "control/workflows/workflow.html", context | shown)


@require_safe
def colours(request, store, pk):
    """The statuses' own colours as the draft has them: no page carries a style attribute."""
    bench = Bench(request, store, pk)
    rules = [
        f'[data-draft="{status["key"]}"]{{--h:{status["hue"]:g};--c:{0.1 if status["chroma"] is None else status["chroma"]:g}}}'
        for status in bench.document["statuses"]
        if status["hue"] is not None
    ]
    response = HttpResponse("\n".join(rules) + "\n", content_type="text/css; charset=utf-8")
    response["Cache-Control"] = "no-store"
    return response
