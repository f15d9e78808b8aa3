"""The settings of the program: declared once, checked by the declaration, never in the way."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from privreg.errors import InvalidRecordError, ProblemError
from privreg.formats import text
from privreg.settings import BY_NAME, SETTINGS, Setting, Settings, settings_folder
from privreg.translation import LANGUAGES

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_explains_itself_and_its_default_will_do(setting: Setting) -> None:
    assert setting.problem(setting.default) is None
    assert setting.label
    assert setting.help.endswith(".")
    assert text(setting.allowed)
    assert BY_NAME[setting.name] is setting


def test_the_languages_are_those_of_the_program() -> None:
    choices = BY_NAME["language"].choices
    assert choices is not None
    assert tuple(choices) == LANGUAGES


def test_what_was_chosen_is_there_after_a_restart(tmp_path: Path) -> None:
    Settings.load(tmp_path).with_values(theme="dark", idle_minutes=5).save(tmp_path)
    settings = Settings.load(tmp_path)
    assert settings["theme"] == "dark"
    assert settings["idle_minutes"] == 5
    assert settings["language"] == "nl"


@pytest.mark.parametrize(
    "values",
    [
        {"language": "fr"},
        {"language": ["nl"]},
        {"theme": None},
        {"idle_minutes": 0},
        {"idle_minutes": 121},
        {"idle_minutes": "10"},
        {"idle_minutes": True},
        {"idle_minutes": 1.5},
    ],
)
def test_what_will_not_do_is_refused_with_its_field(values: dict[str, object]) -> None:
    with pytest.raises(InvalidRecordError) as caught:
        Settings({}).with_values(**values)
    assert [problem.field for problem in caught.value.problems] == list(values)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"idle_minutes": -3}', '{"idle_minutes": []}'])
def test_a_damaged_file_gives_the_defaults(tmp_path: Path, content: str) -> None:
    (tmp_path / "settings.json").write_text(content)
    assert Settings.load(tmp_path)["idle_minutes"] == 10


def test_what_a_newer_version_chose_stays(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"sounds": "off"}')
    Settings.load(tmp_path).with_values(theme="light").save(tmp_path)
    assert Settings.load(tmp_path).chosen == {"sounds": "off", "theme": "light"}


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ProblemError):
        Settings({}).save(tmp_path / "file")


def test_another_place_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PRIVREG_SETTINGS", str(tmp_path))
    assert settings_folder() == tmp_path
    monkeypatch.delenv("PRIVREG_SETTINGS")
    assert settings_folder().name == "PrivReg"
