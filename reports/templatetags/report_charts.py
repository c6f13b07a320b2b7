"""Charts, each with the words that stand beside it. Loaded by the pages of reports."""

from django import template

from reports.tallies import score_words, share_words

register = template.Library()


@register.inclusion_tag("reports/charts/line.html")
def line_chart(line, says, ticks, unit):
    """`says`: one sentence for who hears the page; `ticks`: the words of the heights, the lowest first; `unit`: what the columns count."""
    return {"line": line, "says": says, "ticks": ticks, "unit": unit}


@register.inclusion_tag("reports/charts/bars.html")
def bar_table(bars, title, what, unit):
    """`title`: the caption of the table; `what`, `unit`: over the columns of labels and of numbers."""
    return {"bars": bars, "title": title, "what": what, "unit": unit}


@register.inclusion_tag("reports/charts/change.html")
def change(change):
    """Against the period before: an arrow and its words, never a colour alone."""
    return {"change": change}


@register.filter
def share(value):
    """63%, or a dash where too few answered."""
    return share_words(value)


@register.filter
def score(value):
    """4.3, or a dash where too few answered."""
    return score_words(value)
