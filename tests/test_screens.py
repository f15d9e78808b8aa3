"""The pictures of the manual: every page has one, and one can be taken."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from PIL import Image

from tools import screens
from ui.places import PAGES

CHECKOUT = Path(__file__).resolve().parents[1]


def test_there_is_a_picture_of_every_page() -> None:
    assert set(screens.pages()) == {each.slug for each in PAGES}
    assert set(screens.OPENED) <= set(screens.pages())


def test_a_picture_is_taken_of_one_page_in_both_languages(tmp_path: Path) -> None:
    asked = ["--example", "koffiemax", "--out", str(tmp_path), "--only", "groups"]
    told = subprocess.run(
        [sys.executable, "-m", "tools.screens", *asked],
        cwd=CHECKOUT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    assert {each.name for each in tmp_path.iterdir()} == {
        "groups-light-nl.png",
        "groups-dark-en.png",
    }
    with Image.open(tmp_path / "groups-light-nl.png") as picture:
        assert picture.size == screens.SIZE
        assert len(picture.getcolors() or ()) > 2
