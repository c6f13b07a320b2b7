"""Pictures of numbers as SVG, drawn on the server. Shapes alone are drawn: every word beside them is a word of the page.

So a chart has no inline style and no script, turns with the direction of the page, follows its colours, prints, and reads at any width.
Beside each one stands its table, with the same numbers (docs/decisions/0033-charts-of-our-own.md).
"""
