"""`python -m scripts.bench.finishing`: what a benchmark needs beside the generated set. Added to generated.json under “bench”."""

import json
import os
from collections import Counter
from pathlib import Path


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helpdesk.settings")
    import django

    django.setup()
    from django.conf import settings

    from stores.models import Store

    path = Path(settings.DATA_DIR) / "generated.json"
    facts = json.loads(path.read_text())
    # The owner's limit for one address, as high as it goes: all our customers sit at one.
    Store.objects.update(requests_per_hour=1000)
    facts["bench"] = {"faq_entry": write_faq(), "place": busy_place()}
    path.write_text(json.dumps(facts, indent=1, ensure_ascii=False) + "\n")


def write_faq():
    """The demo store's questions and answers, where there are none. Returns the first one's id."""
    from faq.models import FaqEntry
    from faq.services import write_entry
    from helpdesk.demo.answers import FAQ
    from stores.models import Store

    store = Store.objects.default()
    if not FaqEntry.objects.published_in(store).exists():
        for position, (_department, words, _reads) in enumerate(FAQ):
            write_entry(stores=[store], words=words, position=position)
    return FaqEntry.objects.published_in(store).first().pk


def busy_place():
    """[department, status] with many closed tickets, for the bare view."""
    from tickets.models import Ticket

    closed = Ticket.objects.filter(closed_at__isnull=False, deleted_at=None).order_by("-pk")
    return list(Counter(closed.values_list("department", "status")[:5000]).most_common(1)[0][0])


if __name__ == "__main__":
    main()
