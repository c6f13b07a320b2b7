"""Eight processes write into one embedded database at once: no lock errors, nothing lost.

WRITERS_SECONDS=30 makes the run as long as the promise; the suite's is shorter.
"""

import json
import os
import subprocess
import sys

import pytest

from tests import seeded

WRITERS = 8
SECONDS = os.environ.get("WRITERS_SECONDS", "5")


@pytest.mark.once
@pytest.mark.slow
def test_eight_writers_lock_nobody_out_and_lose_nothing(tmp_path):
    data = tmp_path / "data"
    seeded.copy(seeded.data_folder(), data)
    environment = os.environ | {"DATA_DIR": str(data), "DJANGO_SETTINGS_MODULE": "helpdesk.settings", "LOG_LEVEL": "ERROR"}
    environment.pop("DATABASE_URL", None)
    environment.pop("REDIS_URL", None)
    writers = [
        subprocess.Popen([sys.executable, "-m", "tests.faults.eight_writers", SECONDS], env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(WRITERS)
    ]
    told = [json.loads(writer.communicate(timeout=float(SECONDS) + 60)[0]) for writer in writers]

    assert [error for one in told for error in one["errors"]] == []
    numbers = [number for one in told for number in one["numbers"]]
    answered = sum(one["answered"] for one in told)
    count = (
        "from tickets.models import Ticket, Message; from notifications.models import Delivery;"
        "mine = Ticket.objects.filter(subject='Written at once');"
        "print(mine.count(), Message.objects.filter(ticket__in=mine, kind='reply').count(),"
        "Delivery.objects.filter(ticket__in=mine, template='thanks', channel='mail').count())"
    )
    stored = subprocess.run(
        [sys.executable, "manage.py", "shell", "--verbosity", "0", "-c", count],
        env=environment, capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    print(f"eight writers, {SECONDS} s: {len(numbers)} tickets, slowest {max(one['slowest'] for one in told):.2f} s")
    assert len(numbers) == len(set(numbers)) > WRITERS
    assert stored == [str(len(numbers)), str(answered), str(len(numbers))]
