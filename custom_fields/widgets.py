"""Inputs that only these fields have."""

from django import forms


class SecretInput(forms.Textarea):
    """What is typed here leaves for the server and never comes back: not after a mistake, not when it is edited."""

    is_secret = True

    def __init__(self):
        super().__init__(attrs={"rows": 2, "dir": "auto", "autocomplete": "off", "spellcheck": "false", "data-secret": ""})

    def format_value(self, value):
        return ""
