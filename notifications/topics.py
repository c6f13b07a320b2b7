"""What a member of staff can choose to hear of, and by which ways. One row of the page of choices is one topic."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from notifications.choices import Channel, Template


class Topic(models.TextChoices):
    """In the order of the page."""

    GIVEN = "given", _("A ticket is given to me")
    TEAM = "team", _("A ticket is given to a team of mine")
    OPENED = "opened", _("A new ticket that nobody has comes into my department")
    PASSED_ON = "passed_on", _("A ticket is passed to me or to my department")
    CUSTOMER = "customer", _("The customer writes in a ticket of mine, or it is reopened")
    MENTIONED = "mentioned", _("I am mentioned in a note")
    SHARED = "shared", _("A ticket is shared with me")
    WATCHED = "watched", _("Something happens in a ticket I watch")
    RATED = "rated", _("A ticket of mine is rated")
    EXPORTED = "exported", _("The file of a list is ready")


#: Which topic a message belongs to. What stands nowhere here (codes, news of one's account, emergency access, texts that the owner
#: attached to an action) cannot be switched off.
TOPIC_OF = {
    Template.ASSIGNED: Topic.GIVEN,
    Template.TEAM_ASSIGNED: Topic.TEAM,
    Template.OPENED: Topic.OPENED,
    Template.PASSED_ON: Topic.PASSED_ON,
    Template.CUSTOMER_REPLIED: Topic.CUSTOMER,
    Template.REOPENED: Topic.CUSTOMER,
    Template.MENTIONED: Topic.MENTIONED,
    Template.SHARED: Topic.SHARED,
    Template.WATCHED: Topic.WATCHED,
    Template.RATED: Topic.RATED,
    Template.BAD_RATING: Topic.RATED,
    Template.EXPORTED: Topic.EXPORTED,
}
BELL_ALONE = frozenset({Topic.EXPORTED})
#: By which ways somebody hears who never chose: in the back office of everything, by mail and on their devices of what waits for them.
USUAL = {topic: {Channel.IN_APP, Channel.MAIL, Channel.PUSH} for topic in Topic} | {
    Topic.WATCHED: {Channel.IN_APP},
    Topic.EXPORTED: {Channel.IN_APP},
}


def ways_for(topic):
    """The ways that can be chosen for this topic, in the order of the columns."""
    return [Channel.IN_APP] if topic in BELL_ALONE else [Channel.IN_APP, Channel.PUSH, Channel.MAIL, Channel.SMS]
