"""Django's settings, put together from the environment. One file for every way of running."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from csp.constants import NONE, SELF

from samenspraak.site.environment import DATABASE, FILES, Environment, read_environment
from samenspraak.site.logs import LOGGING as LOGGING  # noqa: PLC0414  Django reads it here

PACKAGE = Path(__file__).resolve().parent.parent
ENVIRONMENT: Environment = read_environment(os.environ)

DEBUG = False
SECRET_KEY = ENVIRONMENT.secret_key
ROOT_URLCONF = "samenspraak.site.urls"
WSGI_APPLICATION = None
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ALLOWED_HOSTS = [ENVIRONMENT.host, *(["localhost", "127.0.0.1"] if not ENVIRONMENT.is_https else [])]
CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.address]
USE_X_FORWARDED_HOST = False
# The front decides whether a proxy is believed; Django sees the outcome and no X-Forwarded-* header.

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
    "samenspraak.people",
    "samenspraak.library",
    "samenspraak.tasks",
    "samenspraak.readiness",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "samenspraak.people.middleware.AccessMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

# Jinja2 first for every page of ours; Django's own engine only for what libraries bring.
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": sorted(str(p) for p in PACKAGE.glob("*/templates")),
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "samenspraak.ui.jinja.environment",
            "context_processors": ["samenspraak.ui.pages.one_token"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]


def _sqlite(environment: Environment) -> dict[str, Any]:
    """The embedded default: acknowledged means on disk, one writer at a time, nothing left behind on deletion."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": environment.data / DATABASE,
        "CONN_MAX_AGE": None,
        "TEST": {"NAME": environment.data / "test.sqlite3"},  # a real file, as in use
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
                # no trusted_schema=OFF: SQLite 3.40 then refuses json_valid(), which the checks of JSON columns need
                "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=268435456; PRAGMA cache_size=-32000"
            ),
        },
    }


def _postgresql(environment: Environment) -> dict[str, Any]:
    url = environment.database
    assert url is not None
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.lstrip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": url.hostname or "",
        "PORT": url.port or 5432,
        "CONN_MAX_AGE": None,
    }


DATABASES = {"default": _postgresql(ENVIRONMENT) if ENVIRONMENT.database else _sqlite(ENVIRONMENT)}

LANGUAGE_CODE = ENVIRONMENT.language
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = ENVIRONMENT.time_zone

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["samenspraak.people.adapter.SignInBackend"]
PASSWORD_HASHERS = [
    "samenspraak.people.passwords.Argon2id",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "samenspraak.people.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "samenspraak.people.passwords.NotAboutYou"},
    {"NAME": "samenspraak.people.passwords.NotWellKnown"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]

ACCOUNT_ADAPTER = "samenspraak.people.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an address is proven by the invitation or the first-run code
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # this session stays, every other ends
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # strangers get no mail
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {"user_token": "samenspraak.people.forms.LinkForm"}
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
PASSWORD_RESET_TIMEOUT = 30 * 60
# Pauses, never a lock. ``key`` in login_failed is address and place together.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "20/5m/ip,5/5m/key",
    "reset_password": "20/m/ip,3/15m/key",
    "first_run": "10/5m/ip",
    "invitation": "60/5m/ip",
    "invite": "60/h/user",
    "ask_colleagues": "100/h/user",
    # ``key`` is person and place together, so that whoever knows a password and keeps guessing keeps nobody else out;
    # the second is per person, for codes alone: a guesser with many places never gets through a million of them.
    "second_factor": "5/5m/key",
    "second_factor_person": "60/h/key",
    "confirm": "10/5m/user",
    "company": "30/m/ip",
    "passkey": "30/m/ip",
    "bring_in": "60/h/user",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if ENVIRONMENT.trusts_proxy else 0

SESSION_ENGINE = "samenspraak.people.sessions"
SESSION_COOKIE_NAME = "__Host-samenspraak" if ENVIRONMENT.is_https else "samenspraak"
SESSION_COOKIE_SECURE = ENVIRONMENT.is_https
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
CSRF_COOKIE_NAME = "__Host-samenspraak-csrf" if ENVIRONMENT.is_https else "samenspraak-csrf"
CSRF_COOKIE_SECURE = ENVIRONMENT.is_https
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "samenspraak.site.views.csrf_failure"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31536000 if ENVIRONMENT.is_https else 0
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        # a form that leads to the company account is followed only where the policy names it
        "form-action": [SELF, *(ENVIRONMENT.company.origins if ENVIRONMENT.company else [])],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}

# A form may carry more than a field takes: the field says so and keeps what was typed.
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_TEMP_DIR = None
MEDIA_ROOT = ENVIRONMENT.data / FILES
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(MEDIA_ROOT)}},
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# Large enough that nobody pushes out the count of their own attempts.
CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 20_000}}
}
if ENVIRONMENT.database:
    # Several processes must count sign-in attempts together.
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "samenspraak_cache"}}

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
DEFAULT_FROM_EMAIL = ENVIRONMENT.mail_from
SERVER_EMAIL = ENVIRONMENT.mail_from
EMAIL_TIMEOUT = 20
if ENVIRONMENT.mail:
    EMAIL_HOST = ENVIRONMENT.mail.host
    EMAIL_PORT = ENVIRONMENT.mail.port
    EMAIL_HOST_USER = ENVIRONMENT.mail.user
    EMAIL_HOST_PASSWORD = ENVIRONMENT.mail.password
    EMAIL_USE_TLS = ENVIRONMENT.mail.security == "starttls"
    EMAIL_USE_SSL = ENVIRONMENT.mail.security == "tls"
