"""Makes an example register: invented records, customers by the thousand, ready to open."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import os
import shutil
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING

from privreg.clock import today
from privreg.errors import UsageError
from privreg.exchange.examples import (
    AFTER_CUSTOMERS,
    EXAMPLES,
    example_changes,
    example_customers,
    example_records,
)
from privreg.paths import REGISTER_SUFFIX
from privreg.registers.register_list import register_of
from privreg.services.desk import create_register
from privreg.store import bulk, gate
from privreg.store.folder import RegisterFolder
from privreg.store.records import load
from privreg.store.safe_write import settle_folder
from privreg.translation import N_, message

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    from privreg.clock import Clock
    from privreg.registers.declaration import Values
    from privreg.services.desk import Desk
    from privreg.store.gate import Saver

__all__ = ["EXAMPLES", "make_example"]

USER = "demo"
PASSWORD = "demo"  # noqa: S105  (of invented data only)
MOST_CUSTOMERS = 1_000_000
DECLARED_BEFORE = timedelta(days=400)
AT_ONCE = 20_000
"""Customers per transaction: large enough to be quick, small enough to keep the log small."""


def make_example(
    folder: Path,
    name: str,
    *,
    customers: int = 200,
    seed: int = 1,
    clock: Clock,
    progress: Callable[[int, int], None] | None = None,
) -> Path:
    """Make an example register with user demo and password demo, and return its folder.

    Passwords are judged where a person chooses one for a real register, not where the file
    is made: so this one place may take a word everybody knows. `progress` hears how many
    customers of how many stand. It takes its name when it is whole; nothing is left behind
    when anything fails or is stopped.
    """
    _must_be_possible(name, customers)
    place = RegisterFolder.named(folder)
    place.must_be_free()
    draft = place.path.with_name(f".{place.name}.{os.getpid()}.making{REGISTER_SUFFIX}")
    try:
        desk, _recovery_key = create_register(
            draft, {}, login=USER, name=USER, password=PASSWORD, clock=clock
        )
        try:
            _fill(desk, name, customers, seed, progress)
        finally:
            desk.close()
        draft.rename(place.path)
        settle_folder(place.path.parent)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    return place.path


def _must_be_possible(name: str, customers: int) -> None:
    if name not in EXAMPLES:
        raise UsageError(
            message(
                N_("There is no example '{name}'; choose one of {examples}."),
                name=name,
                examples=list(EXAMPLES),
            )
        )
    if not 0 <= customers <= MOST_CUSTOMERS:
        raise UsageError(
            message(
                N_("An example has from 0 to {maximum} customers; choose a number between."),
                maximum=MOST_CUSTOMERS,
            )
        )


def _fill(
    desk: Desk,
    name: str,
    customers: int,
    seed: int,
    progress: Callable[[int, int], None] | None,
) -> None:
    now = desk.clock.now()
    day = today(desk.clock)
    records = list(example_records(name, today=day, now=now, customers=customers))
    _declare_secrecy(desk, day)
    _save(desk, [each for each in records if each[0] not in AFTER_CUSTOMERS])
    _fill_in_afterwards(desk, name, day)
    bundles = example_customers(name, count=customers, seed=seed, today=day, now=now)
    for done in range(0, customers, AT_ONCE):
        _add_customers(desk, list(islice(bundles, AT_ONCE)))
        if progress is not None:
            progress(min(done + AT_ONCE, customers), customers)
    _save(desk, [each for each in records if each[0] in AFTER_CUSTOMERS])


def _add_customers(desk: Desk, bundles: Sequence[bulk.Bundle]) -> None:
    desk.saved(lambda saver: bulk.add_customers(_of_the_past(saver), bundles))


def _fill_in_afterwards(desk: Desk, name: str, day: date) -> None:
    """Save what could not be said before all records stood, such as each other's partners."""

    def work(saver: Saver) -> None:
        for slug, key, changes in example_changes(name, today=day, now=desk.clock.now()):
            register = register_of(slug)
            stands = load(saver.connection, register, key)
            gate.save(_of_the_past(saver), register, {**(stands or {}), **changes})

    desk.saved(work)


def _declare_secrecy(desk: Desk, day: date) -> None:
    """Let the user of the example have signed; every other finding is the business's own."""
    users = register_of("users")

    def work(saver: Saver) -> None:
        stands = load(saver.connection, users, desk.user.id)
        signed = {"secrecy_declared_on": day - DECLARED_BEFORE}
        gate.save(_of_the_past(saver), users, {**(stands or {}), **signed})

    desk.saved(work)


def _save(desk: Desk, records: Sequence[tuple[str, Values]]) -> None:
    def work(saver: Saver) -> None:
        for slug, values in records:
            gate.save(_of_the_past(saver), register_of(slug), values)

    desk.saved(work)


def _of_the_past(saver: Saver) -> Saver:
    """Let the facts of an example have been entered as they happened, years ago."""
    return replace(saver, entered_as_it_happened=True)
