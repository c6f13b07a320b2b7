"""Every setting, in fixed sections, read from the environment (see .env.example).

What a store owner may wish to change is a row edited in pages, not a setting.
"""

from datetime import timedelta
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from helpdesk.environment import (
    WrongSetting,
    env_bool,
    env_choice,
    env_curve_key,
    env_database,
    env_int,
    env_list,
    env_mail_server,
    env_redis,
    env_seconds,
    env_secret,
    env_str,
)
from helpdesk.environment_sms import env_sms
from stores.hosts import HostsOfStores

# --- Places -----------------------------------------------------------------------------------------
BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env_str("DATA_DIR", str(BASE_DIR / "data"))).resolve()
try:
    DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
except OSError as error:
    raise WrongSetting(f"DATA_DIR is “{DATA_DIR}”, a folder that cannot be made ({error.strerror}).") from error

# --- Safety -----------------------------------------------------------------------------------------
DEBUG = env_bool("DEBUG", False)
SECRET_KEY = env_secret("SECRET_KEY", folder=DATA_DIR)
SECRET_KEY_FALLBACKS = env_list("SECRET_KEY_FALLBACKS")
# Encrypts what the database keeps secret. Losing it loses those values; it never enters a backup of the database.
ENCRYPTION_KEY = env_secret("ENCRYPTION_KEY", folder=DATA_DIR)
# By it push services know this help desk. Losing it ends every device's subscription.
VAPID_PRIVATE_KEY = env_curve_key("VAPID_PRIVATE_KEY", folder=DATA_DIR)

LISTEN_ON = env_str("LISTEN_ON", "127.0.0.1")
PORT = env_int("PORT", 8000, least=1, most=65535)
SITE_URL = env_str("SITE_URL", f"http://127.0.0.1:{PORT}").rstrip("/")
if urlsplit(SITE_URL).scheme not in {"http", "https"} or not urlsplit(SITE_URL).hostname:
    raise WrongSetting(f"SITE_URL is “{SITE_URL}”, but takes an address such as https://help.example.com.")
HTTPS = SITE_URL.startswith("https://")
ALLOWED_HOSTS = [*env_list("ALLOWED_HOSTS", [urlsplit(SITE_URL).hostname, "127.0.0.1", "localhost"]), HostsOfStores()]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
TRUSTED_PROXIES = env_int("TRUSTED_PROXIES", 0, most=5)
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_ENGINE = "accounts.sessions"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = env_int("HSTS_SECONDS", 3600 if HTTPS else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = False
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "report-uri": "/csp-report/",
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000  # an owner with forty departments sends some six hundred boxes
DATA_UPLOAD_MAX_NUMBER_FILES = 40
FILE_UPLOAD_MAX_MEMORY_SIZE = 512 * 1024
# A whole request with its files; what one file may have is the owner's choice in the pages.
REQUEST_MAX_BYTES = env_int("REQUEST_MAX_MB", 250, least=1, most=5000) * 1_000_000
CSRF_FAILURE_VIEW = "common.error_pages.csrf_failure"

# --- Apps, from the ground floor up -----------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "guardian",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "django_htmx",
    "django_recaptcha",
    "csp",
    "common",
    "accounts",
    "audit",
    "stores",
    "customers",
    "statuses",
    "departments",
    "custom_fields",
    "permissions",
    "faq",
    "tickets",
    "notifications",
    "surveys",
    "automations",
    "reports",
    "exports",
    "portal",
    "backoffice",
    "control",
    "callbacks",
    "helpdesk",
]

MIDDLEWARE = [
    "helpdesk.health.HealthMiddleware",
    "common.middleware.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "common.compression.PageCompressionMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "stores.middleware.StoreMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.ReaderMiddleware",
    "audit.middleware.AuditMiddleware",
    "permissions.middleware.ViewAsMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "common.middleware.CalmErrorsMiddleware",
]

