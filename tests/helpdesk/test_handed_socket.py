"""A port that systemd holds is taken from its hands: the third file, for the process it names."""

import os
import socket
import subprocess
import sys

CODE = (
    "import os, sys; os.dup2(int(sys.argv[1]), 3); os.set_inheritable(3, True); os.environ['LISTEN_PID'] = str(os.getpid());"
    "import django; django.setup();"
    "from helpdesk.running.parts import listen; print(listen('127.0.0.1', 1).getsockname()[1])"
)


def test_the_socket_that_was_handed_over_is_listened_on():
    with socket.create_server(("127.0.0.1", 0)) as held:
        number = held.fileno()
        environment = os.environ | {"DJANGO_SETTINGS_MODULE": "helpdesk.settings"}
        done = subprocess.run(
            [sys.executable, "-c", CODE, str(number)], pass_fds=[number], env=environment, capture_output=True, text=True, timeout=120
        )
        assert done.stdout.strip() == str(held.getsockname()[1]), done.stderr
