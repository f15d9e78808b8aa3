"""What the start screens ask of the services and of the system; tests put parts in their place.

The services are imported when they are asked, so that the first screen stands before the tables.
"""

# SPDX-License-Identifier: EUPL-1.2
# ruff: noqa: PLC0415  (see above)
from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from privreg.paths import REGISTER_SUFFIX
from privreg.services import recent
from privreg.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from privreg.clock import Clock
    from privreg.registers.declaration import Values
    from privreg.services.desk import Desk
    from privreg.services.office_server import ServerSettings
    from privreg.services.recovering import WayBack


@dataclass(frozen=True, slots=True)
class Chosen:
    """A register to open and how; `login` None where there is one user."""

    folder: Path
    login: str | None = None
    password: str = ""
    is_read_only: bool = False


class Start:
    """Making, finding and opening registers."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock

    def recent(self) -> Sequence[recent.Recent]:
        """Return the registers opened last, the latest first."""
        return recent.recent()

    def forget(self, folder: Path) -> None:
        """Take a register off the list."""
        recent.forget(folder)

    def logins(self, folder: Path) -> Sequence[str]:
        """Return the names one can log in with."""
        from privreg.services.desk import logins

        return logins(folder)

    def open(self, chosen: Chosen) -> Desk:
        """Open a register and remember that it was."""
        from privreg.services.desk import open_desk

        desk = open_desk(
            chosen.folder,
            chosen.login,
            chosen.password,
            clock=self.clock,
            read_only=chosen.is_read_only,
        )
        recent.remember(chosen.folder, self.clock.now())
        return desk

    def needs_recovery(self, folder: Path) -> bool:
        """Say whether the recovery key alone opens this register."""
        from privreg.services.recovering import is_needed

        return is_needed(folder)

    def way_back(self, folder: Path, recovery_key: str) -> WayBack:
        """Return who can be given a new password with the recovery key."""
        from privreg.services.recovering import way_back

        return way_back(folder, recovery_key, clock=self.clock)

    def recover(self, folder: Path, recovery_key: str, login: str, password: str) -> Desk:
        """Give a user a new password and open the register as that user."""
        from privreg.services.recovering import recover

        desk = recover(folder, recovery_key, login=login, password=password, clock=self.clock)
        recent.remember(folder, self.clock.now())
        return desk

    def restore(self, file: Path, folder: Path) -> Path:
        """Put a backup back as a register of its own; return its folder."""
        from privreg.services.backups import restore

        return restore(file, folder).path

    def check_password(self, password: str, *known: str) -> None:
        """Raise `InvalidRecordError` when a new password will not do."""
        from privreg.services.users import check_password

        check_password(password, *known)

    def create(
        self,
        folder: Path,
        controller: Values,
        login: str,
        name: str,
        password: str,
        server: ServerSettings | None = None,
        server_password: str = "",
    ) -> tuple[Desk, str]:
        """Make a register, on an office server where one is given; also return its recovery key."""
        from privreg.services.desk import create_register

        made = create_register(
            folder,
            controller,
            login=login,
            name=name,
            password=password,
            clock=self.clock,
            server=server,
            server_password=server_password,
        )
        recent.remember(folder, self.clock.now())
        return made

    def try_server(self, server: ServerSettings, password: str) -> None:
        """Raise `ProblemError` unless a register can be made on this server."""
        from privreg.services.office_server import try_server

        try_server(server, password)

    def point_at_certificate(self, folder: Path, file: Path) -> None:
        """Keep where this PC has the certificate of a register's office server."""
        from privreg.services.server_change import point_at_certificate

        point_at_certificate(folder, file)

    def make_example(self, name: str, report: Callable[[int, int], None]) -> Chosen:
        """Make an example register among the documents, under a name that is free."""
        from privreg.services import examples

        folder = free_name(documents() / name)
        path = examples.make_example(folder, name, clock=self.clock, progress=report)
        return Chosen(path, examples.USER, examples.PASSWORD)

    def ask_folder(self, parent: QWidget) -> Path | None:
        """Let the user point at a register."""
        found = QFileDialog.getExistingDirectory(parent, _("Open a register"), str(documents()))
        return Path(found) if found else None

    def ask_place(self, parent: QWidget) -> Path | None:
        """Let the user point at the folder in which a register is made."""
        found = QFileDialog.getExistingDirectory(parent, _("Where to keep it"), str(documents()))
        return Path(found) if found else None

    def ask_certificate(self, parent: QWidget) -> Path | None:
        """Let the user point at the certificate of the office server."""
        found, _filter = QFileDialog.getOpenFileName(
            parent,
            _("Choose the file of the certificate"),
            str(documents()),
            "PEM (*.pem *.crt *.cer)",
        )
        return Path(found) if found else None

    def ask_backup(self, parent: QWidget) -> Path | None:
        """Let the user point at a backup."""
        found, _filter = QFileDialog.getOpenFileName(
            parent, _("Choose a backup"), str(documents()), "PrivReg (*.privreg-backup)"
        )
        return Path(found) if found else None

    def ask_new_place(self, parent: QWidget, name: str) -> Path | None:
        """Let the user say where a register is put back and under which name."""
        found, _filter = QFileDialog.getSaveFileName(
            parent,
            _("Where to put the restored register"),
            str(free_name(documents() / name).with_suffix("")),
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        return Path(found) if found else None


def documents() -> Path:
    """Return the folder of the user's documents, or the user's own folder without one."""
    place = QStandardPaths.StandardLocation.DocumentsLocation
    found = Path(QStandardPaths.writableLocation(place))
    return found if found.is_dir() else Path.home()


def free_name(wanted: Path) -> Path:
    """Return a register's folder that does not exist yet: 'name', 'name 2' and so on."""
    number = 1
    while True:
        name = wanted.name if number == 1 else f"{wanted.name} {number}"
        folder = wanted.with_name(f"{name}{REGISTER_SUFFIX}")
        if not folder.exists():
            return folder
        number += 1
