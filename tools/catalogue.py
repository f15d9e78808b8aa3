"""The catalogue of Dutch texts: collect what the code says, merge translations, check them.

    python -m tools.catalogue merge [FRAGMENT_FOLDER]
    python -m tools.catalogue check

`merge` reads every marked text of the program, takes its Dutch from the catalogue and from the
`.po` files in the folder (which win), drops what no code says any more and compiles the result.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import ast
import io
import re
import sys
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CHECKOUT = Path(__file__).resolve().parent.parent
CODE = ("privreg", "ui", "main.py")
PO_FILE = CHECKOUT / "resources" / "locale" / "nl" / "LC_MESSAGES" / "privreg.po"
MO_FILE = PO_FILE.with_suffix(".mo")
PLURAL_CALLS = {"messages", "_n"}
PLURAL_FORMS = 2
COUNT = "{count}"
UNCHANGING = datetime(2026, 1, 1, tzinfo=UTC)  # a header with today in it would never compare

Texts = str | tuple[str, ...]


def main(arguments: list[str]) -> int:
    """Run `merge` or `check`; return 1 when a text is missing or wrong."""
    match arguments:
        case ["merge", *folders]:
            merge([Path(folder) for folder in folders])
        case ["check"]:
            pass
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    found = problems()
    for problem in found:
        print(problem)
    print(f"{len(code_texts())} texts, {len(found)} problems.")
    return 1 if found else 0


def merge(folders: Iterable[Path]) -> None:
    """Write the catalogue anew from the code, the old catalogue and the fragments."""
    known = translations(PO_FILE) | fragments(folders)
    catalogue = empty_catalogue()
    for texts in code_texts():
        dutch = known.get(key(texts))
        fits = dutch is not None and isinstance(dutch, tuple) == isinstance(texts, tuple)
        catalogue.add(texts, dutch if fits else blank(texts))
    PO_FILE.parent.mkdir(parents=True, exist_ok=True)
    PO_FILE.write_bytes(po_bytes(catalogue))
    MO_FILE.write_bytes(mo_bytes())


def fragments(folders: Iterable[Path]) -> dict[str, Texts]:
    """Read every `.po` file of the folders, and say where two of them disagree."""
    known: dict[str, Texts] = {}
    for path in sorted(path for folder in folders for path in folder.glob("*.po")):
        for msgid, dutch in translations(path).items():
            if known.setdefault(msgid, dutch) != dutch:
                print(f"two translations of {msgid!r}: {known[msgid]!r}; {path.name}: {dutch!r}")
    return known


def code_texts() -> list[Texts]:
    """Return every text the program says: a msgid, or a pair where it counts; sorted."""
    found: dict[str, Texts] = {}
    for path in code_files():
        for texts in texts_in(path):
            if isinstance(texts, tuple) or key(texts) not in found:
                found[key(texts)] = texts
    return [found[each] for each in sorted(found)]


def code_files() -> Iterator[Path]:
    """Walk the Python files of the program."""
    for place in CODE:
        path = CHECKOUT / place
        yield from sorted(path.rglob("*.py")) if path.is_dir() else [path] * path.exists()


def texts_in(path: Path) -> Iterator[Texts]:
    """Return what one file marks, the two halves of a pair together."""
    pairs = set(counted_pairs(ast.parse(path.read_text("utf-8"))))
    yield from pairs
    halves = {half for pair in pairs for half in pair}
    for _line, texts, _comments, _context in extract_from_file("python", path, keywords()):
        if isinstance(texts, tuple) or texts not in halves:
            yield tuple(texts) if isinstance(texts, tuple) else texts


def counted_pairs(tree: ast.AST) -> Iterator[tuple[str, ...]]:
    """Find `messages(N_("one"), N_("many"), n)`, `_n("one", "many", n)` and the like.

    A call of any other name counts as well when it takes two marked texts with `{count}`.
    Babel reads the arguments of nested markers as texts apart.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            pair = pair_of(node)
            if len(pair) == PLURAL_FORMS and all(pair):
                yield tuple(each for each in pair if each)


def pair_of(call: ast.Call) -> tuple[str | None, ...]:
    """Return the two texts of a call that counts; something else for every other call."""
    if name_of(call.func) in PLURAL_CALLS:
        return tuple(map(marked, call.args[:PLURAL_FORMS]))
    nested = (each for each in call.args if isinstance(each, ast.Call))
    texts = [marked(each) for each in nested if name_of(each.func) == "N_"]
    return tuple(text for text in texts if text and COUNT in text)


def marked(node: ast.expr) -> str | None:
    """Return the text of a constant, bare or inside `N_()`."""
    if isinstance(node, ast.Call) and name_of(node.func) == "N_" and node.args:
        node = node.args[0]
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return None


