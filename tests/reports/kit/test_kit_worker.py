"""Paper from a child process: whole or not at all, and the parent stays light."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from privreg.child import ChildBrokenError
from privreg.errors import ProblemError
from privreg.formats import text as written
from privreg.reports.kit.pdf import PaintCancelledError
from privreg.reports.kit.worker import print_in_child, print_to
from tests.reports.kit.papers import a_document, a_table, sections

if TYPE_CHECKING:
    from pathlib import Path


def test_a_child_process_writes_the_paper_and_tells_how_far_it_is(tmp_path: Path) -> None:
    heard: list[int] = []
    result = print_in_child(a_document(*sections(8)), tmp_path / "a.pdf", progress=heard.append)
    assert len(PdfReader(tmp_path / "a.pdf").pages) == result.pages
    assert heard[-1] == 100
    assert [each.name for each in tmp_path.iterdir()] == ["a.pdf"]


def test_a_child_that_is_told_to_stop_leaves_the_older_paper_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"older")
    with pytest.raises(PaintCancelledError):
        print_in_child(a_document(a_table(20_000)), path, cancelled=lambda: True)
    assert path.read_bytes() == b"older"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_where_a_folder_should_be_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "brief.txt").write_bytes(b"")
    with pytest.raises(ProblemError) as caught:
        print_to(a_document(), tmp_path / "brief.txt" / "a.pdf")
    assert str(tmp_path / "brief.txt") in written(caught.value.problem)


def test_a_folder_that_is_not_there_is_told_in_one_sentence(tmp_path: Path) -> None:
    for road in (print_to, print_in_child):
        with pytest.raises(ProblemError) as caught:
            road(a_document(), tmp_path / "gone" / "a.pdf")
        assert str(tmp_path / "gone") in written(caught.value.problem)


def test_a_full_disk_is_told_and_the_older_paper_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"older")

    def full(per_cent: int) -> None:
        if per_cent > 50:
            raise OSError(28, "No space left on device")

    with pytest.raises(ProblemError, match="cannot be written"):
        print_to(a_document(a_table(9)), path, progress=full)
    assert path.read_bytes() == b"older"
    assert list(tmp_path.iterdir()) == [path]


def test_a_bug_in_the_child_is_raised_without_the_text_that_caused_it(tmp_path: Path) -> None:
    broken = a_document("Jan Jansen")  # type: ignore[arg-type]
    with pytest.raises(ChildBrokenError) as caught:
        print_in_child(broken, tmp_path / "a.pdf")
    assert "Jansen" not in str(caught.value)
    assert "flow.py" in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_reportlab_is_not_imported_before_something_is_painted() -> None:
    code = (
        "import sys, privreg.reports.kit.worker, privreg.reports.kit.plain; "
        "sys.exit('reportlab' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
