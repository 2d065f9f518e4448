"""What is done for people by itself, every night."""

from datetime import UTC, datetime, timedelta

from axes.models import AccessAttempt
from django.contrib.sessions.models import Session

from smartedu.people.jobs import forget_old_traces


def test_ended_sessions_and_old_attempts_are_forgotten(db: None) -> None:
    now = datetime.now(UTC)
    for key, ends in (("ended", now - timedelta(hours=1)), ("lasting", now + timedelta(hours=1))):
        Session.objects.create(session_key=key, session_data="", expire_date=ends)
    for name, ago in (("old", 2), ("new", 0)):
        attempt = AccessAttempt.objects.create(username=name, ip_address="192.0.2.1", failures_since_start=1)
        AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=now - timedelta(days=ago))
    forget_old_traces(int(now.timestamp()))
    assert list(Session.objects.values_list("session_key", flat=True)) == ["lasting"]
    assert list(AccessAttempt.objects.values_list("username", flat=True)) == ["new"]
