"""Tests of the files that come in and go out."""

# SPDX-License-Identifier: EUPL-1.2
