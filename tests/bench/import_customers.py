"""Measures an import of customers and items from CSV against bare executemany of the same rows.

Run: `python -m tests.bench.import_customers [CUSTOMERS]`. Both write into encrypted files with
the same tables. The import reads the files, recognises the columns, finds what the lines name,
checks, journals, makes findable and governs: at most 15 x the bare copy.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import csv
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from privreg.clock import SystemClock, today
from privreg.exchange.examples import example_customers
from privreg.registers.register_list import register_of
from privreg.services.desk import open_desk
from privreg.services.examples import PASSWORD, make_example
from privreg.services.transfer import import_file
from privreg.store import everything
from privreg.store.engine import connect

if TYPE_CHECKING:
    from collections.abc import Callable

    from privreg.services.desk import Desk

GOAL = 15.0
CUSTOMERS = 100_000
EXAMPLE = "koffiemax"
SEED = 7
TABLES = ("customers", "customer_groups", "items")
PLAIN = (
    *("number", "kind", "phase", "first_name", "name", "contact_name", "email", "phone"),
    *("street", "postcode", "city", "country", "kvk", "vat", "iban"),
)


def main(arguments: list[str]) -> int:
    """Measure and print; return 1 when the goal is missed."""
    count = int(arguments[0]) if arguments else CUSTOMERS
    with tempfile.TemporaryDirectory(prefix="privreg-bench-") as place:
        ratio = measure(Path(place), count)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    report(f"import: {ratio:.1f} x bare executemany, goal {GOAL:.0f} x; peak {peak:.0f} MB")
    return 0 if ratio <= GOAL else 1


def measure(place: Path, count: int) -> float:
    """Import into one register, copy the same rows into another, and return the ratio."""
    clock = SystemClock()
    full, bare = (
        make_example(place / name, EXAMPLE, customers=0, clock=clock) for name in ("full", "bare")
    )
    desk = open_desk(full, None, PASSWORD, clock=clock)
    try:
        write_files(desk, place, count)
        spent = sum(imported(desk, place, slug) for slug in ("customers", "items"))
        key = desk.data_key.key
    finally:
        desk.close()
    rows = read_rows(full / "register.db", key)
    other = open_desk(bare, None, PASSWORD, clock=clock)
    bare_key = other.data_key.key
    other.close()
    least = timed(lambda: write_rows(bare / "register.db", bare_key, rows))
    total = sum(len(each) for each in rows.values())
    report(f"{total} rows: import {spent:.1f} s, bare {least:.2f} s")
    return spent / least


def imported(desk: Desk, place: Path, slug: str) -> float:
    """Import one file; return the seconds it took."""
    started = time.perf_counter()
    result = import_file(desk, slug, place / f"{slug}.csv")
    spent = time.perf_counter() - started
    report(f"{slug}: {result.added} added, {len(result.rejects)} refused, {spent:.1f} s")
    return spent


def write_files(desk: Desk, place: Path, count: int) -> None:
    """Write the customers of an example, and their items, as two CSV files."""
    with desk.store.read() as connection:
        titles = {
            key: title
            for slug in ("controllers", "groups", "kinds")
            for key, _number, title in everything.titles(connection, register_of(slug))
        }
    now = desk.clock.now()
    bundles = example_customers(EXAMPLE, count=count, seed=SEED, today=today(desk.clock), now=now)
    with (
        (place / "customers.csv").open("w", encoding="utf-8", newline="") as customers,
        (place / "items.csv").open("w", encoding="utf-8", newline="") as items,
    ):
        people, things = csv.writer(customers, delimiter=";"), csv.writer(items, delimiter=";")
        people.writerow([*PLAIN, "controller", "groups"])
        things.writerow(
            ["customer", "controller", "kind_id", "group_id", "label", "place", "dated_on"]
        )
        for bundle in bundles:
            who = bundle.customer
            owner = titles[who["controller_id"]]
            groups = "; ".join(titles[each] for each in who["groups"])
            people.writerow([*(who.get(name, "") for name in PLAIN), owner, groups])
            for item in bundle.items:
                named = [titles[item["kind_id"]], titles[item["group_id"]]]
                day = f"{item['dated_on']:%d-%m-%Y}"
                things.writerow([who["number"], owner, *named, item["label"], item["place"], day])


def read_rows(database: Path, key: bytes) -> dict[str, list[tuple[Any, ...]]]:
    """Read what was imported, as the driver gives it."""
    connection = connect(database, key, read_only=True)
    rows = {
        table: connection.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608
        for table in TABLES
    }
    connection.close()
    return rows


def write_rows(database: Path, key: bytes, rows: dict[str, list[tuple[Any, ...]]]) -> None:
    """Write the same rows in one transaction, and nothing else."""
    connection = connect(database, key)
    connection.execute("BEGIN")
    for table, found in rows.items():
        places = ", ".join("?" * len(found[0]))
        connection.executemany(f"INSERT INTO {table} VALUES ({places})", found)  # noqa: S608
    connection.execute("COMMIT")
    connection.close()


def report(line: str) -> None:
    """Say one line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def timed(work: Callable[[], object]) -> float:
    """Return how many seconds something takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