ROOT_URLCONF = "helpdesk.urls"
PORTAL_URLCONF = "helpdesk.portals.portal_under"  # the same, with the portal under a word
ASGI_APPLICATION = "helpdesk.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "helpdesk.context.page",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "common.templatetags.components",
                "common.templatetags.formats",
                "common.templatetags.kept_parts",
                "common.templatetags.quick",
                "notifications.templatetags.devices",
            ],
        },
    },
]
FORM_RENDERER = "common.form_drawing.FieldRenderer"
CRISPY_ALLOWED_TEMPLATE_PACKS = "desk"
CRISPY_TEMPLATE_PACK = "desk"
# How long a customer waits for Google's word, in seconds; the host may be www.recaptcha.net, where google.com is filtered.
RECAPTCHA_VERIFY_REQUEST_TIMEOUT = 3
RECAPTCHA_DOMAIN = env_choice("RECAPTCHA_DOMAIN", "www.google.com", choices=["www.google.com", "www.recaptcha.net"])
SILENCED_SYSTEM_CHECKS = [
    # E-mail addresses are unique without regard to case, by a constraint that this check does not read.
    "auth.W004",
    # Google's keys are an owner's choice; captcha is off until both are set.
    "django_recaptcha.recaptcha_test_key_error",
    # Whether to serve by HTTPS is SITE_URL's word; the doctor says so when it is not.
    "security.W004",
    "security.W008",
    "security.W012",
    "security.W016",
    # Other names under the domain are not ours to promise.
    "security.W005",
    "security.W021",
]

# --- Database ---------------------------------------------------------------------------------------
DATABASES = {"default": env_database("DATABASE_URL", f"sqlite:///{DATA_DIR / 'helpdesk.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # BEGIN IMMEDIATE and a long patience: with Django's default, eight writers meet “database is locked”.
        # FULL: what was accepted is kept even when the power fails.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-8000;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"]["OPTIONS"] = {"pool": {"min_size": 1, "max_size": env_int("DATABASE_POOL", 8, least=1, most=100), "timeout": 10}}
# What was asked so often is kept by PostgreSQL with its plan (common/planned.py). Older poolers between us lose it: 0 is never.
PREPARE_AFTER = env_int("PREPARE_AFTER", 3, least=0, most=1000)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Cache, broker, workers -------------------------------------------------------------------------
REDIS_URL = env_redis("REDIS_URL")
if REDIS_URL:
    CACHES = {
        "default": {
            "BACKEND": "common.caching.ForgivingRedisCache",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": "helpdesk",
            "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 1},
        }
    }
    CELERY_BROKER_URL = env_str("BROKER_URL", REDIS_URL)
else:
    # One web process in the embedded set, so counters in its memory are shared by all its threads. Django's default keeps
    # 300 entries: whoever makes more would wash away the limits, and the captchas that were used.
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 50_000}}}
    CELERY_BROKER_URL = env_str("BROKER_URL", "folder://")
