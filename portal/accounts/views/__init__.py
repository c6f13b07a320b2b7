"""Pages of the account, by subject. The doors' address lists name what stands here."""

from portal.accounts.views.own import profile
from portal.accounts.views.switches import set_language, set_theme

__all__ = ["profile", "set_language", "set_theme"]
