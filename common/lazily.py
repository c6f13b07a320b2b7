"""Libraries that few requests need, loaded by the first that does: each web process is so many megabytes smaller.

httpx = lazily("httpx")
"""

from importlib import import_module


class lazily:  # noqa: N801  reads as a verb
    """Stands for a module. Whatever is asked of it is asked of the module, which is then imported, once."""

    def __init__(self, name):
        self._name = name

    def __getattr__(self, attribute):
        return getattr(import_module(self._name), attribute)
