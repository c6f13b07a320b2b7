"""`python -m scripts.bench.bare`: the bare view as the product is served, on PORT, by WEB_PROCESSES processes, until SIGTERM."""

from django.conf import settings

import scripts.bench.bare.asgi  # noqa: F401  (sets Django up, and is shared by the processes that are forked)
from helpdesk.running import parts
from helpdesk.running.supervisor import Part, Supervisor


def main():
    listener = parts.listen("127.0.0.1", settings.PORT)
    web = [Part("bare view", lambda: parts.web(listener, "scripts.bench.bare.asgi:application")) for _ in range(settings.WEB_PROCESSES)]
    Supervisor(web, end_with_parent=True).run()


if __name__ == "__main__":
    main()
