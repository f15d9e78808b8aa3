"""Makes a register of a million invented customers in minutes, for measuring only.

Some two thousand customers go through the gate as an example; the rest are copies of them
written straight into the tables, each with a name, codes and days of its own. A copy's days
all move by the same number, so that the days its timers count from move with them: every
timer, hold and event is as the gate would have written it. The copies have no journal.
"""

# SPDX-License-Identifier: EUPL-1.2
# ruff: noqa: S608  (names of tables and columns are our own)
from __future__ import annotations

from datetime import UTC, datetime
from random import Random
from typing import TYPE_CHECKING, Any

from privreg.clock import FixedClock
from privreg.exchange.example_people import People, Words
from privreg.paths import EXAMPLES
from privreg.registers.customers import sort_name
from privreg.services.desk import open_desk
from privreg.services.examples import PASSWORD, USER, make_example
from privreg.store.engine import connect
from privreg.store.search import folded

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLE = "1box"
NOW = datetime(2026, 4, 3, 15, 30, tzinfo=UTC)
PATTERNS = 2_000
KEPT_ITEMS = 0.61  # of the example's items, so that a million customers have three million
DAYS_MOVED = 400
COPIED = {
    "customers": (("id",), ()),
    "customer_groups": (("id", "parent_id"), ()),
    "items": (("id", "customer_id"), ("dated_on",)),
    "events": (("id", "customer_id", "item_id"), ("happened_on",)),
    "holds": (("id", "customer_id"), ("since_on", "review_on", "until_on")),
    "hold_items": (("id", "parent_id", "target_id"), ()),
    "item_timers": (("item_id",), ("starts_on",)),
}
"""Per table the keys that get the copy's own beginning, and the days that move."""
PATTERN_OF = {
    "customers": "t.id",
    "customer_groups": "t.parent_id",
    "items": "t.customer_id",
    "events": "t.customer_id",
    "holds": "t.customer_id",
    "hold_items": "(SELECT customer_id FROM holds WHERE holds.id = t.parent_id)",
    "item_timers": "(SELECT customer_id FROM items WHERE items.id = t.item_id)",
}
OWN = ("number", "first_name", "name", "sort_name", "contact_name", "email", "mobile")
PEOPLE = People(Words.read(EXAMPLES / "names.toml"), Random(1))


def generate(folder: Path, customers: int, *, seed: int = 1) -> Path:
    """Make a register of so many customers and return its folder; user demo, password demo."""
    patterns = min(PATTERNS, customers)
    path = make_example(folder, EXAMPLE, customers=patterns, seed=seed, clock=FixedClock(NOW))
    if customers == patterns:
        return path
    desk = open_desk(path, USER, PASSWORD, clock=FixedClock(NOW))
    database, key = desk.folder.database, desk.data_key.key
    desk.close()
    connection = connect(database, key)
    try:
        _multiply(connection, customers - patterns, Random(seed))
    finally:
        connection.close()
    return path


def _multiply(connection: Any, copies: int, random: Random) -> None:
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "foreign_keys = OFF"):
        connection.execute(f"PRAGMA {pragma}").close()
    connection.execute("PRAGMA secure_delete = OFF").close()
    connection.execute("PRAGMA cache_size = -400000").close()
    connection.execute("BEGIN")
    _thin_out(connection)
    indexes = _without_indexes(connection)
    _people(connection, copies, random)
    for table in COPIED:
        _patterns(connection, table)
    for table in COPIED:
        _copies(connection, table)
    _findable(connection)
    for index in indexes:
        connection.execute(index)
    connection.execute("COMMIT")
    connection.execute("PRAGMA journal_mode = WAL").close()


