"""States of the window that no page shows by itself, for their pictures: `tools/screens.py`."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from privreg.services import records
from privreg.services.records import ListQuery

if TYPE_CHECKING:
    from uuid import UUID

    from tools.screens import Camera

SMALL = (1024, 700)
SMALLEST = (900, 440)
MADE_UP_KEY = "2R7BM-1XR8P-YQE3B-5R8W8-V8MG8-1WRJV-SS2SV-0GQ1D"
TABS = ("events", "holds", "consents", "form")
IN_SMALL = ("overview", "breaches", "customers")


def take_records(camera: Camera) -> None:
    """Take the history of a record, two versions of it beside each other, and tabs."""
    shell = camera.shell
    shell.open_record("breaches", _first(camera, "breaches"))
    camera.settle()
    page: Any = shell.page
    page.pane.show_history()
    camera.take("history")
    page.pane.show_form()
    _take_conflict(camera, page)
    shell.go_to("requests")
    page = shell.page
    page.add()
    camera.take("request-new")
    page.may_leave(lambda: None)
    shell.open_record("customers", _first(camera, "customers"))
    camera.settle()
    page = shell.page
    for tab in TABS:
        page.head.go_to(tab)
        camera.take(f"customers-{tab}")
    shell.go_to("overview")
    camera.settle()
    page = shell.page
    page.show_findings()
    camera.take("findings")
    page.show_agenda()


def _take_conflict(camera: Camera, page: Any) -> None:
    """Change a record behind the window's back, then save another change of it."""
    desk, pane = camera.shell.office.desk, page.pane
    before = pane.values
    records.save(desk, "breaches", {**before, "title": f"{before['title']}, {before['number']}"})
    pane.form.take({"title": before["number"]}, version=before["version"])
    pane.save()
    camera.settle(lambda: pane.conflict is not None)
    camera.take("conflict")
    pane.conflict.dropped.emit()
    camera.settle()
    now = records.load(desk, "breaches", before["id"])
    records.save(desk, "breaches", {**now, "title": before["title"]})


def take_small(camera: Camera) -> None:
    """Take some pages in a small window."""
    window, size = camera.window, camera.window.size()
    for name, wanted in (("small", SMALL), ("smallest", SMALLEST)):
        window.resize(*wanted)
        for slug in IN_SMALL:
            camera.shell.go_to(slug)
            if slug != "overview":
                camera.shell.open_record(slug, _first(camera, slug))
            camera.take(f"{slug}-{name}")
    window.resize(size)


def take_making(camera: Camera) -> None:
    """Take the steps of making a register; nothing is made."""
    window, desk = camera.window, camera.shell.office.desk
    window.show_make()
    for step, name in enumerate(("organisation", "place", "password")):
        window.make.show_step(step)
        camera.take(f"make-{name}")
    window.make.sheet.show_key(desk, MADE_UP_KEY)
    window.make.show_step(3)
    camera.take("make-sheet")
    window.make.sheet.forget()


def _first(camera: Camera, slug: str) -> UUID:
    rows = records.page(camera.shell.office.desk, slug, ListQuery(), 0, 1).rows
    found: UUID = rows[0]["id"]
    return found
