"""Every clock of every example says why, and which step led to its day."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from privreg.exchange.examples import EXAMPLES
from privreg.formats import text, value
from privreg.registers.register_list import REGISTERS
from tests.examples.states import records, some_customers
from tests.registers.builders import among

if TYPE_CHECKING:
    from collections.abc import Iterator

    from privreg.law.deadline import Deadline


def clocks_of(name: str) -> Iterator[Deadline]:
    """Return every clock of an example that is not done."""
    customers = some_customers(name)
    known = [(slug, values) for slug, every in records(name).items() for values in every]
    known += [("customers", each.customer) for each in customers]
    known += [("holds", hold) for each in customers for hold in each.holds]
    around = among(*known)
    for register in REGISTERS:
        for slug, values in known:
            if slug == register.slug:
                complete = {"number": "", "created_at": around.now, **values}
                found = register.deadlines(complete, around)
                yield from (each for each in found if not each.done)


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_clock_says_why_and_names_its_day(name: str) -> None:
    clocks = list(clocks_of(name))
    assert {"activities", "rules", "holds"} <= {each.register for each in clocks}
    for each in clocks:
        steps = [text(step) for step in each.because]
        about = f"{each.register} {each.number} {text(each.what)}: {steps}"
        assert all(steps), about
        assert steps, about
        if each.due is not None:
            assert any(value(each.due) in step for step in steps), about
