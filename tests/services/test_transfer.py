"""Records in from files and out to them: what is recognised, refused, changed, kept."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import openpyxl
import pytest

from privreg.errors import NotAllowedError, UsageError
from privreg.exchange.sheets import FileProblemError
from privreg.formats import text
from privreg.registers.disposals import Tombstone
from privreg.registers.register_list import register_of
from privreg.services import records
from privreg.services.roles import SignedIn
from privreg.services.timers import customer_items
from privreg.services.transfer import ImportResult, export_file, import_file
from privreg.store import journal, tombstones
from tests.services.conftest import NOW, a_customer, add, first
from tests.services.here import imported_here

if TYPE_CHECKING:
    from pathlib import Path

    from privreg.registers.declaration import Values
    from privreg.services.desk import Desk


def taken(
    desk: Desk, place: Path, content: str | bytes, into: str = "customers", **more: Any
) -> ImportResult:
    """Import the content of a CSV file."""
    file = place / "in.csv"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return imported_here(desk, into, file, **more)


def problems(result: ImportResult) -> list[tuple[int, str, str]]:
    return [(each.line, each.field, text(each.problem)) for each in result.rejects]


def customers(desk: Desk) -> list[Values]:
    found = records.page(desk, "customers", records.ListQuery(sort="number"), 0, 500).rows
    return [records.load(desk, "customers", each["id"]) for each in found]


@pytest.mark.parametrize(
    "content",
    [
        "Code;Naam;Telefoon\nA-1;Café Zoë;020 123 4567\n".encode(),
        b"\xef\xbb\xbf" + "Code;Naam;Telefoon\r\nA-1;Café Zoë;020 123 4567\r\n".encode(),
        "Code;Naam;Telefoon\nA-1;Café Zoë;020 123 4567\n".encode("cp1252"),
        "Code;Naam;Telefoon\nA-1;Café Zoë;020 123 4567\n".encode("utf-16"),
        "Code\tNaam\tTelefoon\nA-1\tCafé Zoë\t020 123 4567".encode(),
        b'sep=,\nCode,Naam,Telefoon\n\n"A-1","Caf\xc3\xa9 Zo\xc3\xab","020 123 4567"\n\n',
        "Klanten van dit jaar;;\nCODE;naam;Telefoon\nA-1;Café Zoë;020 123 4567\n".encode(),
    ],
    ids=["plain", "mark", "windows", "utf-16", "tabs", "sep and quotes", "title above"],
)
def test_csv_as_offices_make_it_is_read(desk: Desk, tmp_path: Path, content: bytes) -> None:
    result = taken(desk, tmp_path, content)
    assert problems(result) == []
    (found,) = customers(desk)
    assert (found["number"], found["name"]) == ("A-1", "Café Zoë")
    assert found["phone"] == "+31 20 123 4567"


def test_refused_lines_are_named_with_column_and_reason(desk: Desk, tmp_path: Path) -> None:
    result = taken(
        desk,
        tmp_path,
        "Code;Naam;Geboortedatum;E-mail\n"
        "A-1;Anna;31-02-1980;anna@post.example\n"
        "A-2;Bram;3-4-1980;geen adres\n"
        "A-3;;;\n"
        "A-4;Cor;1980-05-06;\n"
        "A-4;Dirk;;\n"
        "A-5;Evi;;;extra;\n",
    )
    assert result.added == 1
    assert sorted((line, field) for line, field, _why in problems(result)) == [
        (2, "Geboortedatum"),
        (3, "E-mail"),
        (4, "Naam"),
        (6, "Code"),
        (7, ""),
    ]
    assert [each["number"] for each in customers(desk)] == ["A-4"]


def test_all_or_nothing_takes_nothing(desk: Desk, tmp_path: Path) -> None:
    content = "Code;Naam\nA-1;Anna\nA-2;\n"
    assert taken(desk, tmp_path, content, all_or_nothing=True).added == 0
    assert customers(desk) == []
    assert taken(desk, tmp_path, content).added == 1


def test_a_dry_run_says_the_same_and_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    content = "Code;Naam\nA-1;Anna\nA-2;\n"
    tried = taken(desk, tmp_path, content, dry_run=True)
    assert customers(desk) == []
    done = taken(desk, tmp_path, content)
    assert (tried.added, problems(tried)) == (done.added, problems(done))
    assert tried.sample[0]["name"] == "Anna"


def test_the_same_number_changes_the_customer_instead_of_doubling(
    desk: Desk, tmp_path: Path
) -> None:
    taken(desk, tmp_path, "Code;Naam;Plaats\nA-1;Anna;Zwolle\nA-2;Bram;Assen\n")
    result = taken(desk, tmp_path, "Code;Naam;Plaats\nA-1;Anna;Meppel\nA-2;;\n")
    assert (result.added, result.updated, result.unchanged) == (0, 1, 1)
    assert [(each["name"], each["city"]) for each in customers(desk)] == [
        ("Anna", "Meppel"),
        ("Bram", "Assen"),
    ]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("Naam;naam\nAnna;Bram\n", "'Naam' en 'naam'"),
        ("Code;Plaats\nA-1;Zwolle\n", "Naam"),
        ("Zomaar;Iets\n1;2\n", ""),
        ("", ""),
        (b"Naam\n\x00\x01\x02", ""),
        ('Naam\n"Anna', "2"),
    ],
    ids=["doubled", "missing", "unknown", "empty", "no text", "open quote"],
)
def test_a_file_that_cannot_be_read_is_told_in_one_sentence(
    desk: Desk, tmp_path: Path, content: str | bytes, says: str
) -> None:
    with pytest.raises(FileProblemError) as told:
        taken(desk, tmp_path, content)
    assert says in text(told.value.problem)
    assert customers(desk) == []


def test_other_files_and_registers_are_wrong_use(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "in.doc").write_text("Naam", "utf-8")
    for into, name in (("customers", "in.doc"), ("customers", "weg.csv"), ("users", "in.doc")):
        with pytest.raises(UsageError):
            import_file(desk, into, tmp_path / name)


def test_a_number_from_a_file_is_not_given_out_again(desk: Desk, tmp_path: Path) -> None:
    taken(desk, tmp_path, "Code;Naam\nK-0001;Anna\nK-0003;Bram\n")
    assert [a_customer(desk)["number"] for _each in range(2)] == ["K-0002", "K-0004"]


def test_a_mapping_says_which_column_and_word_is_what(desk: Desk, tmp_path: Path) -> None:
    mapping = tmp_path / "map.toml"
    mapping.write_text(
        '[columns]\n"Relatienr" = "number"\n"Wie" = "name"\n"Status" = "phase"\n'
        '[values.phase]\n"Actief" = "customer"\n"Oud" = "former_customer"\n'
        '[fixed]\ncountry = "Duitsland"\n',
        "utf-8",
    )
    content = "Relatienr;Wie;Status\n7;Anna;Oud\n"
    assert taken(desk, tmp_path, content, mapping=mapping).added == 1
    (found,) = customers(desk)
    assert (found["number"], found["phase"], found["country"]) == ("7", "former_customer", "DE")
    mapping.write_text('[columns]\n"Wie" = "kleur"\n', "utf-8")
    with pytest.raises(UsageError, match=r"\{field\}"):
        taken(desk, tmp_path, content, mapping=mapping)


def test_words_are_read_in_dutch_and_in_english(desk: Desk, tmp_path: Path) -> None:
    add(desk, "groups", name="Bezoekers")
    result = taken(
        desk,
        tmp_path,
        "Code;Name;Kind of customer;do_not_mail;Country;Groups of people\n"
        "A-1;Anna;person;ja;Duitsland;Bezoekers\n"
        "A-2;Bram;bedrijf;no;Germany;GB-0001\n"
        "A-3;Cor;persoon;misschien;DE;Leden\n",
    )
    assert result.rejected_lines == {4}
    anna, bram = customers(desk)
    assert (anna["kind"], anna["do_not_mail"], anna["country"]) == ("person", True, "DE")
    assert (bram["kind"], bram["do_not_mail"], bram["country"]) == ("company", False, "DE")
    assert anna["groups"] == bram["groups"] != []


def test_items_and_events_name_the_customer_by_number_and_start_the_timers(
    desk: Desk, tmp_path: Path
) -> None:
    group, kind = add(desk, "groups", name="Klanten"), add(desk, "kinds", name="Facturen")
    add(
        desk,
        "rules",
        name="Facturen 7 jaar",
        group_id=group["id"],
        kind_id=kind["id"],
        event="item_date",
        measure="period",
        period="P7Y",
        bound="at_most",
        state="active",
        runs_on="items",
    )
    taken(desk, tmp_path, "Code;Naam\nA-1;Anna\n")
    head = "customer;kind_id;group_id;label;dated_on\n"
    content = f"{head}A-1;Facturen;Klanten;factuur 1;15-06-2018\nA-9;Facturen;Klanten;x;\n"
    result = taken(desk, tmp_path, content, "items")
    assert result.added == 1
    assert result.rejected_lines == {3}
    again = taken(desk, tmp_path, content, "items")
    assert (again.added, again.unchanged) == (0, 1)
    (customer,) = customers(desk)
    (view,) = customer_items(desk, customer["id"], date(2026, 4, 3))
    assert view.state.keep_through == date(2025, 6, 15)
    events = "customer;type;happened_on;item_id\nA-1;contract_ended;2020-01-01;factuur 1\n"
    assert taken(desk, tmp_path, events, "events").added == 1


def test_a_consent_keeps_its_moment_and_asks_which_hour_is_meant(
    desk: Desk, tmp_path: Path
) -> None:
    taken(desk, tmp_path, "Code;Naam\nA-1;Anna\n")
    result = taken(
        desk,
        tmp_path,
        "customer;purpose;given_at\n"
        "A-1;Nieuwsbrief;2025-10-26 02:30\n"
        "A-1;Nieuwsbrief;2025-10-26T02:30+01:00\n"
        "A-1;Reclame;2025-03-30 02:30\n",
        "consents",
    )
    assert result.added == 1
    assert result.rejected_lines == {2, 4}


def test_excel_is_read_with_dates_serial_numbers_and_merged_heads(
    desk: Desk, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Wie", None, "Wanneer", None])
    sheet.merge_cells("A1:B1")
    sheet.append(["Code", "Naam", "Geboortedatum", "Postcode"])
    sheet.append([1001, "Anna", datetime(1980, 4, 3), None])  # noqa: DTZ001  (as Excel has it)
    sheet.append([1002.0, "Bram", 29314, "=1+1"])
    book.save(tmp_path / "in.xlsx")
    result = imported_here(desk, "customers", tmp_path / "in.xlsx")
    assert problems(result) == []
    anna, bram = customers(desk)
    assert (anna["number"], anna["birth_on"]) == ("1001", date(1980, 4, 3))
    assert (bram["number"], bram["birth_on"], bram["postcode"]) == ("1002", date(1980, 4, 3), "")


def test_a_text_of_a_hundred_thousand_letters_is_kept_whole(desk: Desk, tmp_path: Path) -> None:
    long = "x" * 100_000
    assert taken(desk, tmp_path, f"Naam;notes\nAnna;{long}\n").added == 1
    assert customers(desk)[0]["notes"] == long
    export_file(desk, tmp_path / "uit.xlsx")
    export_file(desk, tmp_path / "uit.json")
    assert long in (tmp_path / "uit.json").read_text("utf-8")


def test_a_destroyed_customer_does_not_come_back(desk: Desk, tmp_path: Path) -> None:
    controller = first(desk, "controllers")["id"]
    with desk.saving() as saver:
        secret = tombstones.make_key(saver.connection)
        hashed = tombstones.code_hash(secret, controller, "A-1")
        row = {"code_hash": hashed, "disposed_on": date(2026, 1, 1), "action": "erase"}
        made = Tombstone.model_validate(row).model_dump()
        saver.connection.execute(Tombstone.__table__.insert(), [made])  # type: ignore[attr-defined]
    result = taken(desk, tmp_path, "Code;Naam\na-1;Anna\nA-2;Bram\n")
    assert result.added == 1
    assert result.rejected_lines == {2}


def test_the_import_of_customers_is_journaled_and_found(desk: Desk, tmp_path: Path) -> None:
    taken(desk, tmp_path, "Code;Naam\nA-1;Zonneveld\n")
    assert records.find_anything(desk, "zonne")[0].number == "A-1"
    (entry,) = records.history(desk, "customers", customers(desk)[0]["id"])
    assert ("name", None, "Zonneveld") in entry.changes
    with desk.store.read() as connection:
        assert journal.verify(connection) is None


def as_role(desk: Desk, role: str) -> None:
    desk.user = SignedIn(desk.user.id, "x", "x", frozenset({role}))


@pytest.mark.parametrize("role", ["administrator", "staff", "officer", "reader"])
def test_only_a_coordinator_exports(desk: Desk, tmp_path: Path, role: str) -> None:
    as_role(desk, role)
    with pytest.raises(NotAllowedError):
        export_file(desk, tmp_path / "uit.json")
    assert not (tmp_path / "uit.json").exists()


@pytest.mark.parametrize("role", ["administrator", "officer", "reader"])
def test_who_may_not_edit_may_not_import(desk: Desk, tmp_path: Path, role: str) -> None:
    as_role(desk, role)
    with pytest.raises(NotAllowedError):
        taken(desk, tmp_path, "Naam\nAnna\n")


def test_formulas_never_reach_a_spreadsheet(desk: Desk, tmp_path: Path) -> None:
    evil = ["=cmd|'/C calc'!A0", "+1+1", "-1", "@SUM(A1)"]
    for number, name in enumerate(evil):
        a_customer(desk, number=f"E-{number}", name=name)
    export_file(desk, tmp_path / "uit.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "uit.xlsx")["Klanten"]
    cells = {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.value}
    for name in evil:
        assert cells[name].data_type == "s"
        assert cells[name].quotePrefix


def test_an_export_comes_back_as_it_was(desk: Desk, tmp_path: Path) -> None:
    group, kind = add(desk, "groups", name="Klanten"), add(desk, "kinds", name="Facturen")
    above = add(desk, "parties", name="Hoofd B.V.", role="processor")
    add(desk, "parties", name="Onder B.V.", role="processor", under_id=above["id"])
    who = a_customer(desk, groups=[group["id"]], notes="<b>ß \u202e 😀</b>\nregel 2")
    add(
        desk,
        "items",
        customer_id=who["id"],
        kind_id=kind["id"],
        group_id=group["id"],
        label="factuur 1",
        dated_on=date(2020, 2, 29),
    )
    add(desk, "consents", customer_id=who["id"], purpose="Post", given_at=NOW)
    export_file(desk, tmp_path / "een.json")
    before = json.loads((tmp_path / "een.json").read_text("utf-8"))["records"]
    for slug in ("customers", "kinds", "groups"):
        for each in before[slug]:
            found = records.load(desk, slug, UUID(each["id"]))
            records.delete(desk, slug, found["id"], found["version"])
    for slug in ("groups", "kinds", "parties", "customers", "items", "consents"):
        result = imported_here(desk, slug, tmp_path / "een.json")
        assert problems(result) == [], slug
    export_file(desk, tmp_path / "twee.json")
    after = json.loads((tmp_path / "twee.json").read_text("utf-8"))["records"]
    assert after == before


def test_a_calendar_holds_numbers_and_no_names(desk: Desk, tmp_path: Path) -> None:
    add(desk, "breaches", title="Laptop van Jan Geheim", aware_at=NOW)
    export_file(desk, tmp_path / "agenda.ics")
    raw = (tmp_path / "agenda.ics").read_bytes()
    assert b"DTSTART:20260406T153000Z" in raw
    assert b"Geheim" not in raw
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert register_of("breaches").prefix.encode() in raw


def test_a_doubled_line_never_wins_whether_or_not_its_record_is_known(
    desk: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "klanten.csv"
    file.write_text("Code;Naam;Soort\nX-1;Jan;persoon\nX-1;Jan2;persoon\n", "utf-8")
    for added in (1, 0):
        result = imported_here(desk, "customers", file)
        assert (result.added, result.updated, [each.line for each in result.rejects]) == (
            added,
            0,
            [3],
        )
    assert [each["name"] for each in records.page(desk, "customers", records.ListQuery()).rows] == [
        "Jan"
    ]


def test_the_number_of_a_customer_may_be_called_number(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "klanten.csv"
    file.write_text("Nummer;Naam;Soort;Schoenmaat\nX-1;Jan;persoon;43\n", "utf-8")
    result = imported_here(desk, "customers", file)
    assert (result.added, result.ignored) == (1, ("Schoenmaat",))


def test_a_customer_without_a_controller_gets_the_only_one_and_the_report_says_so(
    any_desk: Desk, tmp_path: Path
) -> None:
    only = first(any_desk, "controllers")["id"]
    lines = "Code;Naam;Verwerkingsverantwoordelijke\nA-1;Eén;\nA-2;Twee;Bonenhof BV\n"
    result = taken(any_desk, tmp_path, lines)
    assert (problems(result), result.added, result.took_controller) == ([], 2, 1)
    assert [each["controller_id"] for each in customers(any_desk)] == [only, only]
    again = taken(any_desk, tmp_path, lines)
    assert (again.added, again.unchanged, again.took_controller) == (0, 2, 0)


@pytest.mark.parametrize("slug", ["customers", "activities", "statements"])
def test_a_new_record_gets_the_only_controller_as_in_the_form(
    desk: Desk, tmp_path: Path, slug: str
) -> None:
    head = "Titel" if slug == "statements" else "Naam"
    result = taken(desk, tmp_path, f"{head}\nIets nieuws\n", slug)
    assert (problems(result), result.added, result.took_controller) == ([], 1, 1)
    [found] = records.page(desk, slug, records.ListQuery()).rows
    stands, preset = records.load(desk, slug, found["id"]), records.new(desk, slug)
    for name in ("controllers", "controller_id"):
        assert stands.get(name) == preset.get(name)


def test_a_rule_without_a_controller_stays_one_of_every_controller(
    desk: Desk, tmp_path: Path
) -> None:
    lines = "Naam;Periode;Telt vanaf\nFacturen;P7Y;item_date\n"
    result = taken(desk, tmp_path, lines, "rules")
    assert (result.added, result.took_controller) == (1, 0), problems(result)
    assert first(desk, "rules")["controller_id"] is None


def test_what_stands_there_without_a_controller_is_not_given_one_by_a_file_that_names_none(
    desk: Desk, tmp_path: Path
) -> None:
    stands = add(desk, "activities", name="Facturatie", controllers=[])
    lines = f"Nummer;Naam\n{stands['number']};Facturen maken\n"
    result = taken(desk, tmp_path, lines, "activities")
    assert (result.updated, result.took_controller) == (1, 0), problems(result)
    found = records.load(desk, "activities", stands["id"])
    assert (found["name"], found["controllers"]) == ("Facturen maken", [])


def test_of_two_controllers_a_file_must_name_one(desk: Desk, tmp_path: Path) -> None:
    add(desk, "controllers", name="Bonenhof Holding BV")
    result = taken(desk, tmp_path, "Code;Naam\nA-1;Eén\n")
    assert (result.added, result.took_controller) == (0, 0)
    assert [each[1] for each in problems(result)] == ["Verwerkingsverantwoordelijke"]
    assert taken(desk, tmp_path, "Naam\nFacturatie\n", "activities").took_controller == 0
    assert records.load(desk, "activities", first(desk, "activities")["id"])["controllers"] == []


def test_an_import_that_keeps_nothing_counts_no_controllers_either(
    desk: Desk, tmp_path: Path
) -> None:
    lines = "Code;Naam;Land\nA-1;Eén;\nA-2;Twee;Nergensland\n"
    result = taken(desk, tmp_path, lines, all_or_nothing=True)
    assert (result.added, result.took_controller, len(result.rejects)) == (0, 0, 1)
