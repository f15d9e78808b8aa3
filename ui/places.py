"""Every page of the window, in the order of the sidebar."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

from privreg.registers.register_list import register_of
from privreg.translation import N_
from ui.list_page import ListPage
from ui.page import PageSpec
from ui.pages.breaches import BREACHES
from ui.pages.customers import CUSTOMERS
from ui.pages.disposal import DISPOSAL
from ui.pages.journal_page import JOURNAL
from ui.pages.overview import OVERVIEW
from ui.pages.reports_page import REPORTS
from ui.pages.requests import REQUESTS
from ui.pages.settings_page import SETTINGS

if TYPE_CHECKING:
    from ui.office import Office
    from ui.page import Page


def register_page(slug: str, title: str = "", *, short: str = "", group: str = "work") -> PageSpec:
    """Declare the page of a register: its list and its form."""
    register = register_of(slug)

    def make(office: Office) -> Page:
        return ListPage(office, register)

    def is_seen(office: Office) -> bool:
        return office.may("read", slug)

    return PageSpec(
        slug=slug,
        title=title or register.plural,
        short=short,
        icon=register.icon,
        factory=make,
        is_seen=is_seen,
        group=group,
    )


PAGES: tuple[PageSpec, ...] = (
    OVERVIEW,
    BREACHES,
    REQUESTS,
    CUSTOMERS,
    DISPOSAL,
    register_page("activities", short=N_("Activities")),
    register_page("rules"),
    register_page("parties"),
    register_page("controllers", short=N_("Organisation"), group="basis"),
    register_page("groups", N_("Groups of people"), short=N_("People"), group="basis"),
    register_page("kinds", N_("Kinds of data"), group="basis"),
    register_page("measures", N_("Measures"), group="basis"),
    register_page("statements", N_("Statements"), group="basis"),
    REPORTS,
    JOURNAL,
    SETTINGS,
)
