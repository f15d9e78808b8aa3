"""Every command answers as the table of the design says, with the exit codes of the design."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import io
import json
import re
import sys
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader
from typer.main import get_command

from privreg.cli import commands, door
from privreg.cli.help_pages import Commands
from tests.law.worked import COUNTED_BY_HAND, GIVEN, ODD, worked_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Answer

COMMANDS = (
    *("demo", "new", "agenda", "due", "dispose", "report", "import", "export"),
    *("check", "server", "backup", "restore", "recover", "term"),
)


def test_the_agenda_is_an_array_with_the_keys_of_the_design(
    typed: Callable[..., Answer], example: Path
) -> None:
    answer = typed("agenda", example, "--json")
    keys = {"register", "number", "title", "what", "due", "state", "because"}
    assert answer.data
    assert all(set(each) == keys for each in answer.data)
    assert answer.data[0]["state"] == "late"
    assert answer.code == 1


def test_the_agenda_of_another_moment_is_another(
    typed: Callable[..., Answer], example: Path
) -> None:
    now = typed("agenda", example, "--json").data
    later = typed("agenda", example, "--json", "--at", "2031-01-01T09:00").data
    assert sum(each["state"] == "late" for each in later) > sum(
        each["state"] == "late" for each in now
    )


def test_what_is_due_comes_with_its_dates_and_reasons(
    typed: Callable[..., Answer], example: Path
) -> None:
    answer = typed("due", example, "--json")
    keys = {"customer", "group", "kind", "rule", "keep_through", "dispose_from", "because"}
    assert answer.data
    assert all(set(each) == keys for each in answer.data)
    assert all(each["keep_through"] < each["dispose_from"] <= "2026-04-03" for each in answer.data)
    assert all(each["because"] for each in answer.data)
    assert answer.code == 1


def test_nothing_is_due_before_there_was_anything(
    typed: Callable[..., Answer], example: Path
) -> None:
    answer = typed("due", example, "--json", "--at", "1990-01-01")
    assert answer.data == []
    assert answer.code == 0


def test_what_becomes_due_on_the_day_asked_is_shown_and_is_not_too_late(
    typed: Callable[..., Answer], example: Path
) -> None:
    def due(day: str) -> Answer:
        return typed("due", example, "--json", "--at", day)

    day = "2026-04-03"
    while (first := min(each["dispose_from"] for each in due(day).data)) < day:
        day = first
    on_the_day = due(day)
    assert {each["dispose_from"] for each in on_the_day.data} == {day}
    assert on_the_day.code == 0
    day_after = date.fromisoformat(day) + timedelta(days=1)
    assert due(day_after.isoformat()).code == 1


def test_a_day_may_be_written_the_dutch_way(typed: Callable[..., Answer], example: Path) -> None:
    dutch, iso = (typed("due", example, "--at", day).out for day in ("31-12-2026", "2026-12-31"))
    assert dutch == iso


def test_disposal_of_a_later_day_is_a_dry_run_only(
    typed: Callable[..., Answer], example: Path
) -> None:
    assert "--dry-run" in typed("dispose", example, "--at", "2027-01-01").sentence
    tried = typed("dispose", example, "--at", "2027-01-01", "--dry-run")
    assert tried.code == 0
    assert "dry run" in tried.out


def test_disposal_says_plainly_that_it_is_not_there_yet(
    typed: Callable[..., Answer], example: Path
) -> None:
    answer = typed("dispose", example)
    assert answer.code == 1
    assert "cannot destroy it yet" in answer.sentence


def test_check_finds_a_whole_register(typed: Callable[..., Answer], example: Path) -> None:
    answer = typed("check", example, "--json")
    assert answer.code == 0
    assert answer.data["faults"] == []
    assert answer.data["journal"]["broken"] is None
    assert answer.data["findings"]


def test_a_backup_restores_as_a_register(
    typed: Callable[..., Answer], example: Path, tmp_path: Path
) -> None:
    assert typed("backup", example, "--out", tmp_path / "b.privreg-backup").code == 0
    again = typed("backup", example, "--out", tmp_path / "b.privreg-backup")
    assert again.code == 1
    assert "already" in again.sentence
    assert typed("restore", tmp_path / "b.privreg-backup", tmp_path / "Terug").code == 0
    before, after = (
        typed("agenda", place, "--json").data for place in (example, tmp_path / "Terug")
    )
    assert before == after


def test_a_report_is_a_pdf(typed: Callable[..., Answer], example: Path, tmp_path: Path) -> None:
    assert typed("report", example, "agenda", "--out", tmp_path / "a.pdf").code == 0
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    assert typed("report", example, "nothing", "--out", tmp_path / "b.pdf").code == 2


def test_a_report_is_not_written_over_a_file_that_is_there_unless_asked(
    typed: Callable[..., Answer], example: Path, tmp_path: Path
) -> None:
    out = tmp_path / "brief.pdf"
    out.write_bytes(b"een andere brief")
    words = ("report", example, "blank_request", "--out", out)
    refused = typed(*words)
    assert (refused.code, "already" in refused.sentence) == (1, True)
    assert out.read_bytes() == b"een andere brief"
    assert typed(*words, "--replace").code == 0
    assert out.read_bytes().startswith(b"%PDF")
    assert typed(*words).code == 0
    out.write_bytes(b"")
    assert typed(*words).code == 0


def test_a_report_is_never_written_over_an_emergency_sheet(
    typed: Callable[..., Answer], example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "noodblad.pdf"
    words = ("new", tmp_path / "Eigen", "--organisation", "Bakkerij X", "--user", "jan")
    with monkeypatch.context() as other:
        other.setenv("PRIVREG_PASSWORD", "een lang genoeg wachtwoord")
        assert typed(*words, "--name", "J. Jansen", "--sheet", out).code == 0
    sheet = out.read_bytes()
    assert typed("report", example, "agenda", "--out", out).code == 1
    assert out.read_bytes() == sheet


@pytest.mark.parametrize("name", ["agenda.txt", "agenda", "agenda.pdf.docx"])
def test_a_report_has_the_name_of_a_pdf(
    typed: Callable[..., Answer], example: Path, tmp_path: Path, name: str
) -> None:
    answer = typed("report", example, "agenda", "--out", tmp_path / name)
    assert (answer.code, ".pdf" in answer.sentence) == (2, True)
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize("kind", ["breaches", "requests", "journal"])
def test_a_log_is_limited_to_a_period_written_as_people_do(
    typed: Callable[..., Answer], example: Path, tmp_path: Path, kind: str
) -> None:
    out = tmp_path / "log.pdf"
    words = ("report", example, kind, "--out", out)
    assert typed(*words, "--from", "1-1-2019", "--to", "31 dec 2019").code == 0
    assert "01/01/2019 through 31/12/2019" in _first_page(out)
    assert typed(*words, "--from", "2020-01-01").code == 0
    assert "from 01/01/2020" in _first_page(out)


@pytest.mark.parametrize(
    ("kind", "period", "word"),
    [
        ("breaches", ("--from", "2026-04-01", "--to", "2026-03-31"), "before it begins"),
        ("breaches", ("--from", "zomaar"), "no date"),
        ("agenda", ("--to", "2026-03-31"), "breaches, requests and journal"),
    ],
)
def test_a_period_that_cannot_be_is_wrong_use(
    typed: Callable[..., Answer],
    example: Path,
    tmp_path: Path,
    kind: str,
    period: tuple[str, ...],
    word: str,
) -> None:
    answer = typed("report", example, kind, "--out", tmp_path / "log.pdf", *period)
    assert answer.code == 2
    assert word in answer.sentence
    assert not (tmp_path / "log.pdf").exists()


def test_export_writes_a_file_for_its_owner_only_and_says_so_in_the_journal(
    typed: Callable[..., Answer], own_example: Path, tmp_path: Path
) -> None:
    before = typed("check", own_example, "--json").data["journal"]["entries"]
    assert typed("export", own_example, "--out", tmp_path / "alles.json").code == 0
    assert len(json.loads((tmp_path / "alles.json").read_text("utf-8"))["records"]["customers"]) > 0
    assert (tmp_path / "alles.json").stat().st_mode & 0o077 == 0
    after = typed("check", own_example, "--json").data["journal"]["entries"]
    assert after == before + 2  # that it began, and how it ended
    assert typed("export", own_example, "--out", tmp_path / "alles.doc").code == 2
    assert "already" in typed("export", own_example, "--out", tmp_path / "alles.json").sentence


def test_import_lists_what_it_refuses(
    typed: Callable[..., Answer], own_example: Path, tmp_path: Path
) -> None:
    file = tmp_path / "partijen.csv"
    file.write_text("Naam;Rol;Land\nVervoer B.V.;verwerker;NL\nMaan;verwerker;XX\n", "utf-8")
    tried = typed("import", own_example, "--into", "parties", file, "--dry-run", "--json")
    assert (tried.data["added"], len(tried.data["rejects"])) == (1, 1)
    done = typed("import", own_example, "--into", "parties", file)
    assert done.code == 1
    assert "line 3" in done.err
    file.write_text("Naam;Rol;Land;Kleur\nVervoer B.V.;verwerker;NL;rood\n", "utf-8")
    again = typed("import", own_example, "--into", "parties", file)
    assert "left out: Kleur" in again.out
    file.write_text("Naam;Rol;Land\nVervoer B.V.;verwerker;NL\nMaan;verwerker;XX\n", "utf-8")
    whole = typed("import", own_example, "--into", "parties", file, "--all-or-nothing", "--json")
    assert whole.data["added"] == 0
    assert typed("import", own_example, "--into", "users", file).code == 2


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(("language", "word"), [("nl", "Gebruik:"), ("en", "Usage:")])
def test_every_command_has_help(
    typed: Callable[..., Answer], command: str, language: str, word: str
) -> None:
    answer = typed(command, "--help", language=language)
    assert answer.code == 0
    assert answer.out.startswith((word, "Usage:"))
    assert "--help" in answer.out


def test_the_help_of_report_names_every_kind(typed: Callable[..., Answer]) -> None:
    from privreg.services.reports import KINDS  # noqa: PLC0415  (loads ReportLab's layer)

    page = typed("report", "--help").out
    assert all(f"  {each.code} " in page for each in KINDS)
    said = " ".join(page.split())
    for words, kinds in (
        ("A report of one record ({}) needs", [each for each in KINDS if each.needs_record]),
        ("A log ({}) can be limited", [each for each in KINDS if each.by_period]),
    ):
        assert words.format(", ".join(each.code for each in kinds)) in said


def test_the_whole_table_of_the_design_is_there(typed: Callable[..., Answer]) -> None:
    page = typed("--help").out
    assert all(f"  {name} " in page for name in COMMANDS)
    assert typed("--version").out.startswith("PrivReg ")


def test_terms_are_reckoned_line_by_line(
    typed: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = "keep 2024-02-29 P160W\nkeep 2024-02-29 -P1Y\nbreach 2026-03-28T12:00\n\n"
    monkeypatch.setattr(sys, "stdin", io.StringIO(lines))
    answer = typed("term", "-")
    first, second, third, fourth = (json.loads(line) for line in answer.out.splitlines())
    assert first["keep_through"] == "2027-03-25"
    assert list(second) == list(fourth) == ["error"]
    assert third["due_at"].startswith("2026-03-31T")
    assert answer.code == 1


def test_terms_that_can_all_be_reckoned_are_fine(
    typed: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("keep 2024-02-29 P160W\nrequest 2026-01-31\n"))
    assert typed("term", "-").code == 0


def test_every_worked_case_comes_out_of_one_run(
    typed: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = worked_in(GIVEN, COUNTED_BY_HAND, ODD)
    lines = "".join(f"{each.command.removeprefix('term ')}\n" for each in cases)
    monkeypatch.setattr(sys, "stdin", io.StringIO(lines))
    answer = typed("term", "-")
    found = [json.loads(line) for line in answer.out.splitlines()]
    assert answer.code == 0
    assert [
        {key: each[key] for key in case.expected} for case, each in zip(cases, found, strict=True)
    ] == [case.expected for case in cases]


def test_a_file_of_cases_may_come_from_a_spreadsheet_program(
    typed: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = "\ufeffcommand\r\nterm keep 2024-02-29 P160W\t\r\n\r\nbreach 2026-10-25T02:30\r\n"
    monkeypatch.setattr(sys, "stdin", io.StringIO(lines, newline=""))
    answers = [json.loads(line) for line in typed("term", "-").out.splitlines()]
    assert [list(each) == ["error"] for each in answers] == [True, False, True, True]
    assert answers[1]["dispose_from"] == "2027-03-26"
    assert "2026-10-25T02:30:00+01:00" in answers[3]["error"]


def test_one_term_is_one_object(typed: Callable[..., Answer]) -> None:
    answer = typed("term", "request", "2026-01-31", "--extended", "--promised", "P4W")
    assert set(answer.data) == {"received_on", "promised_on", "due_on", "last_day", "because"}
    assert typed("term", "keep", "2026-01-31", "P1H").code == 2


def test_demo_makes_a_register_that_opens(typed: Callable[..., Answer], tmp_path: Path) -> None:
    made = typed("demo", tmp_path / "Voorbeeld", "--example", "koffiemax", "--customers", "5")
    assert made.code == 0
    assert typed("agenda", tmp_path / "Voorbeeld", "--json").data
    again = typed("demo", tmp_path / "Voorbeeld", "--example", "koffiemax")
    assert again.code == 1
    assert typed("demo", tmp_path / "Ander", "--example", "nergens").code == 2
    assert not (tmp_path / "Ander.privreg").exists()


def test_the_same_seed_invents_the_same_people(
    typed: Callable[..., Answer], tmp_path: Path
) -> None:
    due = {}
    for name, seed in (("Een", "4"), ("Weer", "4"), ("Ander", "5")):
        made = ("demo", tmp_path / name, "--example", "1box", "--customers", "40", "--seed", seed)
        assert typed(*made).code == 0
        due[name] = typed("due", tmp_path / name, "--json").data
    assert due["Een"]
    assert due["Een"] == due["Weer"]
    assert due["Een"] != due["Ander"]


def test_new_makes_an_empty_register_and_shows_the_recovery_key_once(
    typed: Callable[..., Answer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ("new", tmp_path / "Eigen", "--organisation", "Bakkerij X", "--user", "jan")
    assert "password" in typed(*words).sentence.casefold() or typed(*words).code == 1
    monkeypatch.setenv("PRIVREG_PASSWORD", "vier natte schapen op een dijk")
    made = typed(*words)
    assert made.code == 0
    assert "Recovery key" in made.out
    assert typed("agenda", tmp_path / "Eigen").code in (0, 1)


def test_new_writes_the_emergency_sheet_and_then_shows_the_key_nowhere_else(
    typed: Callable[..., Answer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRIVREG_PASSWORD", "vier natte schapen op een dijk")
    words = ("new", tmp_path / "Eigen", "--organisation", "Bakkerij X", "--user", "jan", "--sheet")
    (tmp_path / "oud.pdf").write_bytes(b"oud")
    assert typed(*words, tmp_path / "oud.pdf").code == 1
    assert typed(*words, tmp_path / "nergens" / "blad.pdf").code == 1
    assert typed(*words, tmp_path / "blad.txt").code == 2
    assert not (tmp_path / "Eigen.privreg").exists()
    made = typed(*words, tmp_path / "blad.pdf")
    assert made.code == 0
    assert "Recovery key:" not in made.out
    page = PdfReader(tmp_path / "blad.pdf").pages[0].extract_text()
    monkeypatch.setenv("PRIVREG_RECOVERY_KEY", _printed_key(page))
    monkeypatch.setenv("PRIVREG_PASSWORD", "een heel ander lang wachtwoord")
    assert typed("recover", tmp_path / "Eigen.privreg").code == 0


@pytest.mark.parametrize("sheet", [True, False])
def test_new_that_is_stopped_while_it_prints_still_tells_the_key(
    typed: Callable[..., Answer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, sheet: bool
) -> None:
    from privreg.services import desk, paper  # noqa: PLC0415

    def stopped(*_words: object, **_more: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setenv("PRIVREG_PASSWORD", "vier natte schapen op een dijk")
    monkeypatch.setattr(*((paper, "write_sheet") if sheet else (desk, "open_desk")), stopped)
    words = ("new", tmp_path / "Eigen", "--organisation", "Bakkerij X", "--user", "jan", "--sheet")
    answer = typed(*words, tmp_path / "blad.pdf")
    assert answer.code == 130
    assert ("Recovery key:" in answer.out) is (tmp_path / "Eigen.privreg").exists() is sheet


def _first_page(paper: Path) -> str:
    return " ".join(PdfReader(paper).pages[0].extract_text().split())


def _printed_key(page: str) -> str:
    lines = page.splitlines()
    return "".join(line for line in lines if re.fullmatch(r"(?:[0-9A-Z]{4,6}[- ]*)+", line))


def test_a_bug_leaves_a_report_without_values(
    typed: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(*_words: object, **_more: object) -> int:
        name = "Jan Geheim"
        raise RuntimeError(name)

    monkeypatch.setattr(door, "_run", broken)
    answer = typed("agenda", "x")
    assert answer.code == door.EXIT_BUG
    report = next((tmp_path / "settings" / "crashes").iterdir()).read_text("utf-8")
    assert "Geheim" not in report + answer.err
    assert "RuntimeError" in report


def test_every_command_is_in_the_table_and_in_its_order() -> None:
    program = get_command(commands.app)
    assert isinstance(program, Commands)
    assert tuple(program.commands) == COMMANDS
