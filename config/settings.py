"""Every setting of the site, in one file, safe by default.

What differs between machines comes from the environment (docs/operating.md has
the list). A missing variable stops the start with a sentence that says what to
type. LOCAL=1, which bin/run, bin/test and `manage.py runserver` set, fills the
required ones with values that are right for one's own machine and no other.
"""

import contextlib
import os
from pathlib import Path
from urllib.parse import quote, urlsplit

import dj_database_url
import dj_email_url
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from whitenoise.compress import Compressor

BASE_DIR = Path(__file__).resolve().parent.parent
YEAR = 365 * 24 * 60 * 60


def switch(name):
    """Return whether the variable is "1"; anything but "1", "0" or unset is refused."""
    value = os.environ.get(name, "0")
    if value not in ("0", "1"):
        raise ImproperlyConfigured(f"{name} is {value!r}. Set it to 1 or 0.")
    return value == "1"


def seconds(name, default):
    """Return the variable as a whole number of seconds; anything else is refused."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if not (value.isascii() and value.isdigit()):
        raise ImproperlyConfigured(
            f"{name} is {value!r}. Set it to a whole number of seconds, such as {YEAR} for a "
            "year, or 0 to go back."
        )
    return int(value)


LOCAL = switch("LOCAL")
DEBUG = switch("DEBUG")


def required(name, local, example):
    """Return the variable, or on one's own machine what `local` makes."""
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if LOCAL:
        return local()
    raise ImproperlyConfigured(
        f"{name} is not set. To try the site on your own machine, type bin/run. "
        f"On a server, put a line such as {name}={example} where the service reads its "
        "settings (docs/operating.md)."
    )


HOST = os.environ.get("HOST", "127.0.0.1")
PORT = os.environ.get("PORT", "8000")
DATA_DIR = Path(os.environ.get("DATA_DIR", BASE_DIR / "var")).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)


def local_secret_key():
    """Return this data folder's own key, made once; two first starts agree on one."""
    path = DATA_DIR / "secret-key"
    if not path.exists():
        draft = DATA_DIR / f"secret-key-{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(get_random_secret_key())
        # Whole or not at all: the second to come keeps the first one's key.
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(draft)
        draft.unlink()
    return path.read_text()


SECRET_KEY = required("SECRET_KEY", local_secret_key, "'a long random text'")
# Keys that were changed lately: what they signed, such as releases, still counts.
SECRET_KEY_FALLBACKS = os.environ.get("SECRET_KEY_FALLBACKS", "").split()
SITE_URL = required(
    "SITE_URL", lambda: f"http://{HOST}:{PORT}", "https://stalking.example.police.uk"
).rstrip("/")
ALLOWED_HOSTS = required(
    "ALLOWED_HOSTS", lambda: f"{HOST},127.0.0.1,localhost,[::1]", "stalking.example.police.uk"
).split(",")
ALLOWED_HOSTS = [host.strip() for host in ALLOWED_HOSTS if host.strip()]

_address = urlsplit(SITE_URL)
if _address.scheme not in ("http", "https") or not _address.hostname:
    raise ImproperlyConfigured(
        f"SITE_URL is {SITE_URL!r}. It must be the site's whole address, such as "
        "https://stalking.example.police.uk"
    )
HTTPS = _address.scheme == "https"

# What a site begins with. In the newsroom each is changed; then these are asked no more.
SITE_NAME = "Stalking help"
SITE_OWNER = os.environ.get("SITE_OWNER", "").strip()
SITE_CONTACT = os.environ.get("SITE_CONTACT", "").strip()
# A neutral page that anyone might have open, with nothing personal on it.
EXIT_URL = os.environ.get("EXIT_URL", "").strip() or "https://www.bbc.co.uk/weather"
_exit = urlsplit(EXIT_URL)
if _exit.scheme not in ("http", "https") or not _exit.hostname:
    raise ImproperlyConfigured(
        f"EXIT_URL is {EXIT_URL!r}. It must be a whole address, such as "
        "https://www.bbc.co.uk/weather"
    )

INSTALLED_APPS = [
    "config",
    "awareness",
    "signposting",
    "cookies",
    "safety",
    "safety.accounts",
    "safety.drafts",
    "safety.identity",
    "publishing",
    "content_editor",
    "django_prose_editor",
    "cookie_consent",
    "config.apps.NewsroomConfig",
    "django.contrib.auth",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "safety.middleware.security_headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "safety.middleware.leave_and_cover",
    "publishing.middleware.moment",
    "cookies.middleware.splice_state",
    "cookies.middleware.staff_cookies_only_in_the_newsroom",
    "safety.middleware.help_on_every_error",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "safety.accounts.sessions.middleware",
    "safety.accounts.acting.middleware",
    "django.contrib.messages.middleware.MessageMiddleware",
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
            ],
        },
    },
]

SQLITE = {
    # Measured: with DEFERRED, most of six writers' transactions end in "database is locked".
    "transaction_mode": "IMMEDIATE",
    "timeout": 5,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
        "PRAGMA foreign_keys=ON; PRAGMA busy_timeout=5000;"
    ),
}
# None of these saves a request from a stopped server; the edition does.
POSTGRESQL = {
    "connect_timeout": 2,
    "options": (
        "-c statement_timeout=2s -c lock_timeout=1s -c idle_in_transaction_session_timeout=10s"
    ),
}

