"""The folder that a register is: which files belong in it, and whether they are all there.

`Name.privreg/` holds `register.json` (format, identity and kind, in clear, nothing personal),
`keys.json` with `recovery.json`, `register.db` (not where an office server keeps the
records), `backups/`, and while somebody works in it `writer.lock` and `writer.json`.
Beside the backups lies `backups/tombstones.jsonl`: keyed hashes of what was destroyed after
a backup was made, to be replayed when it is put back.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from privreg.errors import CannotOpenError, ProblemError, reason_of
from privreg.paths import REGISTER_SUFFIX
from privreg.store.key_format import BACKUPS, KEYS, RECOVERY, UNREADABLE
from privreg.store.safe_write import as_problem, replace_json, settle_folder
from privreg.store.server import ServerSettings
from privreg.translation import N_, Message, message

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMAT = 1
ABOUT = "register.json"
DATABASE = "register.db"
TOMBSTONES = "tombstones.jsonl"
PAGE_BYTES = 4096


class Kind(Enum):
    """Where the records are kept."""

    FILE = "sqlite"
    SERVER = "postgres"


class State(Enum):
    """What a folder turns out to be."""

    READY = "ready"
    MISSING = "missing"
    NOT_A_REGISTER = "not a register"
    INCOMPLETE = "incomplete"
    KEYS_MISSING = "keys missing"  # the recovery key opens it
    DAMAGED = "damaged"
    NEWER = "newer"


@dataclass(frozen=True, slots=True)
class Condition:
    """What a folder turned out to be, and the sentence that says so."""

    state: State
    problem: Message | None = None
    is_read_only: bool = False

    @property
    def is_ready(self) -> bool:
        """Say whether a password opens the register."""
        return self.state is State.READY


@dataclass(frozen=True, slots=True)
class About:
    """The content of `register.json`."""

    register_id: UUID
    kind: Kind = Kind.FILE
    server: ServerSettings | None = None

    def content(self) -> dict[str, Any]:
        """Return what is written."""
        written: dict[str, Any] = {
            "format": FORMAT,
            "register": str(self.register_id),
            "kind": self.kind.value,
        }
        if self.server is not None:
            written["server"] = self.server.content()
        return written

    @classmethod
    def of(cls, content: dict[str, Any]) -> About:
        """Read what was written; raises `ValueError`, `KeyError` or `TypeError`."""
        kind = Kind(content["kind"])
        server = ServerSettings.of(content["server"]) if kind is Kind.SERVER else None
        return cls(UUID(content["register"]), kind, server)


@dataclass(frozen=True, slots=True)
class RegisterFolder:
    """A register's place on disk; making one of these touches nothing."""

    path: Path

    @classmethod
    def named(cls, path: Path | str) -> RegisterFolder:
        """Take a folder as a person names it: with or without the suffix, or a file in it."""
        path = Path(path).expanduser()
        if path.name in {ABOUT, DATABASE, KEYS} and path.parent.suffix == REGISTER_SUFFIX:
            path = path.parent
        if path.suffix == REGISTER_SUFFIX or (path / ABOUT).exists():
            return cls(path)
        return cls(path.with_name(f"{path.name}{REGISTER_SUFFIX}"))

    @property
    def name(self) -> str:
        """The name of the register, as its folder is called."""
        return self.path.stem if self.path.suffix == REGISTER_SUFFIX else self.path.name

    @property
    def database(self) -> Path:
        """The encrypted file."""
        return self.path / DATABASE

    @property
    def keys(self) -> Path:
        """The file with the wrapped keys."""
        return self.path / KEYS

    @property
    def backups(self) -> Path:
        """The folder of backups."""
        return self.path / BACKUPS

    @property
    def tombstones(self) -> Path:
        """The keyed hashes of what was destroyed, one JSON object per line."""
        return self.backups / TOMBSTONES

    @property
    def about_file(self) -> Path:
        """The file that says what this folder is."""
        return self.path / ABOUT

    def about(self) -> About:
        """Read what this register is; raises `CannotOpenError` with the sentence of `inspect`."""
        self.must_be_known()
        return About.of(_read(self.about_file))

    def save_about(self, about: About) -> None:
        """Write what this register is."""
        replace_json(self.about_file, about.content())

    def inspect(self) -> Condition:
        """Find out what this folder is, without a key."""
        problem = self._problem()
        if problem is None:
            return Condition(State.READY, is_read_only=not os.access(self.path, os.W_OK))
        return problem

    def must_be_ready(self) -> Condition:
        """Raise `CannotOpenError` unless a password can open this register."""
        condition = self.inspect()
        if condition.problem is not None:
            raise CannotOpenError(condition.problem)
        return condition

    def must_be_known(self) -> Condition:
        """Raise `CannotOpenError` unless a password or the recovery key can open this register."""
        condition = self.inspect()
        if condition.problem is not None and condition.state is not State.KEYS_MISSING:
            raise CannotOpenError(condition.problem)
        return condition

    def _problem(self) -> Condition | None:
        return self._problem_of_place() or self._problem_of_about() or self._problem_of_files()

    def _problem_of_place(self) -> Condition | None:
        try:
            names = {each.name for each in self.path.iterdir()}
        except FileNotFoundError:
            return self._condition(
                State.MISSING,
                N_(
                    "There is no register at {path}; check the name, or whether the drive is there."
                ),
            )
        except NotADirectoryError:
            return self._condition(State.NOT_A_REGISTER, N_("{path} is not a register."))
        except OSError as error:
            return self._condition(
                State.MISSING,
                N_("{path} cannot be read ({reason}); check the drive and your access."),
                reason=reason_of(error),
            )
        if ABOUT in names:
            return None
        if names & {DATABASE, KEYS}:
            return self._incomplete(ABOUT)
        return self._condition(State.NOT_A_REGISTER, N_("{path} is not a register."))

    def _problem_of_about(self) -> Condition | None:
        try:
            content = _read(self.about_file)
            if int(content["format"]) > FORMAT:
                return self._condition(
                    State.NEWER,
                    N_("{path} was made by a newer version of PrivReg; install that version."),
                )
            About.of(content)
        except (OSError, *UNREADABLE):
            return self._damaged(ABOUT)
        return None

    def _problem_of_files(self) -> Condition | None:
        if About.of(_read(self.about_file)).kind is Kind.FILE:
            if not self.database.exists():
                return self._incomplete(DATABASE)
            size = self.database.stat().st_size
            if size == 0 or size % PAGE_BYTES:
                return self._damaged(DATABASE)
        if self.keys.exists():
            return None
        if (self.path / RECOVERY).exists() or (self.backups / RECOVERY).exists():
            return self._condition(
                State.KEYS_MISSING,
                N_("keys.json is missing from {path}; the recovery key opens this register."),
            )
        return self._incomplete(KEYS)

    def _incomplete(self, file: str) -> Condition:
        return self._condition(
            State.INCOMPLETE,
            N_("{path} is not complete: {file} is missing; copy the whole folder once more."),
            file=file,
        )

    def _damaged(self, file: str) -> Condition:
        return self._condition(
            State.DAMAGED, N_("{file} in {path} is damaged; restore the latest backup."), file=file
        )

    def _condition(self, state: State, template: str, **args: object) -> Condition:
        return Condition(state, message(template, path=str(self.path), **args))

    @contextmanager
    def making(self, about: About | None = None) -> Iterator[RegisterFolder]:
        """Make this folder whole or not at all.

        Yields a folder under another name beside it, with `register.json` and `backups/` in
        it; what is built there takes its own name when the block ends well, and is gone
        when it does not. Every file must be closed by then.
        """
        self.must_be_free()
        about = about or About(uuid4())
        draft = RegisterFolder(self.path.with_name(f".{self.path.name}.{os.getpid()}.making"))
        try:
            draft.backups.mkdir(parents=True)
            draft.save_about(about)
            yield draft
            settle_folder(draft.path)
            draft.path.rename(self.path)
            settle_folder(self.path.parent)
        except BaseException as error:
            shutil.rmtree(draft.path, ignore_errors=True)
            if isinstance(error, OSError):
                raise as_problem(error, self.path) from error
            raise

    def must_be_free(self) -> None:
        """Raise `ProblemError` where something stands under this name already."""
        if self.path.is_dir() and not any(self.path.iterdir()):
            self.path.rmdir()
        if self.path.exists():
            raise ProblemError(
                message(
                    N_("{path} exists already; choose another name or open it."),
                    path=str(self.path),
                )
            )
        if not self.path.parent.is_dir():
            raise ProblemError(
                message(
                    N_("The folder {path} does not exist; choose another place."),
                    path=str(self.path.parent),
                )
            )


def _read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_bytes())
    return content
