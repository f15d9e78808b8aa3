"""Tests of the law: pure functions against worked cases and other ways of counting."""

# SPDX-License-Identifier: EUPL-1.2
