"""The parts of the manual that say what the code says: written from it, and checked against it.

    python -m tools.manual write
    python -m tools.manual check

A page under `docs/` holds such a part between two comments, `<!-- made: NAME -->` and
`<!-- end -->`; `write` fills it anew, `check` says which pages are behind.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import ast
import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer
from typer.main import get_command

from privreg import lists, settings
from privreg.cli.commands import app
from privreg.cli.door import PROGRAM
from privreg.formats import text
from privreg.paths import LISTS
from privreg.registers.register_list import REGISTERS
from privreg.registers.users import ROLES
from privreg.services.report_kinds import KINDS
from privreg.services.roles import Right, rights
from privreg.store import register_settings
from privreg.translation import _, speaking
from tools.catalogue import CHECKOUT, PO_FILE, code_files, marked, name_of, translations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from privreg.law.lists import DatedEntry, DatedList
    from privreg.settings import Setting

DOCS = CHECKOUT / "docs"
PART = re.compile(r"(<!-- made: ([\w-]+) -->\n).*?(<!-- end -->)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Occasion:
    """What happened when a message comes: what to do first, and where in the code it is said.

    `about` is an English word in the message itself that decides more than its place does.
    """

    what: str
    first: str
    places: tuple[str, ...]
    about: str = ""


# The most likely first: a message stands under the first occasion that fits.
OCCASIONS = (
    Occasion(
        "De kantoorserver",
        "Uw collega's merken hetzelfde? Dan ligt het aan de server of het netwerk: vraag de "
        "beheerder. Wat u typte, staat nog in het formulier.",
        ("privreg/store/server", "privreg/services/office_server.py", "privreg/store/certificates"),
        about="server",
    ),
    Occasion(
        "Een antwoord wordt niet aangenomen",
        "De melding staat bij het veld en de cursor staat erin. Verbeter het antwoord en sla "
        "opnieuw op; tot dan is er niets opgeslagen.",
        ("privreg/registers/", "privreg/reading.py", "privreg/law/"),
    ),
    Occasion(
        "Opslaan lukt niet",
        "Sluit het formulier niet: wat u typte, staat er nog. Neem de oorzaak weg en sla opnieuw "
        "op.",
        (
            *("privreg/store/gate.py", "privreg/store/engine.py", "privreg/store/identity.py"),
            *("privreg/services/records.py", "privreg/services/restricted.py", "privreg/errors.py"),
            *("privreg/services/roles.py", "ui/office.py"),
        ),
    ),
    Occasion(
        "Het register gaat niet open",
        "Er is niets verloren. Kijk eerst of het al ergens openstaat en of de schijf of netwerkmap "
        "bereikbaar is.",
        (
            *("privreg/store/folder.py", "privreg/store/writer_lock.py"),
            *("privreg/store/migrate.py", "privreg/services/desk.py"),
        ),
    ),
    Occasion(
        "Inloggen, wachtwoorden en sleutels",
        "Weet niemand het wachtwoord meer, neem dan het noodblad: de herstelsleutel opent het "
        "register.",
        (
            *("privreg/store/shared_keys.py", "privreg/store/passwords.py", "privreg/store/key"),
            *("privreg/store/recovery", "privreg/store/unlocking.py"),
            *("privreg/services/users.py", "ui/pages/access_panel.py"),
        ),
    ),
    Occasion(
        "Een rapport of afdruk komt er niet",
        "Aan het register ligt het niet en er is niets gewijzigd. Kies een andere map of periode, "
        "of zet de printer aan.",
        (
            *("privreg/reports/", "privreg/services/report", "privreg/services/paper.py"),
            *("ui/pages/reports_page.py", "ui/printing.py", "privreg/store/safe_write.py"),
        ),
    ),
    Occasion(
        "Importeren of exporteren lukt niet",
        "Een import gaat helemaal door of helemaal niet, tenzij u koos voor wat goed is. Verbeter "
        "het bestand en begin opnieuw.",
        (
            *("privreg/exchange/", "privreg/services/intake.py"),
            *("privreg/services/outgoing.py", "privreg/services/transfer.py"),
        ),
    ),
    Occasion(
        "Back-up maken of terugzetten lukt niet",
        "Het register zelf is ongemoeid. Bewaar oudere back-ups tot er weer een goede is.",
        (
            *("privreg/store/backup.py", "privreg/services/backups.py"),
            *("privreg/services/recovering.py", "ui/pages/backup"),
        ),
    ),
    Occasion(
        "Op de opdrachtregel en in de instellingen",
        "Voor wie het programma beheert. `--help` achter een opdracht zegt wat erbij hoort.",
        ("privreg/cli/", "privreg/services/", "privreg/settings.py", "privreg/store/", "ui/"),
    ),
)
SERVER, *OTHERS, COMMANDS = OCCASIONS
SHOWN = (*OTHERS, SERVER, COMMANDS)
"""As they stand in the manual: the server decides first, but is seldom at hand."""
SAYS_AND_DOES = ("De melding", "Wat u doet")
SAID_WITHOUT_AN_ERROR = {
    "privreg/reading.py",
    "privreg/registers/validation.py",
    "privreg/registers/identifiers.py",
    "privreg/store/folder.py",
    "privreg/store/safe_write.py",
    "privreg/store/writer_lock.py",
}
NOT_A_SENTENCE = {"Setting", "Section", "ReportKind", "Option", "Argument"}


def main(arguments: list[str]) -> int:
    """Run `write` or `check`; return 1 when a page is behind."""
    if arguments not in (["write"], ["check"]):
        print(__doc__, file=sys.stderr)
        return 2
    behind = [page for page in pages() if made_anew(page) != page.read_text("utf-8")]
    for page in behind:
        print(f"{page.relative_to(CHECKOUT)} is behind what the program says")
        if arguments == ["write"]:
            page.write_text(made_anew(page), "utf-8")
    return 1 if behind and arguments == ["check"] else 0


def pages() -> list[Path]:
    """Return the pages that have a part made from the code."""
    return sorted(page for page in DOCS.rglob("*.md") if PART.search(page.read_text("utf-8")))


def made_anew(page: Path) -> str:
    """Return a page with its made parts as the code says them now."""
    with speaking("nl"):
        return PART.sub(
            lambda found: f"{found[1]}{PARTS[found[2]]().strip()}\n{found[3]}",
            page.read_text("utf-8"),
        )


def command_line() -> str:
    """Return the help of the program and of every command, as `--help` prints it."""
    program = get_command(app)
    context = typer.Context(program, info_name=PROGRAM)
    parts = [fenced(program.get_help(context))]
    for name, command in getattr(program, "commands", {}).items():
        inner = typer.Context(command, info_name=name, parent=context)
        parts += [f"### privreg {name}", fenced(command.get_help(inner))]
    return "\n\n".join(parts)


def fenced(words: str) -> str:
    """Return a text as it stands on a terminal."""
    return f"```text\n{words.rstrip()}\n```"


def program_settings() -> str:
    """Return the settings of the program on one PC."""
    return table_of_settings(settings.SETTINGS)


def settings_of_a_register() -> str:
    """Return the settings that are kept in a register."""
    return table_of_settings(register_settings.SETTINGS)


def table_of_settings(declared: Iterable[Setting]) -> str:
    """Return a row per setting, from its own declaration."""
    return table(
        ("Instelling", "Wat die doet", "Kies", "Standaard"),
        [(_(each.label), _(each.help), text(each.allowed), default(each)) for each in declared],
    )


def default(setting: Setting) -> str:
    """Return what a setting is when nobody chose, in words."""
    return _(setting.choices[str(setting.default)]) if setting.choices else str(setting.default)


def reports() -> str:
    """Return every kind of report with its word on the command line."""
    return table(
        ("Rapport", "Woord op de opdrachtregel", "Over één dossier", "Over een periode"),
        [
            (_(kind.title), f"`{kind.code}`", ticked(kind.needs_record), ticked(kind.by_period))
            for kind in KINDS
        ],
    )


def roles() -> str:
    """Return what each role may do with each register."""
    return table(
        ("Register", *(_(words) for _code, words in ROLES)),
        [
            (_(register.plural), *(allowed(code, register.slug) for code, _words in ROLES))
            for register in REGISTERS
        ],
    )


def allowed(role: str, slug: str) -> str:
    """Return in words what one role may do with one register."""
    held = rights(frozenset({role}), slug)
    words = {
        Right.EDIT: "wijzigt",
        Right.READ: "leest",
        Right.CODES: "ziet codes, geen namen",
    }
    first = next((word for right, word in words.items() if right in held), "-")
    return f"{first}, besluit" if Right.DECIDE in held else first


def ticked(is_so: bool) -> str:
    """Return a tick, or nothing."""
    return "ja" if is_so else ""


def sentences() -> str:
    """Return every message that tells of a problem, once, under what happened."""
    told = messages_by_occasion()
    index = [
        f"- [{occasion.what}](#{anchor(occasion.what)}) ({len(rows)})"
        for occasion, rows in told.items()
    ]
    parts = [
        "\n\n".join((f"### {occasion.what}", occasion.first, table(SAYS_AND_DOES, rows)))
        for occasion, rows in told.items()
    ]
    return "\n\n".join(("\n".join(index), *parts))


def messages_by_occasion() -> dict[Occasion, list[tuple[str, str]]]:
    """Return the messages under what happened, the most likely first, each in its two parts."""
    dutch = translations(PO_FILE)
    told: dict[Occasion, set[str]] = {occasion: set() for occasion in SHOWN}
    seen: set[str] = set()
    for occasion, english in sorted(said_in_code(), key=lambda each: SHOWN.index(each[0])):
        message = shown(dutch[english]) if english in dutch else ""
        if message and message not in seen:
            seen.add(message)
            told[occasion].add(message)
    return {
        occasion: [in_two(each) for each in sorted(rows, key=by_first_word)]
        for occasion, rows in told.items()
        if rows
    }


def said_in_code() -> Iterator[tuple[Occasion, str]]:
    """Yield each marked message with the occasion on which it comes."""
    for path in code_files():
        place = path.relative_to(CHECKOUT).as_posix()
        for english in problems_in(path, place):
            fits = (each for each in OCCASIONS if is_said_on(each, place, english))
            occasion = next(fits, None)
            if occasion is not None:
                yield occasion, english


def is_said_on(occasion: Occasion, place: str, english: str) -> bool:
    """Whether a message of a file belongs to an occasion, by its words or by its place."""
    by_word = bool(occasion.about) and occasion.about in english and "cli/" not in place
    return by_word or place.startswith(occasion.places)


def in_two(message: str) -> tuple[str, str]:
    """Return what a message says and what to do: the rest of it, or what stands above them all."""
    says, found, does = message.partition("; ")
    if not found:
        says, found, does = re.sub(r"([.!?]) (?=[A-ZÉ])", r"\1\n", message, count=1).partition("\n")
    return says.rstrip("."), f"{does[:1].upper()}{does[1:]}" if found else "zie hierboven"


def by_first_word(message: str) -> str:
    """Return by what a message is found in the alphabet: quotes and open places apart."""
    return message.lstrip("'… ").casefold()


def anchor(title: str) -> str:
    """Return the address of a heading within its page."""
    return re.sub(r"[^\w -]", "", title.casefold()).replace(" ", "-")


def problems_in(path: Path, place: str) -> Iterator[str]:
    """Return the marked sentences of a file that are raised as an error, or kept to be raised."""
    tree = ast.parse(path.read_text("utf-8"))
    if place in SAID_WITHOUT_AN_ERROR:
        yield from marked_in(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name_of(node.func).endswith(("Error", "Problem")):
            yield from marked_in(node)
    if place.startswith("privreg/store/"):
        for statement in tree.body:
            if isinstance(statement, ast.Assign):
                yield from marked_in(statement)


def marked_in(tree: ast.AST) -> Iterator[str]:
    """Return the marked sentences under a node, those of a declaration apart."""
    for node in ast.iter_child_nodes(tree):
        called = name_of(node.func) if isinstance(node, ast.Call) else ""
        if called in NOT_A_SENTENCE:
            continue
        words = marked(node) if called == "N_" and isinstance(node, ast.expr) else None
        if words and words.endswith("."):
            yield words
        yield from marked_in(node)


def shown(words: str | tuple[str, ...]) -> str:
    """Return a sentence with its places as a reader sees them: '{path}' becomes '…'."""
    sentence = words if isinstance(words, str) else words[-1]
    return re.sub(r"\{\w+\}", "…", sentence).replace("<", "&lt;")


def constants() -> str:
    """Return the numbers of the statutes that stand in the code, each with its article."""
    rows = []
    for path in sorted((CHECKOUT / "privreg" / "law").glob("*.py")):
        lines = path.read_text("utf-8").splitlines()
        for line in lines:
            found = re.match(r"([A-Z][A-Z_]+) = (.+?)  # (.*(?:rticle|UAVG|WP|chapter).*)", line)
            if found:
                name, value, source = found.groups()
                rows.append((f"`{name}`", f"`{value}`", source, f"`privreg/law/{path.name}`"))
    return table(("Constant", "Value", "Source", "Stands in"), rows)


def dated_lists() -> str:
    """Return every dated list: how many entries, their sources, and how many were checked."""
    return table(
        ("List", "File", "Entries", "Checked", "Source"),
        [
            (
                found.title["en"],
                f"`resources/lists/{found.name}.toml`",
                str(len(found)),
                str(sum(entry.verified for entry in found)),
                "; ".join(sources(found)),
            )
            for found in every_list()
        ],
    )


def every_list() -> list[DatedList]:
    """Return the dated lists, by name."""
    return [lists.dated_list(path.stem) for path in sorted(LISTS.glob("*.toml"))]


def sources(found: DatedList) -> list[str]:
    """Return the sources of a list, the first few where there are many."""
    named = list(dict.fromkeys(entry.source for entry in found))
    shown_at_most = 3
    more = len(named) - shown_at_most
    return named[:shown_at_most] + ([f"and {more} more"] if more > 0 else [])


def statutory_terms() -> str:
    """Return the statutory and guideline terms one by one."""
    return table(
        ("Term", "Period", "Bound", "Source", "Country", "Checked in"),
        [term_row(entry) for entry in lists.dated_list("terms")],
    )


def term_row(entry: DatedEntry) -> Sequence[str]:
    """Return one term as a row."""
    details = entry.details
    bound = str(details.get("bound", "")).replace("_", " ")
    period, country = str(details.get("period", "")), str(details.get("country", ""))
    checked = entry.checked_in or f"**not yet**: {entry.note}"
    return (entry.en, period, bound, entry.source, country, checked)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of Markdown."""
    lines = [row_line(head), row_line(["---"] * len(head)), *(row_line(row) for row in rows)]
    return "\n".join(lines)


def row_line(cells: Sequence[str]) -> str:
    """Return one row; a bar in a cell would end it."""
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


PARTS: dict[str, Callable[[], str]] = {
    "command-line": command_line,
    "program-settings": program_settings,
    "register-settings": settings_of_a_register,
    "reports": reports,
    "roles": roles,
    "sentences": sentences,
    "constants": constants,
    "dated-lists": dated_lists,
    "statutory-terms": statutory_terms,
}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
