"""People, businesses and their numbers in the examples are invented, by rules that show it."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from privreg.exchange.examples import EXAMPLES
from tests.examples.states import records, some_customers

if TYPE_CHECKING:
    from collections.abc import Iterator

# Parties a statement names; all others with a name are invented.
NAMED = re.compile(
    r"Google|Friendly Captcha|Hetzner|SCALEWAY|optilyz|BS PAYONE|PayPal|Apple|Anamantic"
    r"|Trustpilot|zenloop|Exponea|Zendesk|Cookiebot"
)
# How a number shows that nobody has it.
NOBODYS = {
    "email": re.compile(r"[^@]+@[\w.-]+\.example"),
    "website": re.compile(r"https://www\.[\w-]+\.example(/\w+)?"),
    "phone": re.compile(r"\+31 \d\d 0[\d ]+|\+49 30 23125 \d{3}"),
    "mobile": re.compile(r"\+31 6 0\d{7}|\+49 171 3920000"),
    "kvk": re.compile(r"00\d{6}|HRB 0+ \(verzonnen\)"),
    "vat": re.compile(r"NL99\d{7}B\d\d|DE9\d{8}"),
    "iban": re.compile(r"NL\d\dXVBK\d{10}|DE\d\d99999999\d{10}"),
    "identity_number": re.compile(r"SPECI\d{4}"),
    "ip_address": re.compile(r"192\.0\.2\.\d+"),
}


def everyone(name: str) -> Iterator[dict[str, Any]]:
    """Return controllers, parties and customers who are not named by a statement."""
    yield from records(name)["controllers"]
    yield from (each for each in records(name)["parties"] if not NAMED.search(each["name"]))
    yield from (each.customer for each in some_customers(name))


@pytest.mark.parametrize("name", EXAMPLES)
def test_nobody_has_the_numbers_and_addresses_of_an_example(name: str) -> None:
    for who in everyone(name):
        for field, form in NOBODYS.items():
            if found := who.get(field):
                assert form.fullmatch(found), (who["name"], field, found)


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_address_written_in_a_text_is_one_nobody_has(name: str) -> None:
    texts = [str(values) for every in records(name).values() for values in every]
    for found in (each for one in texts for each in re.findall(r"[\w.]+@[\w.-]*\w", one)):
        assert found.endswith(".example"), found


@pytest.mark.parametrize("name", ["connox", "iv", "koffiemax"])
def test_a_named_party_has_no_events_of_our_making(name: str) -> None:
    """No check of its settings, no told day in a request, no part in an invented breach."""
    named = {each["id"] for each in records(name)["parties"] if NAMED.search(each["name"])}
    assert named
    for rule in records(name)["rules"]:
        assert rule.get("party_id") not in named or not rule.get("checks"), rule["name"]
    for request in records(name)["requests"]:
        assert not named & {row.get("party_id") for row in request.get("recipients", ())}
    for breach in records(name)["breaches"]:
        assert not {str(each) for each in named} & {str(each) for each in breach.get("parties", ())}
        assert not NAMED.search(str(breach)), breach["title"]
