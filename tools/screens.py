"""Pictures of every page of a real window, light and dark, in both languages.

`python -m tools.screens [--out docs/screens] [--example 1box] [--all] [--only breaches]` makes an
example register and needs no screen. The office's clock stands still, so that pictures change
only when the program does.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import argparse
import os
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PIL import Image
from PySide6.QtCore import QBuffer, QDeadlineTimer, QEvent, QEventLoop

from privreg.clock import FixedClock
from privreg.services import agenda, examples, records
from privreg.services.desk import open_desk
from privreg.services.records import ListQuery
from privreg.settings import FOLDER_VARIABLE, Settings
from privreg.translation import LANGUAGES
from tools import screen_states as states

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from PySide6.QtWidgets import QApplication, QWidget

    from ui.pages.reports_page import ReportsPage
    from ui.pages.settings_page import SettingsPage
    from ui.shell import Shell
    from ui.window import MainWindow

NOW = datetime(2026, 4, 3, 15, 30, tzinfo=UTC)
CUSTOMERS = 200
SIZE = (1280, 800)
THEMES = ("light", "dark")
SHOWN = (("nl", "light"), ("en", "dark"))
"""Language and theme of the pictures that are kept; `--all` takes the other two as well."""
OPENED = ("breaches", "requests", "customers", "activities")
PARTS = ("users", "backups", "access")
SETTLES_MILLISECONDS = 300
MOST_MILLISECONDS = 30_000
COLOURS = 256


def main() -> int:
    """Take every picture and say how large they are together."""
    arguments = _arguments()
    arguments.out.mkdir(parents=True, exist_ok=True)
    if not arguments.only:
        _clear(arguments.out)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with TemporaryDirectory() as folder:
        os.environ[FOLDER_VARIABLE] = folder
        clock = FixedClock(NOW)
        register = examples.make_example(
            Path(folder) / "Voorbeeld", arguments.example, customers=CUSTOMERS, clock=clock
        )
        for language, theme in product(LANGUAGES, THEMES) if arguments.all else SHOWN:
            settings = Settings({"language": language, "theme": theme})
            settings.save()
            with _window(register, clock, settings, Path(folder)) as (application, window):
                camera = Camera(application, window, arguments.out, f"{theme}-{language}")
                camera.take_pages(arguments.only or pages())
                if not arguments.only:
                    camera.take_rest()
    total = sum(file.stat().st_size for file in arguments.out.glob("*.png"))
    print(f"{len(list(arguments.out.glob('*.png')))} pictures, {total / 1e6:.1f} MB")
    return 0


def pages() -> tuple[str, ...]:
    """Return the pages there are pictures of: all that can be gone to."""
    from ui.places import PAGES  # noqa: PLC0415  (after the platform is set)

    return tuple(each.slug for each in PAGES)


def _clear(out: Path) -> None:
    """Take the pictures of before away, so that none stays of a page that is gone."""
    for language, theme in product(LANGUAGES, THEMES):
        for file in out.glob(f"*-{theme}-{language}.png"):
            file.unlink()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.screens", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("docs/screens"))
    parser.add_argument("--example", choices=examples.EXAMPLES, default="1box")
    parser.add_argument("--all", action="store_true", help="every theme in every language")
    parser.add_argument("--only", nargs="+", metavar="PAGE", help="these pages and nothing else")
    return parser.parse_args()


@contextmanager
def _window(
    register: Path, clock: FixedClock, settings: Settings, folder: Path
) -> Iterator[tuple[QApplication, MainWindow]]:
    from ui.application import dressed_application  # noqa: PLC0415  (after the platform is set)
    from ui.office import Services  # noqa: PLC0415
    from ui.places import PAGES  # noqa: PLC0415
    from ui.preferences import Preferences  # noqa: PLC0415
    from ui.start import Start  # noqa: PLC0415
    from ui.window import MainWindow  # noqa: PLC0415

    application = dressed_application(settings)
    services = Services(records=records, agenda=agenda)
    preferences = Preferences(folder / "window.ini")
    window = MainWindow(Start(clock), services, PAGES, preferences, settings)
    window.resize(*SIZE)
    window.show()
    window.show_unlock(register)
    window.enter(open_desk(register, examples.USER, examples.PASSWORD, clock=clock))
    yield application, window
    window.close()
    window.deleteLater()
    application.processEvents()


class Camera:
    """Walks through one window and takes its pictures; `manner` is '-light-nl' and the like."""

    def __init__(
        self, application: QApplication, window: MainWindow, out: Path, manner: str
    ) -> None:
        self.application = application
        self.window = window
        self.out = out
        self.manner = manner

    @property
    def shell(self) -> Shell:
        """The open register."""
        assert self.window.shell is not None  # noqa: S101  (it was entered)
        return self.window.shell

    def take_pages(self, slugs: Iterable[str]) -> None:
        """Take a picture of these pages, and of a record on some of them."""
        for slug in slugs:
            self.shell.go_to(slug)
            self._take_page(slug)

    def take_rest(self) -> None:
        """Take the settings, recording, what stands between pages, and the start screens."""
        self._take_settings()
        self.shell.record_breach()
        self.take("breach-new")
        states.take_records(self)
        states.take_small(self)
        states.take_making(self)
        self.window.lock()
        self.take("locked")
        self.window.unlock.switch.click()
        self.take("recover")
        self.window.show_welcome()
        self.take("welcome")

    def _take_page(self, slug: str) -> None:
        self.settle()
        if slug == "reports":
            self._take_report()
        elif slug in OPENED:
            self._take_record(slug)
        else:
            self.take(slug)

    def _take_record(self, slug: str) -> None:
        self.take(slug)
        rows = records.page(self.shell.office.desk, slug, ListQuery(), 0, 1).rows
        if rows:
            self.shell.open_record(slug, rows[0]["id"])
            self.take(f"{slug}-record")

    def _take_report(self) -> None:
        page: ReportsPage = self.shell.page  # type: ignore[assignment]
        self.settle(lambda: page.paper is not None)
        self.take("reports")

    def _take_settings(self) -> None:
        self.shell.go_to("settings")
        page: SettingsPage = self.shell.page  # type: ignore[assignment]
        for name in PARTS:
            if name in page.entries:
                page.show_panel(name)
                self.take(f"settings-{name}")

    def take(self, name: str) -> None:
        """Take one picture, once nothing moves."""
        self.settle()
        picture = _picture(self.window)
        file = self.out / f"{name}-{self.manner}.png"
        picture.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)

    def settle(self, until: Callable[[], bool] = lambda: True) -> None:
        """Let what is under way finish."""
        longest = QDeadlineTimer(MOST_MILLISECONDS)
        quiet = QDeadlineTimer(SETTLES_MILLISECONDS)
        while not (quiet.hasExpired() and until()) and not longest.hasExpired():
            self.application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            self.application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            if not self.window.worker.is_idle:
                quiet = QDeadlineTimer(SETTLES_MILLISECONDS)


def _picture(widget: QWidget) -> Image.Image:
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.ReadWrite)
    widget.grab().save(buffer, "PNG")
    return Image.open(BytesIO(buffer.data().data())).convert("RGB")


if __name__ == "__main__":
    raise SystemExit(main())
