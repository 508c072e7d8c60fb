"""When an action is overdue and when its owners are reminded, by the clock on the owner's wall."""

from datetime import UTC, date, datetime

import pytest

from core.features.actions.deadlines import deadline_of, reminders

DUBLIN, WARSAW, TOKYO, LA = "Europe/Dublin", "Europe/Warsaw", "Asia/Tokyo", "America/Los_Angeles"


def at(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("due", "due_at", "zone", "expected"),
    [
        # Friday 13 March 2026: winter in Europe, summer already in Los Angeles.
        (date(2026, 3, 13), None, DUBLIN, {"eve": at(12, 9), "day": at(13, 9)}),
        (date(2026, 3, 13), None, WARSAW, {"eve": at(12, 8), "day": at(13, 8)}),
        (date(2026, 3, 13), None, TOKYO, {"eve": at(12, 0), "day": at(13, 0)}),
        (date(2026, 3, 13), None, LA, {"eve": at(12, 16), "day": at(13, 16)}),
        # The eve of a Monday is a Friday, across the change of 29 March.
        (date(2026, 3, 30), None, DUBLIN, {"eve": at(27, 9), "day": at(30, 8)}),
        # A weekend's reminder moves to Friday, where the eve's stands already.
        (date(2026, 3, 14), None, DUBLIN, {"eve": at(13, 9)}),
        (date(2026, 3, 15), None, DUBLIN, {"eve": at(13, 9)}),
        # A time that was said: before nine the eve alone is in time.
        (date(2026, 3, 13), at(13, 17), DUBLIN, {"eve": at(12, 9), "day": at(13, 9)}),
        (date(2026, 3, 13), at(13, 8), DUBLIN, {"eve": at(12, 9)}),
        (date(2026, 3, 13), at(13, 9), DUBLIN, {"eve": at(12, 9)}),
        # 17:00 on Friday in Dublin is two on Saturday morning in Tokyo, and nine on Friday morning in Los Angeles.
        (date(2026, 3, 13), at(13, 17), TOKYO, {"eve": at(13, 0)}),
        (date(2026, 3, 12), at(12, 17), TOKYO, {"eve": at(12, 0)}),
        (date(2026, 3, 13), at(13, 17), LA, {"eve": at(12, 16), "day": at(13, 16)}),
    ],
)
def test_reminders(due: date, due_at: datetime | None, zone: str, expected: dict[str, datetime]) -> None:
    assert reminders(due, due_at, zone) == expected


def test_a_day_ends_where_its_last_owner_lives() -> None:
    assert deadline_of(date(2026, 3, 13), None, [TOKYO]) == at(13, 15)
    assert deadline_of(date(2026, 3, 13), None, [TOKYO, DUBLIN]) == at(14, 0)
    assert deadline_of(date(2026, 3, 29), None, [DUBLIN]) == at(29, 23)  # a day of 23 hours
    assert deadline_of(date(2026, 3, 13), at(13, 17), [TOKYO]) == at(13, 17)
    assert deadline_of(None, None, [TOKYO]) is None
