"""Shapes of numbers."""

import re

import pytest
from django.template import Context, Template

from reports.charts.bars import bars_of
from reports.charts.line import Line, Point

pytestmark = pytest.mark.once


def line(*values):
    return Line([Point(f"day {n}", value, number=n + 1, is_few=value == 3) for n, value in enumerate(values)])


def test_the_best_score_is_on_top_and_the_worst_at_the_bottom():
    assert [dot[:2] for dot in line(5, 1).dots] == [("25", "0"), ("75", "100")]


def test_a_gap_is_leapt_over():
    drawn = line(5, None, 1, 1)

    assert drawn.path == "M12.5 0M62.5 100L87.5 100"
    assert len(drawn.dots) == 3


def test_columns_are_measured_by_the_highest():
    assert [float(column[3]) for column in line(5, 5).columns] == [50.0, 100.0]


def test_a_long_line_has_few_labels():
    labels = line(*[4] * 90).labels

    assert len(labels) == 90
    assert sum(bool(words) for words, _is_minor in labels) <= 7
    assert labels[0][0] == "day 0"


def test_nothing_to_draw():
    assert line(None, None).is_empty
    assert Line([]).columns == []
    assert Line([]).labels == []


def test_numbers_in_shapes_are_for_machines_in_every_language():
    from common.moments import reading_as

    with reading_as(language="fa"):
        html = Template("{% load report_charts %}{% line_chart line says unit %}").render(
            Context({"line": line(4.25, 3), "says": "s", "unit": "u"})
        )

    assert all(number.isascii() for number in re.findall(r' (?:d|x|y|width|height)="([^"]*)"', html))
    assert "۵" in html  # the words beside it are for people


def test_a_chart_has_no_style_no_script_and_a_name():
    says = 'Score <b> "x"'
    html = Template("{% load report_charts %}{% line_chart line says unit %}{% bar_table bars says unit unit %}").render(
        Context({"line": line(4, 3), "says": says, "unit": "Ratings", "bars": bars_of([("Good", 3, "", "")])})
    )

    assert "style" not in html
    assert "<script" not in html
    assert 'role="img" aria-label="Score &lt;b&gt;' in html
    assert "<b>" not in html
    assert html.count("chart-hole") == 1  # the point of few is hollow


def test_bars_are_parts_of_all_together():
    bars = bars_of([("Good", 6, "/good/", ""), ("Bad", 2, "", "")])

    assert [(bar.length, bar.share) for bar in bars] == [(75.0, 75.0), (25.0, 25.0)]
    assert [bar.share for bar in bars_of([("Good", 1, "", "")], is_enough=False)] == [None]
    assert [bar.length for bar in bars_of([("Good", 0, "", "")])] == [0]
