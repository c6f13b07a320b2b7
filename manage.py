#!/usr/bin/env python
"""The operator's door: `python manage.py help` lists what it can do."""

import os
import sys
from pathlib import Path


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helpdesk.settings")
    from helpdesk.environment import WrongSetting, read_env_file

    try:
        read_env_file(Path(__file__).resolve().parent / ".env")
        from django.core.management import execute_from_command_line

        execute_from_command_line(sys.argv)
    except WrongSetting as error:
        sys.exit(f"helpdesk: {error}")


if __name__ == "__main__":
    main()
