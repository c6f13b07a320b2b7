"""Charts, each with the words that stand beside it. Loaded by the pages of reports."""

from urllib.parse import urlencode

from django import template

from reports.tallies import score_words, share_words

register = template.Library()


@register.inclusion_tag("reports/charts/line.html")
def line_chart(line, says, unit):
    """`says`: one sentence for who hears the page; `unit`: what the columns count."""
    return {"line": line, "says": says, "ticks": line.ticks, "unit": unit}


@register.inclusion_tag("reports/charts/bars.html")
def bar_table(bars, title, what, unit):
    """`title`: the caption of the table; `what`, `unit`: over the columns of labels and of numbers."""
    return {"bars": bars, "title": title, "what": what, "unit": unit}


@register.inclusion_tag("reports/charts/change.html")
def change(change):
    """Against the period before: an arrow and its words, never a colour alone."""
    return {"change": change}


@register.simple_tag
def by_step(choice, step):
    """The same page with another step of the line."""
    return "?" + urlencode(choice.given | {"by": step})


@register.simple_tag
def report_file(choice, table):
    """Where a table of this report becomes a file."""
    return choice.address("ratings_export", table=table)


@register.filter
def share(value):
    """63%, or a dash where too few answered."""
    return share_words(value)


@register.filter
def score(value):
    """4.3, or a dash where too few answered."""
    return score_words(value)
