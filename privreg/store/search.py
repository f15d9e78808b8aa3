"""Instant search: what begins with the typed letters, in a million records.

SQLite finds it with FTS5, PostgreSQL with a text index; both get the same words, folded
here, so that both find the same.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.expression import Join

from privreg.registers.declaration import Kind
from privreg.store.row_writer import RowWriter
from privreg.store.tables import SearchRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from sqlalchemy.sql.compiler import SQLCompiler

    from privreg.registers.declaration import FieldSpec, Register, Values

TOKENS = 8
WORDS_LENGTH = 4000
DUTCH_PREFIX = "31"
_NOT_A_WORD = re.compile(r"[\W_]+")
ROWS: sa.Table = SearchRow.__table__  # type: ignore[attr-defined]
INDEX = sa.table("search_index", sa.column("rowid", sa.Integer))


def folded(text: str) -> list[str]:
    """Split a text into words without capitals, accents and punctuation."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(each for each in decomposed if not unicodedata.combining(each))
    return [word for word in _NOT_A_WORD.split(text.casefold()) if word]


def words_of(register: Register, values: Values) -> tuple[str, str]:
    """Return the codes and the words by which a record is found."""
    codes = " ".join(folded(str(values.get("number") or "")))
    found = (f for f in register.fields if f.searched and values.get(f.name))
    texts = (_as_typed(f, str(values[f.name])) for f in found)
    words = " ".join(dict.fromkeys(word for text in texts for word in folded(text)))
    return codes, words[:WORDS_LENGTH]


def _as_typed(field: FieldSpec, text: str) -> str:
    """Add to a telephone number how people type it: without spaces, from its 0 on."""
    if field.kind is not Kind.PHONE:
        return text
    digits = "".join(each for each in text if each.isdigit())
    national = f"0{digits.removeprefix(DUTCH_PREFIX)}" if text.startswith("+") else digits
    return f"{text} {digits} {national}"


def put(connection: sa.Connection, register: Register, values: Values) -> None:
    """Make one record findable as it is now; nothing is written where its words stay."""
    found = sa.select(ROWS.c.codes, ROWS.c.words).where(ROWS.c.record_id == values["id"])
    was = connection.execute(found).first()
    if was is not None and tuple(was) == words_of(register, values):
        return
    forget(connection, [values["id"]])
    put_new(connection, register, [values])


def put_new(connection: sa.Connection, register: Register, records: Sequence[Values]) -> None:
    """Make records findable that were not in the register before."""
    rows = []
    for values in records:
        codes, words = words_of(register, values)
        rows.append(
            {"slug": register.slug, "record_id": values["id"], "codes": codes, "words": words}
        )
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        connection.execute(sa.insert(ROWS), rows)
        return
    first = connection.execute(sa.select(sa.func.max(ROWS.c.row))).scalar() or 0
    for row, each in enumerate(rows, first + 1):
        each["row"] = row
    RowWriter(connection, ROWS).write(rows)
    connection.exec_driver_sql(
        "INSERT INTO search_index(rowid, codes, words) VALUES(?, ?, ?)",
        [(each["row"], each["codes"], each["words"]) for each in rows],
    )


def forget(connection: sa.Connection, keys: Iterable[UUID]) -> None:
    """Take records out of the search, so that nothing of their words stays."""
    wanted = ROWS.c.record_id.in_(list(keys))
    if connection.dialect.name == "sqlite":
        found = connection.execute(sa.select(ROWS.c.row, ROWS.c.codes, ROWS.c.words).where(wanted))
        for row, codes, words in found.all():
            connection.exec_driver_sql(
                "INSERT INTO search_index(search_index, rowid, codes, words)"
                " VALUES('delete', ?, ?, ?)",
                (row, codes, words),
            )
    connection.execute(sa.delete(ROWS).where(wanted))


class InOrder(Join):
    """A join that SQLite makes in the order written: the matches first, one by one.

    Left to itself it may gather a million matches before it takes the first two hundred.
    """

    inherit_cache = True


