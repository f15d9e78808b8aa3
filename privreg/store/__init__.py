"""Where a register is kept: file, server, keys, journal and backup behind one gate."""

# SPDX-License-Identifier: EUPL-1.2
