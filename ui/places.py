"""Every page of the window, in the order of the sidebar.

A page's module is imported when the page is first opened, so that the window stands sooner.
"""

# SPDX-License-Identifier: EUPL-1.2
# ruff: noqa: PLC0415  (see above: imported when opened)
from __future__ import annotations

from typing import TYPE_CHECKING

from privreg.registers.register_list import register_of
from privreg.translation import N_
from ui.page import Page, PageSpec
from ui.printing import REPORTS_SLUG, kinds_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.office import Office


def _overview(office: Office) -> Page:
    from ui.pages.overview import OverviewPage

    return OverviewPage(office)


def _breaches(office: Office) -> Page:
    from ui.pages.breaches import BreachesPage

    return BreachesPage(office)


def _requests(office: Office) -> Page:
    from ui.pages.requests import RequestsPage

    return RequestsPage(office)


def _customers(office: Office) -> Page:
    from ui.pages.customers import CustomersPage

    return CustomersPage(office)


def _disposal(office: Office) -> Page:
    from ui.pages.disposal import DisposalPage

    return DisposalPage(office)


def _reports(office: Office) -> Page:
    from ui.pages.reports_page import ReportsPage

    return ReportsPage(office)


def _journal(office: Office) -> Page:
    from ui.pages.journal_page import JournalPage

    return JournalPage(office)


def _settings(office: Office) -> Page:
    from ui.pages.settings_page import SettingsPage

    return SettingsPage(office)


def register_page(
    slug: str,
    title: str = "",
    *,
    short: str = "",
    group: str = "work",
    factory: Callable[[Office], Page] | None = None,
) -> PageSpec:
    """Declare the page of a register: its list and its form, unless `factory` makes its own."""
    register = register_of(slug)

    def make(office: Office) -> Page:
        from ui.list_page import ListPage

        return ListPage(office, register)

    def is_seen(office: Office) -> bool:
        return office.may("read", slug)

    return PageSpec(
        slug=slug,
        title=title or register.plural,
        short=short,
        icon=register.icon,
        factory=factory or make,
        is_seen=is_seen,
        group=group,
    )


PAGES: tuple[PageSpec, ...] = (
    PageSpec(slug="overview", title=N_("Overview"), icon="overview", factory=_overview),
    register_page("breaches", factory=_breaches),
    register_page("requests", factory=_requests),
    register_page("customers", factory=_customers),
    PageSpec(
        slug="disposal",
        title=N_("Disposal"),
        icon="dispose",
        factory=_disposal,
        is_seen=lambda office: office.may("read", "items"),
    ),
    register_page("activities", short=N_("Activities")),
    register_page("rules"),
    register_page("parties"),
    register_page("controllers", short=N_("Organisation"), group="basis"),
    register_page("groups", N_("Groups of people"), short=N_("People"), group="basis"),
    register_page("kinds", N_("Kinds of data"), group="basis"),
    register_page("measures", N_("Measures"), group="basis"),
    register_page("statements", N_("Statements"), group="basis"),
    PageSpec(
        slug=REPORTS_SLUG,
        title=N_("Reports"),
        icon="report",
        factory=_reports,
        is_seen=lambda office: bool(kinds_for(office)),
        group="office",
    ),
    PageSpec(slug="journal", title=N_("Journal"), icon="journal", factory=_journal, group="office"),
    PageSpec(
        slug="settings", title=N_("Settings"), icon="settings", factory=_settings, group="office"
    ),
)
