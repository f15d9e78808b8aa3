"""A changed rule reaches the items of many customers while the office works on."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from privreg.services import governing
from privreg.store import regoverning
from ui.pages.rules_applied import RulesApplied

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from privreg.registers.declaration import Values
    from privreg.services.changes import Changes
    from privreg.services.desk import Desk
    from ui.office import Office


def test_a_changed_rule_is_applied_in_the_background_and_told(
    office: Office,
    desk: Desk,
    save: Callable[..., Values],
    settle: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(regoverning, "AT_ONCE", 0)
    group, kind = save("groups", name="Klanten"), save("kinds", name="Facturen")
    controller = save("controllers", name="Bonenhof BV")
    customer = save("customers", controller_id=controller["id"], name="De Halm", kind="company")
    save("items", customer_id=customer["id"], group_id=group["id"], kind_id=kind["id"])
    keeper = QObject()
    applied = RulesApplied(office, keeper)
    told: list[Changes] = []
    office.changed.connect(told.append)
    rule = office.records.new(desk, "rules", name="Facturen", event="item_date", period="P7Y")
    changes = office.records.save(desk, "rules", {**rule, "kind_id": kind["id"]})
    assert governing.is_pending(desk)
    office.announce(changes)
    settle()
    assert not governing.is_pending(desk)
    assert {slug for each in told for slug, _key in each.touched} >= {"rules", "items"}
    assert applied.office is office
