"""An example made in a real register: it opens, its clocks run and its gaps are found."""

# SPDX-License-Identifier: EUPL-1.2
# ruff: noqa: N802  (the ids of the promises are written with a capital)
from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest

from privreg.clock import FixedClock
from privreg.exchange.examples import EXAMPLES
from privreg.formats import text
from privreg.law.retention import ItemStatus
from privreg.services import agenda, records, timers
from privreg.services.desk import Desk, open_desk
from privreg.services.examples import make_example
from tests.examples.states import NOW, TODAY, some_customers, states

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

CUSTOMERS = 60


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return the folder of an example, made once."""
    folder = tmp_path_factory.mktemp("examples")
    there: dict[str, Path] = {}
    return partial(_made, folder, there)


def _made(folder: Path, there: dict[str, Path], name: str) -> Path:
    if name not in there:
        place = folder / f"{name}.privreg"
        there[name] = make_example(place, name, customers=CUSTOMERS, clock=FixedClock(NOW))
    return there[name]


@pytest.fixture
def opened(made: Callable[[str], Path]) -> Iterator[Callable[[str], Desk]]:
    """Return a way to open an example, closed after the test."""
    desks: list[Desk] = []

    def opening(name: str) -> Desk:
        desks.append(open_desk(made(name), "demo", "demo", clock=FixedClock(NOW)))
        return desks[-1]

    yield opening
    for desk in desks:
        desk.close()


def found(desk: Desk) -> list[str]:
    """Return the findings of a register as lines of text."""
    return [f"{each.title}: {text(each.what)}" for each in agenda.findings(desk)]


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_opens_with_its_breach_running_until_tomorrow(
    name: str, opened: Callable[[str], Desk]
) -> None:
    clocks = agenda.agenda(opened(name))
    due = [each.due for each in clocks if each.register == "breaches" and not each.done]
    moments = [each for each in due if isinstance(each, datetime)]
    assert NOW + timedelta(hours=41) in moments


def test_an_example_takes_its_name_when_it_is_whole(tmp_path: Path) -> None:
    seen: list[bool] = []

    def look(_done: int, _total: int) -> None:
        seen.append((tmp_path / "Koffie.privreg").exists())

    make_example(
        tmp_path / "Koffie", "koffiemax", customers=3, clock=FixedClock(NOW), progress=look
    )
    assert seen == [False]
    assert [each.name for each in tmp_path.iterdir()] == ["Koffie.privreg"]


@pytest.mark.parametrize(
    "where",
    ["examples.create_register", "desk.open_desk", "examples._fill"],
)
def test_an_example_that_is_stopped_leaves_nothing(
    where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_words: object, **_more: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(f"privreg.services.{where}", stopped)
    with pytest.raises(KeyboardInterrupt):
        make_example(tmp_path / "Koffie", "koffiemax", customers=3, clock=FixedClock(NOW))
    assert list(tmp_path.iterdir()) == []


def test_koffiemax_K1_both_companies_know_each_other_in_the_register(
    opened: Callable[[str], Desk],
) -> None:
    desk = opened("koffiemax")
    rows = records.page(desk, "controllers", records.ListQuery(), 0, 10).rows
    assert {row["relation"] for row in rows} == {"joint"}
    whole = [records.load(desk, "controllers", row["id"]) for row in rows]
    assert {each["partners"][0] for each in whole} == {each["id"] for each in whole}


@pytest.mark.parametrize(
    ("name", "title", "words"),
    [
        ("1box", "Gesprekken met de klantenservice", "Beelden van videogesprekken"),
        ("1box", "Camerabewaking", "Bezoeklogs"),
        ("koffiemax", "Kopie legitimatiebewijs", "hoog risico"),
        ("koffiemax", "Overeenkomsten sluiten", "Kopie legitimatiebewijs"),
        ("connox", "Bezoek aan de website", "Logs van de website"),
        ("connox", "Anamantic", "Australië"),
        ("iv", "Loerlicht", "overeenkomst"),
        ("iv", "Website meten", "buiten de EER"),
        ("iv", "Promotie, marketing", "heeft geen grondslag"),
        ("clientbox", "Klantlaadje", "functionaris"),
        ("clientbox", "Briefduif", "verwerkersovereenkomst"),
    ],
)
def test_what_a_statement_lacks_is_found(
    name: str, title: str, words: str, opened: Callable[[str], Desk]
) -> None:
    lines = found(opened(name))
    assert [line for line in lines if line.startswith(title) and words in line], lines


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_due_list_is_what_the_law_says_item_by_item(
    name: str, opened: Callable[[str], Desk]
) -> None:
    wanted = [
        (bundle.customer["id"], state.dispose_from)
        for bundle in some_customers(name, CUSTOMERS)
        for _item, state in states(name, bundle)
        if state.state is ItemStatus.DUE
    ]
    page = timers.due(opened(name), TODAY, limit=1_000)
    assert sorted((line.customer_id, line.dispose_from) for line in page.lines) == sorted(wanted)


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_item_stands_in_the_register_where_the_law_says(
    name: str, opened: Callable[[str], Desk]
) -> None:
    desk = opened(name)
    for bundle in some_customers(name, CUSTOMERS)[:20]:
        shown = timers.customer_items(desk, bundle.customer["id"], TODAY)
        found = {view.item["id"]: view.state.state for view in shown}
        wanted = {item["id"]: state.state for item, state in states(name, bundle)}
        assert found == wanted
