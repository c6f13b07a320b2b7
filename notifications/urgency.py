"""Which message leaves first when many wait: a code at the door before an answer, an answer before a survey."""

from django.db import models

from notifications.choices import Template, Urgency

AT_ONCE = frozenset(
    {Template.SIGN_IN_CODE, Template.ADDRESS_CODE, Template.RESET_PASSWORD, Template.ALREADY_REGISTERED, Template.UNKNOWN_ACCOUNT}
)
#: What nobody sits and waits for.
LATER = frozenset({Template.SURVEY, Template.DIGEST})


def urgency_of(template):
    return Urgency.AT_ONCE if template in AT_ONCE else Urgency.LATER if template in LATER else Urgency.USUAL


class UrgencyField(models.PositiveSmallIntegerField):
    """Follows from the template when the row is written, whoever writes it."""

    def pre_save(self, instance, add):
        if add:
            setattr(instance, self.attname, urgency_of(instance.template))
        return super().pre_save(instance, add)