@compiles(InOrder)
def _in_order(join: InOrder, compiler: SQLCompiler, **_how: Any) -> str:
    sides = [compiler.process(each, asfrom=True) for each in (join.left, join.right)]
    assert join.onclause is not None  # noqa: S101  (always given)
    between = " CROSS JOIN " if compiler.dialect.name == "sqlite" else " JOIN "
    return f"{between.join(sides)} ON {compiler.process(join.onclause)}"


def matching(
    table: sa.Table, slug: str, text: str, *, is_server: bool, codes_only: bool = False
) -> tuple[sa.FromClause, sa.ColumnElement[bool]] | None:
    """Return what to select a register's records from, and the condition by which they match.

    None when the text holds no word.
    """
    words, shared = _asked_for(text)
    if not words:
        return None
    if is_server:
        condition = _on_server(words, codes_only=codes_only)
        found: sa.FromClause = ROWS
    else:
        condition = _in_file(words, codes_only=codes_only)
        found = InOrder(INDEX, ROWS, ROWS.c.row == INDEX.c.rowid)
    condition = sa.and_(condition, *(_holds(each, codes_only=codes_only) for each in shared))
    records = InOrder(found, table, table.c.id == ROWS.c.record_id)
    return records, sa.and_(condition, ROWS.c.slug == slug)


def is_common(connection: sa.Connection, text: str, many: int, *, codes_only: bool = False) -> bool:
    """Say whether more records than so many match, of all registers in the file."""
    words, _shared = _asked_for(text)
    if not words:
        return False
    found = sa.select(INDEX.c.rowid).where(_in_file(words, codes_only=codes_only))
    return connection.execute(found.limit(1).offset(many)).first() is not None


def matching_among(
    few: sa.FromClause, text: str, at_most: int, *, codes_only: bool = False
) -> sa.Subquery:
    """Select the `record_id` of the first matches among a few records of a file, each read.

    `few` gives their `id`. The first ones are those that `matching` would come upon first.
    """
    words, shared = _asked_for(text)
    held = ROWS.c.codes if codes_only else ROWS.c.codes + " " + ROWS.c.words
    conditions = [_begins_in(held, each) for each in words]
    conditions += [_holds(each, codes_only=codes_only) for each in shared]
    read = InOrder(few, ROWS, ROWS.c.record_id == few.c.id)
    found = sa.select(ROWS.c.record_id).select_from(read).where(*conditions)
    return found.order_by(ROWS.c.row).limit(at_most).subquery("read_first")


def _asked_for(text: str) -> tuple[list[str], list[str]]:
    """Return the words the index is asked for, and those of what stands after an @."""
    mailbox, _at, domain = text.partition("@")
    words, shared = folded(mailbox)[:TOKENS], folded(domain)[:TOKENS]
    return (words, shared) if words else (shared, [])


def finds(register: Register, values: Values, text: str) -> bool:
    """Say whether a typed text would find a record that held these values and no others."""
    words, shared = _asked_for(text)
    held = " ".join(words_of(register, values)).split()
    return all(any(each.startswith(word) for each in held) for word in (*words, *shared))


def _holds(word: str, *, codes_only: bool) -> sa.ColumnElement[bool]:
    """Say that a row holds a word, by reading the row.

    For what stands after the @ of an address: half of a register may share it, and the index
    would gather all of them.
    """
    return _begins_in(ROWS.c.codes if codes_only else ROWS.c.words, word)


def _begins_in(text_of: sa.ColumnElement[str], word: str) -> sa.ColumnElement[bool]:
    return (sa.literal(" ") + text_of).contains(f" {word}", autoescape=True)


def _on_server(words: Sequence[str], *, codes_only: bool) -> sa.ColumnElement[bool]:
    text_of = ROWS.c.codes if codes_only else ROWS.c.codes + " " + ROWS.c.words
    vector = sa.func.to_tsvector(sa.literal_column("'simple'"), text_of)
    wanted = " & ".join(f"{word}:*" for word in words)
    return vector.op("@@")(sa.func.to_tsquery(sa.literal_column("'simple'"), wanted))


def _in_file(words: Sequence[str], *, codes_only: bool) -> sa.ColumnElement[bool]:
    phrase = " AND ".join(f'"{word}"*' for word in words)
    if codes_only:
        phrase = f"{{codes}} : ({phrase})"
    return sa.literal_column("search_index").op("MATCH")(phrase)
