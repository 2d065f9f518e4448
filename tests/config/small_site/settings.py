"""A site as small as can be, for tests of the processes: a few addresses, jobs, and the real database settings."""

from smartedu.base.postgres import connection_parameters
from smartedu.base.settings import get_settings

own = get_settings()
SECRET_KEY = own.secret_key
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "procrastinate.contrib.django",
    "smartedu.base",
    "tests.config.small_site",
]
MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
ROOT_URLCONF = "tests.config.small_site.urls"
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        **connection_parameters(own),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"pool": {"min_size": 1, "max_size": own.app_threads + 1, "timeout": 10}},
    }
}
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
DATA_UPLOAD_MAX_MEMORY_SIZE = None
USE_TZ = True
