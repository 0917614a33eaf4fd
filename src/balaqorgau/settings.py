"""Django's settings, derived from the configuration; nothing else reads the environment."""

from typing import Any

import dj_database_url

from balaqorgau import pack
from balaqorgau.config import PACKAGE, from_environment
from balaqorgau.storages import storage_options

CONFIG = from_environment()
pack.use(CONFIG.pack)

DEBUG = False
SECRET_KEY = CONFIG.secret_key
ALLOWED_HOSTS = [CONFIG.host.rsplit(":", 1)[0], "localhost", "127.0.0.1"]
EXAMPLE = CONFIG.example
SECOND_FACTOR = not CONFIG.example
DEPLOYMENT = CONFIG.deployment
PROMISE_KEY = CONFIG.promise_key
PROMISE_NAME = f"{CONFIG.host}/promise"
ORIGIN = CONFIG.origin
HOST = CONFIG.host
VAR = CONFIG.var
SITE = VAR / "site"
BUILD = PACKAGE / "build"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "balaqorgau.ui",
    "balaqorgau.about",
    "balaqorgau.tour",
    "balaqorgau.audit",
    "balaqorgau.places",
    "balaqorgau.directory",
    "balaqorgau.appeals",
    "balaqorgau.accounts",
    "balaqorgau.signin",
    "balaqorgau.waking",
    "balaqorgau.replies",
    "balaqorgau.desk",
    "balaqorgau.administration",
]
AUTH_USER_MODEL = "accounts.Officer"
AUTHENTICATION_BACKENDS: list[str] = []
MIDDLEWARE = [
    "balaqorgau.middleware.observe",
    "balaqorgau.middleware.protect",
    "balaqorgau.middleware.for_console",
]
ROOT_URLCONF = "balaqorgau.urls"
WSGI_APPLICATION = "balaqorgau.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": ["django.template.context_processors.request"],
            "builtins": ["balaqorgau.ui.templatetags.texts"],
        },
    }
]


def database(url: str) -> dict[str, Any]:
    """SQLite that loses nothing it acknowledged, or PostgreSQL behind a pool."""
    found: dict[str, Any] = dict(dj_database_url.parse(url))
    if found["ENGINE"].endswith("sqlite3"):
        found["CONN_MAX_AGE"] = None
        found["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
        }
    else:
        found["OPTIONS"] = {**found.get("OPTIONS", {}), "pool": {"min_size": 1, "max_size": 24, "timeout": 20}}
    return found


DATABASES = {"default": database(CONFIG.database_url)}
STORAGES = {
    "sealed": storage_options(CONFIG.storage_url),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

MAIL = CONFIG.mail
MAIL_TIMEOUT = 20

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
USE_I18N = False
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 16
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "desk"
SESSION_COOKIE_PATH = "/desk/"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_SECURE = CONFIG.secure
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = "desk_csrf"
CSRF_COOKIE_PATH = "/desk/"
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_SECURE = CONFIG.secure
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = None
CSRF_USE_SESSIONS = False  # A session is a row: whoever only looks at the gate must not write one.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if CONFIG.secure else None

LOGGING_CONFIG = "balaqorgau.logs.configure"
LOGGING: dict[str, Any] = {"version": 1}  # Django calls the line above only when there is something in this.
SILENCED_SYSTEM_CHECKS: list[str] = []