WEB_PROCESSES = env_int("WEB_PROCESSES", 1, least=1, most=64)
WORKER_PROCESSES = env_int("WORKER_PROCESSES", 1, least=1, most=64)
WORKER_THREADS = env_int("WORKER_THREADS", 4, least=1, most=200)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
# A worker looks into the folder only so often, so it takes a handful at a time; Redis hands over one by one.
CELERY_WORKER_PREFETCH_MULTIPLIER = 4 if CELERY_BROKER_URL.startswith("folder") else 1
CELERY_TASK_TIME_LIMIT = 300
CELERY_TIMEZONE = "UTC"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A dead broker must not hold a page: give up at once, the clock finds the row.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {"socket_connect_timeout": 0.5, "socket_timeout": 1.5, "max_retries": 0}
    if CELERY_BROKER_URL.startswith(("redis", "rediss"))
    else {"folder": str(DATA_DIR / "broker")}
    if CELERY_BROKER_URL.startswith("folder")
    else {}
)
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "clock")
SWEEP_SECONDS = env_int("SWEEP_SECONDS", 20, least=1, most=3600)
CELERY_BEAT_SCHEDULE = {
    "note-heartbeat": {"task": "helpdesk.tasks.note_heartbeat", "schedule": timedelta(seconds=30)},
    "place-new-words": {"task": "helpdesk.tasks.place_new_words", "schedule": timedelta(seconds=15)},
    "sweep-deliveries": {
        "task": "notifications.tasks.sweep",
        "schedule": timedelta(seconds=SWEEP_SECONDS),
    },
    "ask-sms-gateways": {"task": "notifications.tasks.ask_gateways", "schedule": timedelta(minutes=5)},
    "deal-with-inbound-sms": {"task": "notifications.tasks.deal_with_waiting", "schedule": timedelta(seconds=60)},
    "look-after-messages": {"task": "notifications.tasks.look", "schedule": timedelta(seconds=60)},
    "forget-steps-of-messages": {"task": "notifications.tasks.forget_steps", "schedule": timedelta(hours=6)},
    "read-bounces": {
        "task": "notifications.tasks.read_bounces",
        "schedule": timedelta(seconds=env_int("BOUNCE_SECONDS", 120, least=1, most=3600)),
    },
    "remove-deleted-tickets": {"task": "tickets.tasks.remove_deleted", "schedule": timedelta(hours=6)},
    "end-held-requests": {"task": "tickets.tasks.end_held_requests", "schedule": timedelta(hours=6)},
    "remove-overdue-tickets": {"task": "tickets.tasks.remove_overdue", "schedule": timedelta(hours=1)},
    "wipe-secrets": {"task": "tickets.tasks.wipe_secrets", "schedule": timedelta(hours=1)},
    "wake-snoozed-tickets": {"task": "tickets.tasks.wake_due", "schedule": timedelta(seconds=60)},
    "forget-bulk-runs": {"task": "tickets.tasks.forget_runs", "schedule": timedelta(hours=6)},
    "forget-old-drafts": {"task": "tickets.tasks.forget_old_drafts", "schedule": timedelta(hours=6)},
    "send-due-replies": {"task": "tickets.tasks.send_due_replies", "schedule": timedelta(seconds=SWEEP_SECONDS)},
    "announce-missed-events": {"task": "tickets.tasks.announce_missed", "schedule": timedelta(seconds=60)},
    "send-due-surveys": {
        "task": "surveys.tasks.send_due",
        "schedule": timedelta(seconds=env_int("SURVEY_SWEEP_SECONDS", 60, least=1, most=3600)),
    },
    "clear-kept-files": {"task": "portal.tasks.clear_kept_files", "schedule": timedelta(hours=1)},
    "do-timed-actions": {"task": "automations.tasks.fire_due_actions", "schedule": timedelta(seconds=60)},
    "sweep-exports": {"task": "exports.tasks.sweep", "schedule": timedelta(seconds=60)},
    "remove-stray-exports": {"task": "exports.tasks.remove_strays", "schedule": timedelta(hours=1)},
    "end-grants": {"task": "permissions.tasks.end_grants", "schedule": timedelta(seconds=60)},
    "clear-expired": {"task": "common.tasks.clear_expired", "schedule": timedelta(hours=6)},
    "clear-old-codes": {"task": "accounts.tasks.clear_old_codes", "schedule": timedelta(hours=6)},
}

# --- Messages ---------------------------------------------------------------------------------------
MAIL_FOLDER = DATA_DIR / "mail"
SMS_FOLDER = DATA_DIR / "sms"
_mail_server = env_mail_server("EMAIL_URL")
if _mail_server:
    for _name, _value in _mail_server.items():
        globals()[_name] = _value
