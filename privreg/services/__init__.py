"""What a person can do: plain functions, one transaction each."""

# SPDX-License-Identifier: EUPL-1.2
