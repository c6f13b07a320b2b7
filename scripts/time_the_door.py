"""Measures whether the door answers strangers as fast as people it knows. Needs nothing but a checkout.

    python scripts/time_the_door.py            100 pairs of each way in, known and unknown by turns
    python scripts/time_the_door.py 200

Prints the medians by the clock and of the processor's time (which a busy machine disturbs less), their differences, and
how likely such a difference by the clock is by chance (Mann-Whitney, two-sided). Ends with 1 when one by the clock reaches 5 ms.
"""

import logging
import math
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

LIMIT_MS = 5.0


def prepare():
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    os.environ.update(DATA_DIR=tempfile.mkdtemp(prefix="helpdesk-timing-"), DATABASE_URL="", REDIS_URL="")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helpdesk.settings")
    import django
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    django.setup()
    setup_test_environment()
    logging.disable()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


def make_people(count):
    """Everybody has one hash: what is measured is comparing, not making."""
    from django.contrib.auth import get_user_model
    from django.contrib.auth.hashers import make_password

    from accounts.services import open_account
    from tests.make import make_store

    make_store()
    known = make_password("a long and winding password")
    for n in range(count):
        open_account(name=f"Person {n}", addresses=[f"known{n}@mail.example"], password_hash=known)
    return get_user_model().objects.count()


def ways():
    from django.urls import reverse

    wrong = {"password": "a wrong long password"}
    return {
        "password": lambda address: (reverse("account_login"), {"login": address, **wrong}),
        "code": lambda address: (reverse("account_request_login_code"), {"login": address}),
        "reset": lambda address: (reverse("account_reset_password"), {"login": address}),
        "sign-up": lambda address: (reverse("account_signup"), {"name": "Somebody", "email": address, **wrong}),
    }


def timed(request, number):
    """One request from a network of its own, so that no bound is met."""
    from django.test import Client

    client = Client(REMOTE_ADDR=f"10.{number % 250}.{number // 250 % 250}.{number // 62500}")
    url, data = request
    begun, spent = time.perf_counter(), time.process_time()
    client.post(url, data)
    return (time.perf_counter() - begun) * 1000, (time.process_time() - spent) * 1000


def likelihood(one, other):
    """Two-sided p of the Mann-Whitney test, by the normal approximation."""
    ranks = {}
    everything = sorted((*one, *other))
    for rank, value in enumerate(everything, 1):
        ranks.setdefault(value, []).append(rank)
    total = sum(statistics.mean(ranks[value]) for value in one)
    n, m = len(one), len(other)
    u = total - n * (n + 1) / 2
    return math.erfc(abs(u - n * m / 2) / math.sqrt(n * m * (n + m + 1) / 12) / math.sqrt(2))


def main(pairs):
    prepare()
    from django.conf import settings

    settings.FORM_LEAST_SECONDS = 0
    make_people(pairs)
    worst, number = 0.0, 0
    for name, request in ways().items():
        times = {"known": [], "unknown": []}
        for n in range(pairs):
            for kind in ("known", "unknown") if n % 2 else ("unknown", "known"):
                number += 1
                times[kind].append(timed(request(f"{kind}{n}@mail.example"), number))
        (known, unknown), (known_cpu, unknown_cpu) = (
            [statistics.median(pair[part] for pair in times[kind]) for kind in ("known", "unknown")] for part in (0, 1)
        )
        worst = max(worst, abs(known - unknown))
        chance = likelihood(*([wall for wall, _cpu in times[kind]] for kind in ("known", "unknown")))
        print(
            f"{name:9} clock: known {known:.2f} unknown {unknown:.2f} difference {known - unknown:+.2f} ms, p {chance:.2f}"
            f"   processor: difference {known_cpu - unknown_cpu:+.2f} ms"
        )
    return worst >= LIMIT_MS


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100))