def name_of(function: ast.expr) -> str:
    """Return the last part of a called name."""
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def keywords() -> dict[str, tuple[int, ...] | None]:
    """Read from `pyproject.toml` which calls mark a text: `_`, `N_`, `_n:1,2`."""
    declared = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))
    marks = declared["tool"]["babel"]["extract_messages"]["keywords"]
    split = (mark.partition(":") for mark in marks)
    return {
        name: tuple(int(place) for place in places.split(",")) if places else None
        for name, _colon, places in split
    }


def problems() -> list[str]:
    """Say per text what is wrong with its Dutch, and whether the compiled file is behind."""
    known = translations(PO_FILE)
    code = code_texts()
    found = [problem for texts in code for problem in text_problems(texts, known)]
    found += [problem for path in code_files() for problem in hidden_markers(path)]
    said = {key(texts) for texts in code}
    found += [f"no code says this any more: {msgid!r}" for msgid in sorted(set(known) - said)]
    if not MO_FILE.exists() or MO_FILE.read_bytes() != mo_bytes():
        found.append(f"{MO_FILE.name} is not the compilation of {PO_FILE.name}: run merge")
    return found


def hidden_markers(path: Path) -> Iterator[str]:
    """Find marked texts inside an f-string, where Babel does not look."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.JoinedStr) and any(map(is_marker, ast.walk(node))):
            yield f"a marked text inside an f-string: {path.name}, line {node.lineno}"


def is_marker(node: ast.AST) -> bool:
    """Say whether this is a call of a marker with a text written out."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in keywords()
        and any(isinstance(each, ast.Constant) for each in node.args)
    )


def text_problems(texts: Texts, known: dict[str, Texts]) -> Iterator[str]:
    """Say what is wrong with the Dutch of one text."""
    dutch = known.get(key(texts))
    if dutch is None:
        yield f"no Dutch: {key(texts)!r}"
    elif isinstance(texts, tuple) != isinstance(dutch, tuple):
        yield f"counts in only one of the two languages: {key(texts)!r}"
    else:
        yield from place_problems(forms(texts), forms(dutch))


def place_problems(english: tuple[str, ...], dutch: tuple[str, ...]) -> Iterator[str]:
    """Compare the named places; the singular may leave out the count ('one day')."""
    allowed = places(english[-1])
    for own, theirs in zip(english, dutch, strict=True):
        may_miss = {"count"} if len(english) > 1 else set()
        wrong = places(theirs) - allowed | (places(own) - may_miss) - places(theirs)
        if wrong:
            yield f"other places {sorted(wrong)}: {own!r} and {theirs!r}"


def places(text: str) -> set[str]:
    """Return the named places of a template: {'number'} for '{number} is closed'."""
    return set(re.findall(r"\{(\w+)\}", text))


def translations(path: Path) -> dict[str, Texts]:
    """Return the Dutch of every translated text of a `.po` file, by msgid."""
    if not path.exists():
        return {}
    entries = ((frozen(entry.id), frozen(entry.string or "")) for entry in read_catalogue(path))
    return {key(texts): dutch for texts, dutch in entries if key(texts) and all(forms(dutch))}


def frozen(texts: str | list[str] | tuple[str, ...]) -> Texts:
    """Return the texts of an entry as a text or a pair."""
    return texts if isinstance(texts, str) else tuple(texts)


def read_catalogue(path: Path) -> Catalog:
    """Read a `.po` file; one without a header is Dutch in UTF-8."""
    catalogue = read_po(io.BytesIO(path.read_bytes()), locale="nl", charset="utf-8")
    catalogue.creation_date = catalogue.revision_date = UNCHANGING
    return catalogue


def empty_catalogue() -> Catalog:
    """Return a Dutch catalogue without texts."""
    return Catalog(locale="nl", charset="utf-8", fuzzy=False)


def po_bytes(catalogue: Catalog) -> bytes:
    """Write the texts sorted, without places in the code, so that merges stay calm."""
    body = io.BytesIO()
    write_po(body, catalogue, width=100, no_location=True, omit_header=True, sort_output=True)
    return header(catalogue).encode() + body.getvalue()


def header(catalogue: Catalog) -> str:
    """Return the header with what a reader of the file needs and no dates."""
    lines = (
        "Language: nl",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        f"Plural-Forms: {catalogue.plural_forms}",
    )
    entry = "".join(f'"{line}\\n"\n' for line in lines)
    return f'# SPDX-License-Identifier: EUPL-1.2\nmsgid ""\nmsgstr ""\n{entry}\n'


def mo_bytes() -> bytes:
    """Compile the catalogue as it stands on disk."""
    compiled = io.BytesIO()
    write_mo(compiled, read_catalogue(PO_FILE))
    return compiled.getvalue()


def key(texts: Texts) -> str:
    """Return the msgid; of a pair the singular."""
    return forms(texts)[0]


def forms(texts: Texts) -> tuple[str, ...]:
    """Return the one form, or the forms of a text that counts."""
    return texts if isinstance(texts, tuple) else (texts,)


def blank(texts: Texts) -> Texts:
    """Return the empty translation of a text."""
    return tuple("" for _form in texts) if isinstance(texts, tuple) else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
