"""What a configuration file holds: for each kind of thing its words, its plain settings, and which other things it names by key.

Left out on purpose: secrets, people's rights, tickets and customers. A file can be shown to anybody who may see the settings.
"""

from dataclasses import dataclass, field

from custom_fields.models import Field
from departments.models import Department, RequestType
from faq.models import FaqSection, InfoPage
from notifications.models import ActionText, EventText, MailSignature, MessageRule, MessageSettings
from statuses.models import Status, Workflow
from stores.models import BlockRule, PortalLink, Store


@dataclass(frozen=True)
class Shape:
    """One kind of thing. `known_by`: what tells one from another, of which `maybe` can be empty; refs are single things, many are lists."""

    name: str
    model: type
    known_by: tuple = ("key",)
    words: tuple = ()
    plain: tuple = ()
    refs: dict = field(default_factory=dict)
    many: dict = field(default_factory=dict)
    kept_only: bool = False
    maybe: tuple = ()

    @property
    def names(self):
        return {*self.known_by, *self.words, *self.plain, *self.refs, *self.many}


STORES = Shape(
    "stores", Store,
    words=("name", "welcome", "thanks", "footer", "sender_name", "faq_intro"),
    plain=(
        "is_default", "address", "host", "site_url", "hue", "chroma", "colour", "keeps_light_colour", "languages", "language", "time_zone",
        "calendar", "phone_region", "sender_email", "reply_to", "visitors_may_open", "customers_may_close", "customers_may_reopen", "late_answers_open_new",
        "number_prefix", "number_digits", "retention_months", "requests_per_hour", "faq_look", "captcha", "captcha_public_key", "without_google",
        "max_files", "max_file_mb", "survey_delay_minutes", "undo_seconds",
    ),
)  # fmt: skip
LINKS = Shape("portal_links", PortalLink, ("store", "url"), ("label",), ("icon", "for_customers", "position"), {"store": Store})
RULES = Shape("block_rules", BlockRule, ("store", "kind", "value"), refs={"store": Store})
TEXTS = Shape("action_texts", ActionText, words=("subject", "body", "sms"), plain=("name",), kept_only=True)
EVENTS = Shape("event_texts", EventText, ("store", "template"), ("subject", "body", "sms"), ("carries_answer",), {"store": Store})
DEPARTMENTS = Shape(
    "departments", Department,
    words=("name", "description"),
    plain=(
        "icon", "position", "is_public", "assignment", "only_present", "most_open", "form_address", "form_published", "switches",
        "answer_hours",
    ),
    refs={"workflow": Workflow},
    many={"stores": Store},
)  # fmt: skip
TYPES = Shape(
    "request_types", RequestType,
    words=("name",), plain=("icon", "is_after_sale", "in_forms", "position"), many={"departments": Department}, kept_only=True,
)  # fmt: skip
RULES_OF_MESSAGES = Shape(
    "message_rules", MessageRule, ("store", "department", "template", "audience", "channel"),
    plain=("is_on",), refs={"store": Store, "department": Department}, maybe=("department",),
)  # fmt: skip
LIMITS_OF_MESSAGES = Shape(
    "message_settings", MessageSettings, ("store",), plain=("flood_mails", "flood_minutes", "answers_minutes"), refs={"store": Store}
)
SIGNATURES = Shape(
    "signatures", MailSignature, ("store", "department"), ("text",), refs={"store": Store, "department": Department}, maybe=("department",)
)
FIELDS = Shape(
    "fields", Field,
    words=("label", "help"),
    plain=(
        "place", "kind", "options", "is_required", "in_forms", "in_lists", "customer_access", "shown_when_values", "wiped_after_days",
        "position",
    ),
    refs={"shown_when": Field},
    many={"departments": Department, "required_in": Status},
    kept_only=True,
)  # fmt: skip
SECTIONS = Shape("faq_sections", FaqSection, words=("name", "description"), plain=("icon", "position"), refs={"store": Store})
PAGES = Shape(
    "information_pages", InfoPage, words=("title",), plain=("address", "body", "in_menu", "is_published", "position"), refs={"store": Store}
)

#: Before the workflows, which name texts and fields; and after them, for departments follow one. The order in which things are written.
BEFORE_WORKFLOWS = [STORES, LINKS, RULES, EVENTS, TEXTS, SECTIONS, PAGES]
AFTER_WORKFLOWS = [DEPARTMENTS, TYPES, RULES_OF_MESSAGES, LIMITS_OF_MESSAGES, SIGNATURES]
SHAPES = {shape.name: shape for shape in [*BEFORE_WORKFLOWS, FIELDS, *AFTER_WORKFLOWS]}
#: All names a file may have at its top.
PARTS = [
    "helpdesk",
    *[shape.name for shape in BEFORE_WORKFLOWS],
    "fields",
    "workflows",
    "departments",
    "request_types",
    "message_rules",
    "message_settings",
    "signatures",
    "questions",
    "prepared_answers",
]
