"""`python -m smartedu.config.migrate`: bring the database to this code's tables. Run by the supervisor at start."""

import logging
import os
import sys

from smartedu.base.lifeline import die_with_parent
from smartedu.base.logs import log_lines
from smartedu.base.settings import get_settings


def main() -> int:
    """Apply pending migrations; the exit code is 0, or 1 when the database refused."""
    die_with_parent()
    log_lines(get_settings().log_level)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smartedu.config.settings")
    import django

    django.setup()
    from smartedu.config.readiness import migrate

    count = migrate()
    logging.getLogger(__name__).info("%d migrations applied", count)
    return 0


if __name__ == "__main__":
    sys.exit(main())
