"""The settings of the program on this PC, each declared once.

The declaration feeds the settings page, the check of what is typed or read from disk, and
the manual. What belongs to a register (its backup term, whether disposal needs a second
person) is kept in that register, not here.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import platformdirs

from privreg.errors import FieldProblem, InvalidRecordError, ProblemError
from privreg.translation import DEFAULT_LANGUAGE, LANGUAGES, N_, Message, message

if TYPE_CHECKING:
    from collections.abc import Mapping

PROGRAM = "PrivReg"
FOLDER_VARIABLE = "PRIVREG_SETTINGS"  # another folder for settings, for tests and portable use
FILE = "settings.json"


@dataclass(frozen=True, kw_only=True, slots=True)
class Setting:
    """One setting: what it is called, what it does, and what it may be.

    A choice has `choices` (value to words), a number has `least` and `most`.
    """

    name: str
    label: str
    help: str
    default: str | int
    choices: Mapping[str, str] | None = None
    least: int = 0
    most: int = 0
    needs_restart: bool = False

    def problem(self, value: object) -> Message | None:
        """Say what is wrong with a value; None where it will do."""
        if self.choices is not None:
            if isinstance(value, str) and value in self.choices:
                return None
            words = [Message(each) for each in self.choices.values()]
            return message(N_("Choose one of {choices}."), choices=words)
        if isinstance(value, int) and not isinstance(value, bool):
            if self.least <= value <= self.most:
                return None
            return self.allowed
        return message(N_("Enter a whole number."))

    @property
    def allowed(self) -> Message:
        """What the setting may be, for the manual and beside the field."""
        if self.choices is not None:
            words = [Message(each) for each in self.choices.values()]
            return message(N_("Choose one of {choices}."), choices=words)
        return message(
            N_("Enter a whole number from {least} to {most}."), least=self.least, most=self.most
        )


SETTINGS: tuple[Setting, ...] = (
    Setting(
        name="language",
        label=N_("Language"),
        help=N_("The language of the screens, the paper and the messages."),
        default=DEFAULT_LANGUAGE,
        choices=dict(zip(LANGUAGES, (N_("Dutch"), N_("English")), strict=True)),
    ),
    Setting(
        name="theme",
        label=N_("Colours"),
        help=N_("Light or dark, or as the system has it."),
        default="system",
        choices={"system": N_("as the system"), "light": N_("light"), "dark": N_("dark")},
    ),
    Setting(
        name="idle_minutes",
        label=N_("Lock after"),
        help=N_(
            "After this many minutes without a key or the mouse the register locks itself; "
            "clocks and alarms go on."
        ),
        default=10,
        least=1,
        most=120,
    ),
    Setting(
        name="recent_registers",
        label=N_("Recent registers"),
        help=N_("How many registers the start screen remembers; 0 remembers none."),
        default=8,
        least=0,
        most=20,
    ),
)
BY_NAME = {setting.name: setting for setting in SETTINGS}


@dataclass(frozen=True, slots=True)
class Settings:
    """The values in use: what was chosen, and the default where nothing was."""

    chosen: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        """Return a value by the setting's name; a value that will not do gives the default."""
        setting = BY_NAME[name]
        value = self.chosen.get(name, setting.default)
        return setting.default if setting.problem(value) else value

    def with_values(self, **values: object) -> Settings:
        """Choose other values; raises `InvalidRecordError` with a sentence per setting."""
        found = ((name, BY_NAME[name].problem(value)) for name, value in values.items())
        problems = [FieldProblem(name, problem) for name, problem in found if problem is not None]
        if problems:
            raise InvalidRecordError(problems)
        return Settings({**self.chosen, **values})

    @classmethod
    def load(cls, folder: Path | None = None) -> Settings:
        """Read the settings; a file that is missing or damaged gives the defaults."""
        try:
            content = json.loads(((folder or settings_folder()) / FILE).read_text("utf-8"))
        except (OSError, ValueError):
            return cls({})
        return cls(content if isinstance(content, dict) else {})

    def save(self, folder: Path | None = None) -> None:
        """Keep the settings for this user of this PC; what a newer version chose stays."""
        place = folder or settings_folder()
        write(place / FILE, dict(self.chosen))


def settings_folder() -> Path:
    """Return where this program keeps what belongs to this user of this PC."""
    chosen = os.environ.get(FOLDER_VARIABLE)
    return Path(chosen) if chosen else platformdirs.user_config_path(PROGRAM, appauthor=False)


def write(path: Path, content: object) -> None:
    """Write one small JSON file among the settings, whole or not at all."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_text(json.dumps(content, indent=2, sort_keys=True) + "\n", "utf-8")
        fresh.replace(path)
    except OSError as error:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise ProblemError(
            message(
                N_("The settings could not be saved in {folder}; they last until you close."),
                folder=str(path.parent),
            )
        ) from error
