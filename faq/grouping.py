"""Answers under their headings: a store's sections in their order, then what stands by department."""

from dataclasses import dataclass, field

from faq.models import FaqSection


@dataclass
class Group:
    """`heading`: a section, a department, or None for what belongs to neither."""

    heading: object
    entries: list = field(default_factory=list)

    @property
    def is_section(self):
        return isinstance(self.heading, FaqSection)

    @property
    def anchor(self):
        return f"{'s' if self.is_section else 'd'}{self.heading.pk if self.heading else 0}"

    @property
    def icon(self):
        return self.heading.icon if self.heading else "question-circle"


def grouped(entries, store):
    """[Group] of these entries, which carry their section and department and come in their order."""
    groups = {}
    for entry in entries:
        heading = heading_of(entry, store)
        groups.setdefault((type(heading).__name__, getattr(heading, "pk", 0)), Group(heading)).entries.append(entry)
    return sorted(groups.values(), key=lambda group: _place(group.heading))


def heading_of(entry, store):
    """Its section, when that is one of this store; else its department."""
    return entry.section if entry.section and entry.section.store_id == store.pk else entry.department


def _place(heading):
    if isinstance(heading, FaqSection):
        return (0, heading.position, heading.pk)
    return (1, heading.position, heading.pk) if heading else (1, -1, 0)
