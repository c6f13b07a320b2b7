"""How an attempt to send can end, other than well. Mail and every SMS gateway speak these words."""

from notifications.choices import Reason, State


class NotSent(Exception):
    """Nothing left the house, or it was refused. `remark` holds what the other side said, `after` the seconds it wants to be left alone."""

    def __init__(self, reason=Reason.UNREACHABLE, remark="", *, after=0):
        self.reason, self.remark, self.after = reason, str(remark), after
        super().__init__(f"{reason}: {remark}")


class TemporaryFailure(NotSent):
    """Not now; try again later."""


class PermanentFailure(NotSent):
    """Never, as things are: trying again by itself would change nothing."""


class UnknownOutcome(NotSent):
    """Handed over, but no answer came. It may have arrived, so it is not sent again without a person's word."""

    def __init__(self, remark=""):
        super().__init__(Reason.NO_ANSWER, remark)


class NoLongerWanted(NotSent):
    """The recipient lost the right to it, or the story went on: drop it."""


class NotYet(NotSent):
    """It has to wait until then (an hour that is full, quiet hours, a gateway that rests; `state` gathered: others that leave with it).
    That is no attempt."""

    def __init__(self, until, reason="", remark="", *, state=State.QUEUED):
        self.until, self.state = until, state
        super().__init__(reason, remark)
