"""Settings. They load without environment or database; `subrosa up` fills the environment."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlparse

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("SUBROSA_DATA", "data"))

DEBUG = False
ALLOWED_HOSTS = ["*"]  # the school is found by host name, and an unknown name is answered before any page
USE_TZ = True
TIME_ZONE = os.environ.get("SUBROSA_TIME_ZONE", "Asia/Shanghai")  # where the school lies: its days begin there
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
FORMAT_MODULE_PATH = ["subrosa.config.formats"]
LOCALE_PATHS = [BASE_DIR / "locale"]
ROOT_URLCONF = "subrosa.config.urls"
WSGI_APPLICATION = "subrosa.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"


def _secret_key() -> str:
    """Signs nothing that lasts (CSRF tokens only); a file beside the other secrets, else one for this process."""
    file = DATA_DIR / "secrets" / "django"
    return file.read_text() if file.is_file() else os.urandom(32).hex()


SECRET_KEY = _secret_key()


def _database(variable: str, *, pool: bool) -> dict[str, Any]:
    url = urlparse(os.environ.get(variable, ""))
    query = parse_qs(url.query)
    options: dict[str, Any] = {"application_name": "subrosa"}
    # The server prepares what a connection sends often: planning the same joins on every press cost a third of an act.
    options |= {"server_side_binding": True, "prepare_threshold": 3}
    if pool and url.path:
        options["pool"] = {"min_size": 2, "max_size": int(os.environ.get("SUBROSA_THREADS", "4")), "timeout": 10}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.lstrip("/")) or "subrosa",
        "USER": unquote(url.username or "") or "subrosa",
        "PASSWORD": unquote(url.password or ""),
        "HOST": query.get("host", [url.hostname or ""])[0],
        "PORT": query.get("port", [str(url.port or "")])[0],
        "CONN_MAX_AGE": 0,
        "ATOMIC_REQUESTS": False,
        "OPTIONS": options,
    }


DATABASES = {
    "default": _database("DATABASE_URL", pool=True),
    "owner": _database("DATABASE_URL_OWNER", pool=False),
}
ROLES = {
    "app": os.environ.get("SUBROSA_ROLE_APP", "subrosa_app"),
    "clock": os.environ.get("SUBROSA_ROLE_CLOCK", "subrosa_clock"),
}

INSTALLED_APPS = [
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django_htmx",
    "subrosa.records.school.apps.SchoolConfig",
    "subrosa.records.audit.apps.AuditConfig",
    "subrosa.records.vault.apps.VaultConfig",
    "subrosa.records.notice.apps.NoticeConfig",
    "subrosa.records.helpline.apps.HelplineConfig",
    "subrosa.records.person.apps.PersonConfig",
    "subrosa.records.duty.apps.DutyConfig",
    "subrosa.records.roster.apps.RosterConfig",
    "subrosa.records.case.apps.CaseConfig",
    "subrosa.records.standing.apps.StandingConfig",
    "subrosa.records.consent.apps.ConsentConfig",
    "subrosa.records.appointment.apps.AppointmentConfig",
    "subrosa.records.note.apps.NoteConfig",
    "subrosa.records.attachment.apps.AttachmentConfig",
    "subrosa.records.archive.apps.ArchiveConfig",
    "subrosa.records.outreach.apps.OutreachConfig",
    "subrosa.records.correspondence.apps.CorrespondenceConfig",
    "subrosa.records.merging.apps.MergingConfig",
    "subrosa.desks.common.apps.CommonConfig",
    "subrosa.desks.counselor.apps.CounselorConfig",
    "subrosa.desks.lead.apps.LeadConfig",
    "subrosa.desks.steward.apps.StewardConfig",
    "subrosa.desks.client.apps.ClientConfig",
    "subrosa.desks.reception.apps.ReceptionConfig",
    "subrosa.desks.leadership.apps.LeadershipConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "subrosa.desks.common.middleware.Headers",
    "subrosa.desks.common.middleware.HostCookies",
    "subrosa.desks.common.middleware.Methods",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "subrosa.desks.common.middleware.Language",
    "subrosa.desks.common.middleware.SchoolByHost",
    "django.middleware.csrf.CsrfViewMiddleware",
    "subrosa.desks.common.middleware.SignedIn",
    "django_htmx.middleware.HtmxMiddleware",
    "subrosa.desks.common.middleware.Rulings",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.i18n",
                "subrosa.desks.common.context.page",
            ],
        },
    }
]

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_ALLOW_ALL_ORIGINS = False  # no page elsewhere reads even our styles

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")  # the web listens on 127.0.0.1: only a proxy here says so
CSRF_FAILURE_VIEW = "subrosa.desks.common.faults.no_token"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = False  # HostCookies sets it, and the name's prefix, where the request came over https
SESSION_COOKIE = "vault_key"
COOKIE_SECURE = os.environ.get("SUBROSA_INSECURE_COOKIE") != "1"
LANGUAGE_COOKIE_NAME = "language"
SECURE_HSTS_SECONDS = 365 * 86400  # sent over https only: whoever came once comes by https alone
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s", "datefmt": "%Y-%m-%dT%H:%M:%S%z"},
    },
    "handlers": {"err": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        "django.request": {"handlers": ["err"], "level": "CRITICAL", "propagate": False},
        "django.security": {"handlers": ["err"], "level": "CRITICAL", "propagate": False},  # its lines hold the path
        "subrosa": {"handlers": ["err"], "level": "INFO", "propagate": False},
    },
}
