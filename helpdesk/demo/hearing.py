"""Who hears what in the demo store: a department that sends no SMS, a customer with quiet hours, a colleague who reads once a day."""

from datetime import time

from notifications.choices import Audience, Channel, Rhythm, Template
from notifications.notice_choices import choose
from notifications.rules import set_rules
from notifications.topics import USUAL, Topic
from notifications.wishes import Wishes, wish


def choose_who_hears(shop, departments, staff, customers):
    told = (str(Template.REOPENED), str(Audience.RESPONSIBLE), str(Channel.MAIL))
    set_rules(shop, {told: True}, by=staff["olga"])
    set_rules(
        shop, {(str(Template.CLOSED), str(Audience.CUSTOMER), str(Channel.SMS)): False}, by=staff["olga"], department=departments["returns"]
    )
    wish(customers["leila"], Wishes(by_mail=False, quiet_from=time(22), quiet_to=time(8), time_zone="Asia/Tehran"), by=staff["negar"])
    choose(staff["bob"], ways=USUAL, watches=[], gathered=[Topic.OPENED, Topic.RATED], rhythm=Rhythm.DAILY, digest_hour=9)
