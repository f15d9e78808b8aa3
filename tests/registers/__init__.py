"""Tests of the registers: declarations, checks, clocks and findings."""

# SPDX-License-Identifier: EUPL-1.2
