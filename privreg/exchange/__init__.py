"""What comes in and goes out as files, and the example registers."""

# SPDX-License-Identifier: EUPL-1.2
