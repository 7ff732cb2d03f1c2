"""The one settings file: everything that differs between machines comes from the environment or `.env`.

Needed in production: SITE_URL, SECRET_KEY, DATABASE_URL, ALLOWED_HOSTS, MEDIA_ROOT (docs/operations.md).
"""

import os
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from dotenv import load_dotenv

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

load_dotenv(BASE_DIR / ".env")


def env_list(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def read_secret() -> str:
    """The secret from SECRET_KEY, or the one that `make serve` made once under var/."""
    if secret := os.environ.get("SECRET_KEY"):
        return secret
    stored = VAR_DIR / "secret_key"
    if stored.exists():
        return stored.read_text(encoding="ascii").strip()
    raise ImproperlyConfigured(
        "SECRET_KEY is not set and var/secret_key does not exist. "
        "Run `make serve` once, or put SECRET_KEY=<50 random characters> into .env."
    )


SECRET_KEY = read_secret()
DEBUG = os.environ.get("DEBUG") == "1"
SITE_URL = os.environ.get("SITE_URL", "").rstrip("/")
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")

# How many proxies of ours stand in front and say in X-Forwarded-For whom they serve (docs/operations.md).
PROXY_COUNT = int(os.environ.get("PROXY_COUNT") or "0")
# Behind TLS as soon as the public address says so.
HTTPS = urlsplit(SITE_URL).scheme == "https"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SESSION_EXPIRE_AT_BROWSER_CLOSE = os.environ.get("SESSION_ENDS_WITH_BROWSER") == "1"
X_FRAME_OPTIONS = "DENY"
# For visitors one page sets it, "report wrong data"; it goes with the browser's window.
CSRF_COOKIE_AGE = None
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "semarang_ikm.views.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = [SITE_URL] if HTTPS else []

INSTALLED_APPS = [
    "semarang_ikm.shared",
    "sentra",
    "products",
    "promotions",
    "semarang_ikm",
    "semarang_ikm.exchange",
    "semarang_ikm.admin_site.SentraAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
]

MIDDLEWARE = [
    "semarang_ikm.middleware.IngressMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "semarang_ikm.middleware.PermissionsPolicyMiddleware",
    "semarang_ikm.middleware.FreshnessMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    # Below the compression, which pads each answer differently: the ETag is that of the page.
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "semarang_ikm.middleware.LanguageMiddleware",
    "semarang_ikm.opendata.middleware.ApiMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "semarang_ikm.accounts.middleware.GateMiddleware",
    "semarang_ikm.recording.RecordingMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "semarang_ikm.urls"
WSGI_APPLICATION = "semarang_ikm.wsgi.application"

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
                "semarang_ikm.context.site",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "semarang_ikm.shared.templatetags.formats",
                "semarang_ikm.shared.templatetags.frame",
            ],
        },
    },
]

# SQLite: write-ahead log so that readers never wait, IMMEDIATE so that writers queue instead of failing,
# synchronous FULL so that an acknowledged write survives a power cut (docs/adr/0002-two-databases.md).
SQLITE_OPTIONS = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
}
DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL") or f"sqlite:///{VAR_DIR / 'sentra.sqlite3'}",
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
# Ten wrong passwords lock one account from one address for an hour; an administrator can unlock it.
AXES_FAILURE_LIMIT = 10
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_COOLOFF_TIME = 1
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "semarang_ikm.shared.visitors.whose_tries"
AXES_LOCKOUT_TEMPLATE = "admin/locked_out.html"
# Not kept of what was sent, besides the password.
AXES_SENSITIVE_PARAMETERS = [
    "username",
    "ip_address",
    "code",
    "ticket",
    "old_password",
    "new_password1",
    "new_password2",
]

# Who besides the password needs a code of their own telephone: optional, required, or required-for:ROLE,ROLE.
SECOND_FACTOR = os.environ.get("SECOND_FACTOR") or "optional"
# Under which name the telephone's app keeps the account.
OTP_TOTP_ISSUER = "Sentra Semarang"

# Long work is queued in our own database, inside the transaction that asks for it (docs/adr/0016-background-work.md).
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Bahasa Indonesia")), ("en", _("Inggris"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
# The officer's choice for the admin, whose addresses carry no language; visitors never get this cookie.
LANGUAGE_COOKIE_PATH = "/admin/"
LANGUAGE_COOKIE_AGE = 31_536_000
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = HTTPS
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
# Two rooms: `public` is served to everybody, `private` (scans, consent evidence) only to staff.
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT") or VAR_DIR / "media")
STORAGES = {
    "default": {
        "BACKEND": "semarang_ikm.shared.storage.DurableFileSystemStorage",
        "OPTIONS": {"location": MEDIA_ROOT / "public", "base_url": MEDIA_URL},
    },
    "private": {
        "BACKEND": "semarang_ikm.shared.storage.DurableFileSystemStorage",
        "OPTIONS": {"location": MEDIA_ROOT / "private", "base_url": None},
    },
    "staticfiles": {
        "BACKEND": "semarang_ikm.shared.static_files.InliningStaticFilesStorage"
        if not DEBUG
        else "django.contrib.staticfiles.storage.StaticFilesStorage",
    },
}
WHITENOISE_MAX_AGE = 31_536_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# One dict, so that it moves unchanged to Django's own setting in 6.x.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"discreet": {"()": "semarang_ikm.shared.logs.Discreet"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "discreet"}},
    # Django's own would mail what was typed into a form that broke.
    "loggers": {"django": {"handlers": []}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "WARNING")},
}
