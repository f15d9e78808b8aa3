"""The pages that are made by hand: overview, breaches, requests, customers and disposal."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from ui.pages.breaches import BREACHES
from ui.pages.customers import CUSTOMERS
from ui.pages.disposal import DISPOSAL
from ui.pages.overview import OVERVIEW
from ui.pages.requests import REQUESTS

PAGES_A = (OVERVIEW, BREACHES, REQUESTS, CUSTOMERS, DISPOSAL)

__all__ = ["BREACHES", "CUSTOMERS", "DISPOSAL", "OVERVIEW", "PAGES_A", "REQUESTS"]