def _thin_out(connection: Any) -> None:
    """Drop some of the example's items, and what refers to them."""
    connection.execute(
        "CREATE TEMP TABLE dropped AS SELECT id FROM items WHERE rowid % 100 >= ?",
        (KEPT_ITEMS * 100,),
    )
    for table, column in (
        ("item_timers", "item_id"),
        ("events", "item_id"),
        ("hold_items", "target_id"),
        ("items", "id"),
    ):
        connection.execute(f"DELETE FROM {table} WHERE {column} IN (SELECT id FROM dropped)")


def _without_indexes(connection: Any) -> list[str]:
    """Drop the indexes that can be made again faster than kept, and return how."""
    found = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        f" AND tbl_name IN ({', '.join('?' * len(COPIED))})",
        tuple(COPIED),
    ).fetchall()
    for name, _sql in found:
        connection.execute(f"DROP INDEX {name}")
    return [sql for _name, sql in found]


def _people(connection: Any, copies: int, random: Random) -> None:
    """Make up who the copies are: a name, codes and days of their own."""
    known = connection.execute("SELECT id, kind FROM customers").fetchall()
    connection.execute(
        "CREATE TEMP TABLE people (n INTEGER PRIMARY KEY, pattern, moved, words, codes, "
        f"{', '.join(OWN)})"
    )
    connection.executemany(
        f"INSERT INTO people VALUES ({', '.join('?' * (5 + len(OWN)))})",
        (_person(n, known[n % len(known)], random) for n in range(1, copies + 1)),
    )


def _person(n: int, copied: tuple[bytes, str], random: Random) -> tuple[Any, ...]:
    pattern, kind = copied
    made = PEOPLE.someone("NL", n, is_company=kind == "company")
    contact = f"{made.first} {made.last}" if made.company else ""
    first, name = ("", made.company) if made.company else (made.first, made.last)
    email, digits = f"{made.mailbox}{n}@post.example", f"6{random.randrange(10**7, 10**8)}"
    number, mobile = f"OS-{n:07d}", f"+31 6 {digits[1:]}"
    codes = folded(number)
    words = [*codes, *folded(f"{first} {name} {contact} {email} {mobile}")]
    words += [f"31{digits}", f"0{digits}"]
    sorted_by = sort_name({"name": name, "first_name": first})
    return (
        *(n, pattern, -random.randrange(DAYS_MOVED), " ".join(dict.fromkeys(words))),
        *(" ".join(codes), number, first, name, sorted_by, contact, email, mobile),
    )


def _patterns(connection: Any, table: str) -> None:
    """Keep the rows to copy aside, by the customer they belong to."""
    connection.execute(
        f"CREATE TEMP TABLE p_{table} AS SELECT {PATTERN_OF[table]} AS pattern, t.* FROM {table} t"
    )
    connection.execute(f"CREATE INDEX temp.p_{table}_of ON p_{table} (pattern)")


def _copies(connection: Any, table: str) -> None:
    keys, days = COPIED[table]
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    values = ", ".join(_copied(table, column, keys, days) for column in columns)
    connection.execute(
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values}"
        f" FROM people c CROSS JOIN p_{table} t ON t.pattern = c.pattern ORDER BY c.n"
    )


def _copied(table: str, column: str, keys: tuple[str, ...], days: tuple[str, ...]) -> str:
    """Return the expression of one column of a copy."""
    if column in keys:
        return (
            f"CASE WHEN t.{column} IS NOT NULL"
            f" THEN unhex(printf('%016x', c.n) || substr(hex(t.{column}), 17)) END"
        )
    if column in days:
        return f"date(t.{column}, c.moved || ' days')"
    return f"c.{column}" if table == "customers" and column in OWN else f"t.{column}"


def _findable(connection: Any) -> None:
    """Make the copies findable, in the rows and in the index."""
    connection.execute(
        "INSERT INTO search_rows (slug, record_id, codes, words)"
        " SELECT 'customers', unhex(printf('%016x', n) || substr(hex(pattern), 17)), codes, words"
        " FROM people ORDER BY n"
    )
    connection.execute("INSERT INTO search_index(search_index) VALUES('rebuild')")
