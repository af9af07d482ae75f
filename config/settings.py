"""Settings of Houselights: one file, everything from the environment, runs bare with nothing set.

`docs/running.md` lists the variables; `config/checks.py` finds wrong ones and says how to mend them.
"""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from config.environment import broker_url, env

BASE_DIR = Path(__file__).resolve().parent.parent
STATE_DIR = Path(env.str("STATE_DIR", default=str(BASE_DIR / "var")))
STATE_DIR.mkdir(parents=True, exist_ok=True)

# --- who we are ------------------------------------------------------------------------------------------
DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)
INSECURE_SECRET_KEY = "houselights-development-only-" + "x" * 40
SECRET_KEY = env.str("SECRET_KEY", default=INSECURE_SECRET_KEY)
BASE_URL = env.str("BASE_URL", default="http://localhost:8000").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]", "testserver"])
HTTPS = BASE_URL.startswith("https://")

# --- the house -------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "accounts.staff_apps.StaffAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "csp",
    "anymail",
    "rules",
    "simple_history",
    "rest_framework",
    "drf_spectacular",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "accounts",
    "notices",
    "screenings",
    "interviews",
    "discussions",
    "config",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.private_pages",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.LoginUnlessPublic",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"
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
                "config.context.house",
            ],
        },
    }
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- where things are kept -------------------------------------------------------------------------------
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{STATE_DIR / 'houselights.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"].setdefault("CONN_MAX_AGE", 60)

REDIS_URL = env.redis_url("REDIS_URL")
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    )
}

# --- people ----------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "accounts.backend.CodeOrPasskeyBackend",
]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/home/"
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)

# allauth gives passkeys and sessions; codes are ours (accounts/sign_in.py), and so are the limits: its own
# need the cache, ours stand while Redis is away (accounts/limits.py).
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
MFA_ADAPTER = "accounts.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RATE_LIMITS = False

# --- words, times ----------------------------------------------------------------------------------------
# Pages are in English whatever a browser asks for: everybody shares their bytes. Letters are in the person's language
# (locale/; `make catalogues`), each named as its speakers name it.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
LETTER_LANGUAGES = [("en", "English"), ("es", "Español"), ("fr", "Français"), ("de", "Deutsch")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- pages -----------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = STATE_DIR / "static"
# Published guides as compressed files, for a proxy.
GUIDE_FILES = STATE_DIR / "guides"
STATICFILES_DIRS = [BASE_DIR / "static"]
TESTING = "pytest" in sys.modules
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG or TESTING
            else "config.static_files.HashedStaticFiles"
        )
    },
}

# --- mail and the ledger ---------------------------------------------------------------------------------
EMAIL_URL = env.str("EMAIL_URL", default="")
vars().update(env.email_url("EMAIL_URL", default="smtp://127.0.0.1:8025"))
if DEMO and not EMAIL_URL:
    EMAIL_BACKEND = "notices.demo_mailbox.MailboxBackend"
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=20)
DEFAULT_FROM_EMAIL = env.str("FROM_EMAIL", default="Houselights <hello@houselights.example>")
# What a mail provider's webhooks prove themselves by (`user:password`, and Mailgun's key); without, there are none.
ANYMAIL = {
    "WEBHOOK_SECRET": env.str("MAIL_EVENTS_SECRET", default=""),
    "MAILGUN_WEBHOOK_SIGNING_KEY": env.str("MAILGUN_SIGNING_KEY", default=""),
}
# How long a worker holds what it has claimed: more than two answers of the mail server take.
NOTICE_LEASE_SECONDS = env.int("NOTICE_LEASE_SECONDS", default=60)
# Messages that one process may have in doubt at once: handed over, and the ledger does not know how it ended.
NOTICE_IN_DOUBT = env.int("NOTICE_IN_DOUBT", default=1)
# Connections that one worker keeps to the mail server, at most; opened while it waits for answers.
NOTICE_CONNECTIONS = env.int("NOTICE_CONNECTIONS", default=4 * NOTICE_IN_DOUBT)
NOTICE_THEATER_DAILY_CAP = env.int("NOTICE_THEATER_DAILY_CAP", default=5000)