else:
    EMAIL_BACKEND = "notifications.mail_folder.FolderBackend"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env_str("DEFAULT_FROM_EMAIL", f"help@{urlsplit(SITE_URL).hostname if HTTPS else 'narvan.example'}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
MESSAGE_ID_HOST = parseaddr(DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
if not MESSAGE_ID_HOST:
    raise WrongSetting(f"DEFAULT_FROM_EMAIL is “{DEFAULT_FROM_EMAIL}”, but takes an address such as help@shop.example.")
SMS_GATEWAY, SMS = env_sms()
# What owners type into a page is a host of the internet; a mail server beside this one is the operator's to allow.
ALLOW_PRIVATE_HOSTS = env_bool("ALLOW_PRIVATE_HOSTS", False)
# Where notices on devices may be sent: the push services of the browsers there are. A browser tells us the address, so others are refused.
PUSH_SERVICES = env_list(
    "PUSH_SERVICES",
    ["fcm.googleapis.com", "jmt17.google.com", ".push.services.mozilla.com", ".notify.windows.com", ".push.apple.com"],
)
# So long a worker may hold a message. After that another one takes it, so it must be well above what sending takes.
DELIVERY_LEASE_SECONDS = env_int("DELIVERY_LEASE_SECONDS", 120, least=4, most=3600)
# Seconds before the second, third, … attempt. After the last one the message has failed.
DELIVERY_PAUSES = env_seconds("DELIVERY_PAUSES", [30, 60, 180, 600, 1800, 3600, 10800])
TICKET_REACTIONS = "helpdesk.reactions.REACTIONS"
EXPORTED_LISTS = "helpdesk.exported.LISTS"
PALETTE_PLACES = "helpdesk.palette.places"

# --- People -----------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "accounts.backends.AccountBackend",
    "guardian.backends.ObjectPermissionBackend",
]
ANONYMOUS_USER_NAME = None  # guardian's own anonymous person would stand in lists of people
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email", "phone")},
    },
    {"NAME": "accounts.passwords.LongEnough", "OPTIONS": {"min_length": 8}},
    {"NAME": "accounts.passwords.NotCommon"},
    {"NAME": "accounts.passwords.NotOnlyDigits"},
]
LOGIN_URL = "account_login"
# Where somebody who views as a colleague sees what the colleague sees.
VIEW_AS_PATHS = ("/desk/", "/files/")
# What staff are refused here stands in the audit log.
PERSONAL_DATA = "helpdesk.personal_data.PARTS"
REFUSALS_NOTED_ON = ("/desk/", "/control/")
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "portal:home"
ACCOUNT_ADAPTER = "portal.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "portal.accounts.forms.SignInForm",
    "change_password": "portal.accounts.forms.ChangeOwnPasswordForm",
    "set_password": "portal.accounts.forms.SetOwnPasswordForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email", "phone"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "phone", "password1"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an account is made only when its addresses are proven: portal/accounts/proofs.py
ACCOUNT_RATE_LIMITS = False  # counted with everything else: portal/accounts/bounds.py
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
# Codes by SMS cost money; this many leave in an hour, whoever asks.
SMS_CODES_PER_HOUR = env_int("SMS_CODES_PER_HOUR", 600, least=1, most=1_000_000)

# --- Languages, time --------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fa", _("Persian")), ("pl", _("Polish")), ("ru", _("Russian"))]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
USE_THOUSAND_SEPARATOR = False

# --- Files ------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(env_str("STATIC_ROOT", str(DATA_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = DATA_DIR / "files"
MEDIA_URL = "/nowhere/"  # files leave through /files/<id>/, which asks for rights
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": MEDIA_ROOT}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o640

# --- Log --------------------------------------------------------------------------------------------
LOG_LEVEL = env_str("LOG_LEVEL", "INFO").upper()
ACCESS_LOG = env_bool("ACCESS_LOG", False)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "common.logs.LineFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        "django": {"handlers": [], "level": LOG_LEVEL, "propagate": True},
        "uvicorn.access": {"level": "INFO"},
        # These tell of every single step; what matters of it arrives as warnings.
        **{name: {"level": "DEBUG" if LOG_LEVEL == "DEBUG" else "WARNING"} for name in ("celery", "kombu", "uvicorn.error", "httpx")},
    },
}
