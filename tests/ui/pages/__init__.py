"""Tests of the pages made by hand: the clocks, the due list, one customer, and what is typed."""

# SPDX-License-Identifier: EUPL-1.2
