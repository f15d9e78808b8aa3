"""Tests of the command line."""

# SPDX-License-Identifier: EUPL-1.2
