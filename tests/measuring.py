"""A database of its own for a measuring script: SQLite in a new folder, or PostgreSQL."""

import logging
import os
import sys
import tempfile

from tests.servers import Postgres, new_database


def prepare(databases, name):
    """Migrate a new database and set Django up for it. `databases` (an ExitStack) drops it at the end. Returns which kind it is.

    With --postgres among the arguments it starts a server of its own; DATABASE_URL names another one.
    """
    server = os.environ.get("DATABASE_URL", "")
    if "--postgres" in sys.argv:
        server = databases.enter_context(Postgres()).url()
    if server.startswith("postgres"):
        server = databases.enter_context(new_database(server, f"{name}_{os.getpid()}"))
    else:
        server = ""
    os.environ.update(DATA_DIR=tempfile.mkdtemp(prefix=f"helpdesk-{name}-"), DATABASE_URL=server, REDIS_URL="", LOG_LEVEL="ERROR")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helpdesk.settings")
    import django
    from django.core.management import call_command
    from django.db import connection
    from django.test.utils import setup_test_environment

    django.setup()
    setup_test_environment()
    logging.disable()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    databases.callback(connection.close)
    return "PostgreSQL" if server else "SQLite"