# --- Celery: the bell, not the truth ---------------------------------------------------------------------
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default=broker_url(REDIS_URL))
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULE = {
    "look into the ledger": {
        "task": "notices.tasks.ring_dispatcher",
        "schedule": 3.0,
        "options": {"queue": "urgent", "expires": 3},
    },
    "offer places that opened": {
        "task": "screenings.tasks.offer_places",
        "schedule": 30.0,
        "options": {"expires": 30},
    },
    "forget what was kept long enough": {
        "task": "accounts.tasks.keep_retention",
        "schedule": 300.0,
        "options": {"expires": 300},
    },
    "look for interviews to read": {
        "task": "interviews.tasks.look_for_interviews",
        "schedule": 20.0,
        "options": {"expires": 20},
    },
    "look after rooms": {
        "task": "discussions.tasks.look_after_rooms",
        "schedule": 30.0,
        "options": {"expires": 30},
    },
    "keep the guides' files true": {
        "task": "interviews.tasks.keep_guide_files",
        "schedule": 10.0,
        "options": {"expires": 10},
    },
}
CELERY_BEAT_SCHEDULE_FILENAME = str(STATE_DIR / "beat-schedule")
CELERY_TASK_DEFAULT_QUEUE = "bulk"
CELERY_TIMEZONE = "UTC"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

# --- doors -----------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAdminUser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "common.problems.problem_handler",
    "DEFAULT_THROTTLE_RATES": {"token_read": "240/min", "token_write": "60/min"},
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Houselights",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": False,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "config.api_document.close_documents",
        "config.api_document.document_refusals",
        "config.api_document.tell_kinds_by_name",
    ],
    "ENUM_NAME_OVERRIDES": {
        "BlockKind": "interviews.models.Block.Kind",
        "SectionKind": "interviews.models.GuideSection.Kind",
        "LabelEnum": "screenings.labels.LABEL_CHOICES",
    },
}
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = [BASE_URL]
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS and env.bool("SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31536000 if HTTPS else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None

# --- limits of what people give us -----------------------------------------------------------------------
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

# --- how long things are kept (accounts/retention.py; the privacy page says the same) -----------------------
RETENTION = {
    "sign_in_codes": timedelta(days=1),
    "sessions": timedelta(),  # each ends by its own timer
    "people": timedelta(days=env.int("RETENTION_PEOPLE_DAYS", default=7)),
    "messages": timedelta(days=env.int("RETENTION_MESSAGES_DAYS", default=90)),
    "mail_events": timedelta(days=90),
    "reply_addresses": timedelta(days=60),
    "daily_tallies": timedelta(days=14),
    "door_lists": timedelta(hours=env.int("RETENTION_DOOR_LISTS_HOURS", default=24)),
    "city_requests": timedelta(days=env.int("RETENTION_CITY_REQUESTS_DAYS", default=365)),
    "rsvps": timedelta(days=env.int("RETENTION_RSVPS_DAYS", default=60)),
    "api_answers": timedelta(hours=24),
    "rooms": timedelta(),  # each is erased by its own timer
    "unconfirmed": timedelta(days=env.int("RETENTION_UNCONFIRMED_DAYS", default=7)),
}

# Phones that one process holds a live stream for, in one room; who comes later asks for the room's state now and then.
LIVE_STREAMS_PER_ROOM = env.int("LIVE_STREAMS_PER_ROOM", default=1000)

# --- logs: no addresses, no IPs --------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "common.quiet_logs.WithoutAddresses",
            "format": "{asctime} {levelname:<7} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "loggers": {"httpx": {"level": "WARNING"}},  # at INFO it writes down every address that people give us
    "root": {"handlers": ["console"], "level": env.log_level("LOG_LEVEL", default="INFO")},
}
