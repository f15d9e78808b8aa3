"""The store, on real encrypted files and a real server."""

# SPDX-License-Identifier: EUPL-1.2
