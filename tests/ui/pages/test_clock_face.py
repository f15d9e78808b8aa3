"""The clock in large is right after sleep and across a clock change, for it never counts."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from privreg.clock import FixedClock
from privreg.law.breach import notify_authority_by
from privreg.law.deadline import Deadline, DeadlineState
from privreg.translation import message, use_language
from ui.pages.clock_face import ClockFace, passed

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.theme import Theme

BEFORE_SUMMER_TIME = datetime(2026, 3, 28, 11, 0, tzinfo=UTC)


def deadline(aware_at: datetime, *, done: bool = False) -> Deadline:
    term = notify_authority_by(aware_at)
    what = message("Notify the authority")
    return Deadline(
        "breaches", uuid4(), "DL-2026-0001", "Laptop", what, term.due_at, starts=aware_at, done=done
    )


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(BEFORE_SUMMER_TIME)


@pytest.fixture
def face(clock: FixedClock, theme: Theme, qtbot: QtBot) -> ClockFace:
    use_language("en")
    made = ClockFace(clock, "Fill in since when the breach is known.")
    qtbot.addWidget(made)
    made.show_deadline(deadline(BEFORE_SUMMER_TIME))
    return made


def test_seventy_two_hours_stand_on_it_though_the_wall_clock_jumps(
    face: ClockFace, clock: FixedClock
) -> None:
    assert face.digits.text() == "72:00:00"
    assert face.until.text() == "until Tuesday 31 March 2026 at 13:00"
    clock.moment = datetime(2026, 3, 29, 1, 0, 1, tzinfo=UTC)
    face.tick()
    assert face.digits.text() == "57:59:59"


def test_it_is_right_at_the_first_tick_after_a_night_of_sleep(
    face: ClockFace, clock: FixedClock
) -> None:
    clock.moment += timedelta(hours=9, minutes=30)
    face.tick()
    assert face.digits.text() == "62:30:00"
    assert face.deadline is not None
    assert passed(face.deadline, clock.now()) == pytest.approx(9.5 / 72)


def test_it_turns_from_calm_to_soon_to_late_in_word_shape_and_digits(
    face: ClockFace, clock: FixedClock, qtbot: QtBot
) -> None:
    words, shapes = [face.word.text()], [face.picture.state]
    for hours in (48, 72.5):
        clock.moment = BEFORE_SUMMER_TIME + timedelta(hours=hours)
        with qtbot.waitSignal(face.turned):
            face.tick()
        words.append(face.word.text())
        shapes.append(face.picture.state)
    assert words == ["There is time", "Hurry: less than a day left", "Too late"]
    assert shapes == ["calm", "soon", "late"]
    assert face.digits.text() == "0:30:00"
    assert face.until.text().startswith("the time was")


def test_what_is_told_is_done_and_counts_no_more(face: ClockFace, clock: FixedClock) -> None:
    face.show_deadline(deadline(BEFORE_SUMMER_TIME, done=True))
    clock.moment += timedelta(days=9)
    face.tick()
    assert face.how is DeadlineState.DONE
    assert face.digits.text() == "✓"


def test_a_screen_reader_hears_the_minute_and_not_every_second(
    face: ClockFace, clock: FixedClock
) -> None:
    spoken = face.accessibleName()
    assert "3 d 0 h" in spoken
    clock.moment += timedelta(seconds=20)
    face.tick()
    assert face.accessibleName() == spoken
    clock.moment += timedelta(minutes=1)
    face.tick()
    assert "71 h 58 m" in face.accessibleName()


def test_without_a_known_moment_it_says_what_starts_it(face: ClockFace) -> None:
    face.show_deadline(None)
    assert face.word.text() == "The clock does not run yet"
    assert face.until.text() == "Fill in since when the breach is known."
