"""Trying Google's keys: what Google itself says of them, in a sentence. Also what to say of the last time it could not be asked."""

from django.utils.translation import gettext as _

from common.google_captcha import ODD, SLOW, UNREACHABLE, WRONG_KEYS, GoogleIsAway, ask_google

# Nobody ticked a box for this; with the right key Google refuses the answer, with a wrong one the key.
NO_ANSWER = "no-box-was-ticked"


def try_keys(secret_key):
    """(tone of the callout, sentence)."""
    if not secret_key:
        return "danger", _("There is no secret key to try. Write it into its field first.")
    try:
        ask_google(NO_ANSWER, private_key=secret_key)
    except GoogleIsAway as away:
        return "danger", said_of(away.why)
    return "ok", _("Google answered and knows the secret key. Whether the site key fits shows in the box on the form itself.")


def said_of(why):
    """Why Google could not be asked."""
    return {
        UNREACHABLE: _("Google is out of reach from this server. A filtered network, a firewall or a fault of the line may be the cause."),
        SLOW: _("Google did not answer within three seconds."),
        WRONG_KEYS: _("Google answered that it does not know this secret key. Copy it again; the site key does not go there."),
        ODD: _("Something answered in Google’s place, but not what Google says. Perhaps the network filters it."),
    }.get(why, "")
