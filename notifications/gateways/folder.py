"""No gateway yet: each SMS becomes a file in settings.SMS_FOLDER, which the back office shows."""

from django.conf import settings

from notifications.gateways.base import Accepted, Gateway
from notifications.mail_folder import write_file


class Folder(Gateway):
    leaves = False

    def send_checked(self, to, text, *, key, approved, report_to):
        return Accepted(write_file(settings.SMS_FOLDER, ".txt", f"To: {to}\n\n{text}\n".encode()))


def make(config):
    return Folder()
