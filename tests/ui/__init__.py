"""Tests of the screen: typing into real widgets, asserting the records they make."""

# SPDX-License-Identifier: EUPL-1.2
