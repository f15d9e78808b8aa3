"""The password policy: length and the commonest passwords, nothing silly."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pytest

from privreg.formats import text
from privreg.paths import LISTS
from privreg.store import passwords
from privreg.store.passwords import problem_with

KNOWN = ("Janssen", "Bonenhof B.V.", "bonenhof", "jp")


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "vier natte schapen",
        "fiets lamp wolk",
        "kd83hf92hslq",
        "ÜberÇa va bien",
        "пароль который длинный",
        "98237498237498273423",
        "de kat van jansens buurvrouw",
    ],
)
def test_a_long_password_of_ones_own_will_do(password: str) -> None:
    assert problem_with(password, KNOWN) is None


@pytest.mark.parametrize("password", ["", "kort", "12345678901", "elf tekens!"])
def test_a_short_password_is_told_how_long(password: str) -> None:
    problem = problem_with(password)
    assert problem is not None
    assert "12" in text(problem)


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "Welkom2026!!",
        "WELKOMwelkom2026",
        "welkomgeheim",
        "geheim12345678",
        "qwertyuiop12",
        "zonnetjezonnetje",
        "abcabcabcabc",
        "aaaaaaaaaaaa",
        "123456789012",
        "april 2026 2026",
        "0612345678 !!",
        "feyenoord1908!",
        "trustno1trustno1",
    ],
)
def test_what_is_tried_first_is_refused(password: str) -> None:
    problem = problem_with(password)
    assert problem is not None
    assert problem.template in {passwords.TOO_COMMON, passwords.TOO_SHORT}


@pytest.mark.parametrize(
    "password", ["janssen12345", "Bonenhof2026!", "!!!janssen!!!", "bonenhofBV2026"]
)
def test_the_own_name_with_a_little_added_is_refused(password: str) -> None:
    problem = problem_with(password, KNOWN)
    assert problem is not None
    assert problem.template == passwords.TOO_NEAR


def test_digits_alone_will_do_from_sixteen_on() -> None:
    assert problem_with("9038271564028371"[:15]) is not None
    assert problem_with("9038271564028371") is None


def test_the_list_says_where_it_comes_from_and_is_tidy() -> None:
    content = (LISTS / "common_passwords.txt").read_text("utf-8")
    lines = content.splitlines()
    words = [line for line in lines if not line.startswith("#")]
    assert "Source:" in content
    assert "MIT" in content
    assert words == sorted(set(words))
    assert len(words) > 5_000
    assert all(word == word.casefold().strip() for word in words)
