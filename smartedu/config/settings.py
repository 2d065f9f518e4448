"""Django's settings, made from the one typed object. Nothing is read from the environment here."""

from pathlib import Path

from django.conf.locale import LANG_INFO

from smartedu.base.postgres import connection_options, connection_parameters
from smartedu.base.settings import get_settings

own = get_settings()
PACKAGE = Path(__file__).resolve().parent.parent

DEBUG = False
SECRET_KEY = own.secret_key
ALLOWED_HOSTS = own.allowed_hosts
CSRF_TRUSTED_ORIGINS = own.trusted_origins
USE_X_FORWARDED_HOST = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = own.public_url.startswith("https://")
SESSION_COOKIE_AGE = 14 * 24 * 3600
X_FRAME_OPTIONS = "DENY"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "axes",
    "procrastinate.contrib.django",
    "smartedu.base",
    "smartedu.people",
    "smartedu.library",
    "smartedu.web",
    "smartedu.demo",
]

MIDDLEWARE = [
    "smartedu.web.middleware.address_from_front",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "smartedu.web.middleware.told_in_words",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "smartedu.config.urls"
WSGI_APPLICATION = "smartedu.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "smartedu.web.jinja.environment",
            "context_processors": ["smartedu.web.jinja.page_context"],
            "extensions": ["jinja2.ext.i18n", "jinja2.ext.do"],
            "auto_reload": False,
        },
    }
]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        **connection_parameters(own),
        "OPTIONS": {**connection_options(own), "pool": {"min_size": 1, "max_size": own.app_pool, "timeout": 10}},
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "TEST": {"SERIALIZE": False},
    }
}
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Account"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "me"
LOGOUT_REDIRECT_URL = "home"

# A pair of account and address is slowed, never an address alone: a whole school stands behind one.
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "smartedu.web.public.accounts.locked_out"
AXES_CLIENT_IP_CALLABLE = "smartedu.web.middleware.client_address"
AXES_VERBOSE = False
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_DISABLE_ACCESS_LOG = True

# The reader's language stands in the address as /zh/ or /en/; Django's own texts for Chinese are under zh-hans,
# which a language named zh falls back to because it is LANGUAGE_CODE.
LANG_INFO["zh"] = {
    "bidi": False,
    "code": "zh",
    "name": "Chinese",
    "name_local": "中文",
    "name_translated": "中文",
}
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh", "中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = own.media_dir
APPEND_SLASH = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": own.log_level},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "axes": {"level": "WARNING"},
        "procrastinate": {"level": "WARNING"},
    },
}
# The account name is unique by a functional constraint; LANGUAGE_CODE is only the fallback (see LANG_INFO above).
SILENCED_SYSTEM_CHECKS = ["auth.E003", "auth.W004", "translation.E004"]
