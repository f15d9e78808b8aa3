"""Every number that comes from a statute, as pure functions with the article beside it."""

# SPDX-License-Identifier: EUPL-1.2
