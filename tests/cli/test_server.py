"""A register on an office server from the command line: made, filled, asked, shared, checked."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from privreg.clock import FixedClock
from privreg.services import records, users
from privreg.services.desk import open_desk
from privreg.store import certificates
from tests.cli.conftest import NOW
from tests.store.postgres import (
    make_certificate,
    postgres_server,
    postgres_settings,
    postgres_url,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from privreg.store.server import ServerSettings
    from tests.cli.conftest import Answer

__all__ = ["postgres_server", "postgres_settings", "postgres_url"]

PASSWORD = "vier natte schapen op een dijk"


@dataclass(frozen=True)
class Office:
    """What types commands, the folder of a register on a server, and that server."""

    typed: Callable[..., Answer]
    folder: Path
    server: ServerSettings

    def options(self, server: ServerSettings | None = None) -> tuple[str, ...]:
        """Return the options that name a server."""
        chosen = server or self.server
        return (
            *("--server", chosen.host, "--port", str(chosen.port)),
            *("--database", chosen.database, "--server-user", chosen.user),
            *("--ssl-mode", chosen.ssl_mode),
        )

    def make(self, folder: Path, *options: str) -> Answer:
        """Make a register."""
        who = ("--organisation", "Bonenhof BV", "--user", "jan", "--name", "Jan")
        return self.typed("new", folder, *who, *options)


@pytest.fixture
def place(
    typed: Callable[..., Answer],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    postgres_settings: ServerSettings,
) -> Office:
    """Return an office with an empty database and no register yet."""
    monkeypatch.setenv("PRIVREG_PASSWORD", PASSWORD)
    monkeypatch.setenv("PRIVREG_SERVER_PASSWORD", "geheim van de server")
    return Office(typed, tmp_path / "Kantoor.privreg", postgres_settings)


@pytest.fixture
def office(place: Office) -> Office:
    """Return an office with a register, made from the command line."""
    made = place.make(place.folder, *place.options())
    assert (made.code, made.err) == (0, "")
    assert "Recovery key" in made.out
    assert place.server.host in made.out
    return place


def fill(office: Office) -> None:
    """Import a customer, and let a colleague register a breach."""
    file = office.folder.parent / "klanten.csv"
    file.write_text("Naam;Soort\nBakkerij De Halm;Bedrijf\n", "utf-8")
    imported = office.typed("import", office.folder, file, "--into", "customers", "--json")
    assert imported.code == 0, imported
    desk = open_desk(office.folder, "jan", PASSWORD, clock=FixedClock(NOW))
    records.save(desk, "breaches", records.new(desk, "breaches", title="Laptop", aware_at=NOW))
    desk.close()


@pytest.mark.postgres
def test_every_command_works_on_a_register_of_an_office_server(office: Office) -> None:
    fill(office)
    [running] = [
        each
        for each in office.typed("agenda", office.folder, "--json").data
        if each["register"] == "breaches"
    ]
    assert running["due"].startswith("2026-04-06")
    assert office.typed("due", office.folder, "--json").data == []
    checked = office.typed("check", office.folder, "--json")
    assert checked.code == 0
    paper = office.folder.parent / "datalekken.pdf"
    assert office.typed("report", office.folder, "breaches", "--out", paper).code == 0
    assert paper.read_bytes().startswith(b"%PDF")
    out = office.folder.parent / "alles.json"
    assert office.typed("export", office.folder, "--out", out).code == 0
    assert "Bakkerij De Halm" in json.dumps(json.loads(out.read_text("utf-8")))


@pytest.mark.postgres
def test_what_is_due_and_found_on_a_server_is_what_was_put_in(office: Office) -> None:
    fill(office)
    desk = open_desk(office.folder, "jan", PASSWORD, clock=FixedClock(NOW))
    [found] = records.find_anything(desk, "halm", 5)
    customer = records.load(desk, "customers", found.id)
    made = {}
    for slug in ("groups", "kinds"):
        draft = records.new(desk, slug, name="Klanten")
        after = records.save(desk, slug, draft).after
        assert after is not None
        made[slug] = after["id"]
    rule = {
        "name": "Facturen",
        "bound": "at_most",
        "measure": "period",
        "period": "P1Y",
        "event": "item_date",
        "counted_from": "day",
        "action": "erase",
        "runs_on": "items",
    }
    records.save(desk, "rules", records.new(desk, "rules", **rule, kind_id=made["kinds"]))
    item = {
        "customer_id": customer["id"],
        "kind_id": made["kinds"],
        "group_id": made["groups"],
        "label": "Factuur",
        "dated_on": date(2025, 1, 31),
    }
    records.save(desk, "items", records.new(desk, "items", **item))
    desk.close()
    [due] = office.typed("due", office.folder, "--json").data
    assert (due["keep_through"], due["dispose_from"]) == ("2026-01-31", "2026-02-01")


@pytest.mark.postgres
def test_the_folder_holds_no_records_and_no_password_in_clear(office: Office) -> None:
    fill(office)
    files = [each for each in office.folder.rglob("*") if each.is_file()]
    assert "register.db" not in {each.name for each in files}
    for each in files:
        content = each.read_bytes()
        assert b"geheim van de server" not in content
        assert b"Halm" not in content


@pytest.mark.postgres
def test_a_backup_of_a_server_is_the_servers(office: Office) -> None:
    answer = office.typed("backup", office.folder)
    assert answer.code == 1
    assert "pg_dump" in answer.sentence
    assert office.server.database in answer.sentence


@pytest.mark.postgres
def test_a_database_holds_one_register_and_nothing_is_left_of_a_second(office: Office) -> None:
    second = office.folder.with_name("Nog een.privreg")
    answer = office.make(second, *office.options())
    assert answer.code == 1
    assert "already" in answer.sentence
    assert sorted(each.name for each in office.folder.parent.glob("*privreg*")) == [
        office.folder.name
    ]


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"port": 1}, "does not answer"),
        ({"database": "weg"}, "does not have this register"),
        ({"ssl_mode": "verify-full"}, ""),
    ],
)
def test_a_server_that_will_not_do_is_told_and_leaves_no_folder(
    place: Office, change: dict[str, object], says: str
) -> None:
    server = replace(place.server, **change)  # type: ignore[arg-type]
    answer = place.make(place.folder, *place.options(server))
    if says:
        assert answer.code == 3
        assert says in answer.sentence
        assert not place.folder.exists()
    else:
        assert answer.code == 0  # a socket of this machine needs no certificate


@pytest.mark.parametrize(
    ("options", "code", "says"),
    [
        (("--server", "db.example"), 2, "--server-user"),
        (("--database", "privreg"), 2, "--server"),
        (
            *(("--server", "db.example", "--database", "d", "--server-user", "u", "--port", "0"),),
            2,
            "65535",
        ),
        (
            (
                *("--server", "db.example", "--database", "d", "--server-user", "u"),
                *("--ssl-mode", "prefer"),
            ),
            1,
            "not be encrypted",
        ),
        (
            (
                *("--server", "db.example", "--database", "d", "--server-user", "u"),
                *("--root-certificate", "weg.crt"),
            ),
            3,
            "weg.crt is not there",
        ),
    ],
)
def test_options_that_do_not_name_a_safe_server_are_refused_before_anything_is_sent(
    typed: Callable[..., Answer],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    options: tuple[str, ...],
    code: int,
    says: str,
) -> None:
    monkeypatch.setenv("PRIVREG_PASSWORD", PASSWORD)
    monkeypatch.setenv("PRIVREG_SERVER_PASSWORD", "geheim van de server")
    who = ("--organisation", "Bonenhof BV", "--user", "jan")
    answer = typed("new", tmp_path / "Kantoor", *who, *options)
    assert answer.code == code
    assert says in answer.sentence
    assert list(tmp_path.glob("*privreg*")) == []


@pytest.mark.postgres
def test_an_administrator_enters_another_password_and_address_of_the_server(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (office.folder / "register.json").read_bytes()
    wrong = office.typed("server", office.folder, "--port", "1")
    assert "does not answer" in wrong.sentence
    assert (office.folder / "register.json").read_bytes() == before
    monkeypatch.setenv("PRIVREG_SERVER_PASSWORD", "een ander geheim")
    assert office.typed("server", office.folder, "--ssl-mode", "require").code == 0
    after = json.loads((office.folder / "register.json").read_bytes())["server"]
    assert after["ssl_mode"] == "require"
    desk = open_desk(office.folder, "jan", PASSWORD, clock=FixedClock(NOW))
    about = desk.folder.about().server
    assert about is not None
    assert about.password(desk.data_key.key) == "een ander geheim"
    desk.close()


@pytest.mark.postgres
def test_only_an_administrator_changes_the_server(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_desk(office.folder, "jan", PASSWORD, clock=FixedClock(NOW))
    anna = {"login": "anna", "name": "Anna", "roles": ["staff"]}
    users.add_user(desk, anna, "wandelen paars kajuit")
    desk.close()
    monkeypatch.setenv("PRIVREG_PASSWORD", "wandelen paars kajuit")
    before = (office.folder / "register.json").read_bytes()
    answer = office.typed("server", office.folder, "--user", "anna")
    assert (answer.code, answer.sentence) == (1, "Only an administrator may do this.")
    assert (office.folder / "register.json").read_bytes() == before


def test_a_register_in_a_folder_has_no_server_to_change(
    typed: Callable[..., Answer], example: Path
) -> None:
    assert "not on a server" in typed("server", example).sentence


@pytest.mark.postgres
def test_where_this_pc_has_the_certificate_is_said_without_a_password(
    office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("PRIVREG_PASSWORD", "PRIVREG_SERVER_PASSWORD"):
        monkeypatch.delenv(name)
    file, before = tmp_path / "kantoor.crt", (office.folder / "register.json").read_bytes()
    away = office.typed("server", office.folder, "--root-certificate", file)
    assert (away.code, "kantoor.crt is not there" in away.sentence) == (3, True)
    make_certificate(tmp_path)
    (tmp_path / "server.crt").rename(file)
    answer = office.typed("server", office.folder, "--root-certificate", file)
    assert (answer.code, answer.err) == (0, "")
    assert str(file) in answer.out
    assert list(certificates.kept().values()) == [str(file)]
    assert (office.folder / "register.json").read_bytes() == before