DATABASES = {
    "default": dj_database_url.config(default=f"sqlite:///{DATA_DIR / 'site.sqlite3'}"),
}
SQLITE_FILE = None
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE
    if DATABASES["default"]["NAME"] != ":memory:":
        SQLITE_FILE = Path(DATABASES["default"]["NAME"]).resolve()
        # Opening it never makes it: one that was lost, or vanishes while the site runs, would
        # be printed empty. It is made here, where nothing was printed yet.
        DATABASES["default"]["NAME"] = f"file:{quote(str(SQLITE_FILE))}?mode=rw"
        if not any(DATA_DIR.glob("editions*/[0-9]*")):
            # For this site's own user alone from the first byte; its journal gets the same mode.
            with contextlib.suppress(FileExistsError, FileNotFoundError):
                SQLITE_FILE.touch(mode=0o600, exist_ok=False)
elif DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    given = DATABASES["default"].get("OPTIONS", {})
    # What DATABASE_URL says itself comes last, which is what counts.
    options = f"{POSTGRESQL['options']} {given.get('options', '')}".strip()
    DATABASES["default"]["OPTIONS"] = POSTGRESQL | given | {"options": options}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# A folder of TOML that an empty database is filled with: site.toml, register/ and pages/.
# Unset, it is the content that comes with the site (docs/adopting.md).
CONTENT_DIR = os.environ.get("CONTENT_DIR", "").strip() and str(
    Path(os.environ["CONTENT_DIR"].strip()).resolve()
)
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
# An address whose name holds the file's hash can be kept for ever.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
# Maps of scripts are for developers. Compressing one of 2 MB took half the time of collectstatic.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")
MEDIA_ROOT = DATA_DIR / "uploads"
MEDIA_URL = "/uploads/"
EDITIONS_DIR = DATA_DIR / "editions"
# Unset, no backups are made on this machine, and none is overdue.
BACKUP_DIR = os.environ.get("BACKUP_DIR", "").strip()

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

APPEND_SLASH = True
# The door refuses more than 64 KiB from a reader before Django sees it; an editor's page
# of many blocks is longer.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
# X-Frame-Options, like every header, is sent by safety.headers on every kind of answer; and
# HSTS preload is off until it is asked for.
SILENCED_SYSTEM_CHECKS = ["security.W002", "security.W021"]
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
# Sent by safety.headers, the one place for them. The policy is shaped as Django 6's setting,
# so that Django's own middleware can take over; the printed pages hold nothing inline.
SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = seconds("SECURE_HSTS_SECONDS", YEAR if HTTPS else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
# Browsers carry that list with them for months: a site is put on it on purpose or not at all.
SECURE_HSTS_PRELOAD = switch("SECURE_HSTS_PRELOAD")

SESSION_ENGINE = "publishing.serving.sessions"
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 8 * 60 * 60
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "safety.accounts.views.errors.csrf_failure"
CSRF_COOKIE_AGE = SESSION_COOKIE_AGE
# Not the default, which sets a cookie of its own.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

AUTHENTICATION_BACKENDS = ["safety.accounts.logins.Backend"]
# A link to a new password works once, for a day.
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60


def _issuer(device):
    """Return the name of the site, which is a row of the database, for an app of codes."""
    from safety.identity.in_force import look

    return look().name


OTP_TOTP_ISSUER = _issuer
# safety.accounts counts tries, for each person and each browser they have used before;
# django-otp's brakes would let a stranger lock the owner out.
OTP_TOTP_THROTTLE_FACTOR = 0
OTP_STATIC_THROTTLE_FACTOR = 0
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "safety.accounts.passwords.Guessable"},
]

# Mail to staff: a link to a new password, and word of changes to an account. Unset, none is sent.
EMAIL_URL = os.environ.get("EMAIL_URL", "").strip()
if EMAIL_URL:
    try:
        _mail = dj_email_url.parse(EMAIL_URL)
        EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
    except (KeyError, ValueError) as error:
        raise ImproperlyConfigured(
            "EMAIL_URL must be the whole address of a mail server, such as "
            "submission://name:password@mail.example.police.uk:587"
        ) from error
    EMAIL_HOST, EMAIL_PORT = _mail["EMAIL_HOST"], _mail["EMAIL_PORT"]
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_USER"], _mail["EMAIL_HOST_PASSWORD"]
    EMAIL_USE_SSL, EMAIL_USE_TLS = _mail["EMAIL_USE_SSL"], _mail["EMAIL_USE_TLS"]
    EMAIL_FILE_PATH = _mail["EMAIL_FILE_PATH"]
    EMAIL_TIMEOUT = 10
    DEFAULT_FROM_EMAIL = _mail.get("DEFAULT_FROM_EMAIL", f"newsroom@{_address.hostname}")

COOKIE_CONSENT_NAME = "__Host-cookie_consent" if HTTPS else "cookie_consent"
COOKIE_CONSENT_SECURE = HTTPS
COOKIE_CONSENT_HTTPONLY = True
COOKIE_CONSENT_SAMESITE = "Lax"
# Six months at most, for a yes and for a no; the buttons say it (cookies/registry.py).
COOKIE_CONSENT_MAX_AGE = 180 * 24 * 60 * 60

# No log line may hold anything of a reader: safety.logs prints an allow-list. Of Django's
# lines about requests only our own failures (500) are worth one.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"private": {"()": "safety.logs.Formatter"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "private"},
        "null": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "django.request": {"level": "ERROR"},
        "django.security": {"handlers": ["null"], "propagate": False},
        "django.server": {"handlers": ["null"], "propagate": False},
        **{
            app: {"handlers": ["console"], "level": "INFO", "propagate": False}
            for app in ("config", "awareness", "signposting", "cookies", "safety", "publishing")
        },
    },
}
