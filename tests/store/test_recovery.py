"""The recovery key on paper: read back whatever way it is typed, each slip named."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privreg.errors import ProblemError
from privreg.store import recovery

KEY = bytes(range(20))
KEYS = st.binary(min_size=20, max_size=20)


def test_it_is_eight_groups_of_five_without_letters_that_look_alike() -> None:
    text = recovery.fresh_recovery_key()
    assert re.fullmatch(r"(?:[0-9A-HJKMNP-TV-Z]{5}-){7}[0-9A-HJKMNP-TV-Z]{5}", text)
    assert recovery.fresh_recovery_key() != text


@given(KEYS)
def test_what_was_written_is_read(key: bytes) -> None:
    assert recovery.read(recovery.written(key)) == key


@given(KEYS)
def test_it_is_read_however_it_is_typed(key: bytes) -> None:
    text = recovery.written(key)
    for typed in (
        text.lower(),
        text.replace("-", ""),
        text.replace("-", "  "),
        f" {text}\n",
        text.replace("0", "O").replace("1", "I"),
        text.replace("0", "o").replace("1", "l"),
    ):
        assert recovery.read(typed) == key


@given(KEYS, st.integers(0, 39), st.integers(1, 31))
def test_one_wrong_character_is_found_in_its_group(key: bytes, place: int, shift: int) -> None:
    letters = recovery.written(key).replace("-", "")
    wrong = recovery.ALPHABET[(recovery.ALPHABET.index(letters[place]) + shift) % 32]
    with pytest.raises(ProblemError) as caught:
        recovery.read(letters[:place] + wrong + letters[place + 1 :])
    assert caught.value.problem.args == {"place": place // 5 + 1}


@given(KEYS, st.integers(0, 7), st.integers(0, 3))
def test_two_changed_places_are_found(key: bytes, group: int, place: int) -> None:
    letters = list(recovery.written(key).replace("-", ""))
    first = group * 5 + place
    letters[first], letters[first + 1] = letters[first + 1], letters[first]
    if letters[first] == letters[first + 1]:
        assert recovery.read("".join(letters)) == key
        return
    with pytest.raises(ProblemError) as caught:
        recovery.read("".join(letters))
    assert caught.value.problem.args == {"place": group + 1}


@given(KEYS, st.integers(0, 7), st.integers(0, 7))
def test_two_changed_groups_are_found(key: bytes, one: int, other: int) -> None:
    groups = recovery.written(key).split("-")
    groups[one], groups[other] = groups[other], groups[one]
    if one == other:
        assert recovery.read("-".join(groups)) == key
    else:
        with pytest.raises(ProblemError):
            recovery.read("-".join(groups))


@pytest.mark.parametrize(
    ("typed", "args"),
    [
        ("", {"wanted": 40, "typed": 0}),
        (recovery.written(KEY)[:-1], {"wanted": 40, "typed": 39}),
        (recovery.written(KEY) + "0", {"wanted": 40, "typed": 41}),
        ("U" + recovery.written(KEY)[1:], {"letter": "U"}),
        ("é" * 40, {"letter": "É"}),
    ],
)
def test_what_cannot_be_a_recovery_key_is_told(typed: str, args: dict[str, object]) -> None:
    with pytest.raises(ProblemError) as caught:
        recovery.read(typed)
    assert caught.value.problem.args == args
