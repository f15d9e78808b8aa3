"""Invented people, companies and addresses, put together from lists of words.

Nobody here exists: names are combined by chance, domains end in .example, subscriber
numbers begin with a nought (the Netherlands) or lie in a range kept for film (Germany),
trade register numbers begin with two noughts, and account numbers name a bank that is not there.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import tomllib
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from random import Random

NEAR_MATCH_SHARE = 0.02
PREFIX_SHARE = 0.35
VAT_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2)


@dataclass(frozen=True, slots=True)
class Land:
    """The words of one country."""

    code: str
    first: tuple[str, ...]
    roots: tuple[str, ...]
    endings: tuple[str, ...]
    prefixes: tuple[str, ...]
    streets: tuple[str, ...]
    towns: tuple[str, ...]
    legal_forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """The word lists of the examples."""

    lands: dict[str, Land]
    trades: tuple[str, ...]
    houses: tuple[str, ...]

    @classmethod
    def read(cls, path: Path) -> Words:
        """Read the word lists from their file."""
        raw = tomllib.loads(path.read_text("utf-8"))
        lands = {
            code: Land(code, **{name: tuple(text.split()) for name, text in words.items()})
            for code, words in raw.pop("lands").items()
        }
        return cls(lands, **{name: tuple(text.split()) for name, text in raw.items()})


@dataclass(slots=True)
class Named:
    """Who a customer is: what its name, address and numbers are made from."""

    land: Land
    first: str
    last: str
    company: str
    serial: int

    @property
    def mailbox(self) -> str:
        """The part of an address before the @."""
        return f"{plain(self.first)}.{plain(self.last)}"


def plain(text: str) -> str:
    """Return a name as it stands in a mail address: small letters of the alphabet only."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.replace("ß", "ss"))
    return "".join(each for each in text.lower() if "a" <= each <= "z")


class People:
    """Makes people and companies, one after another, from one source of chance."""

    def __init__(self, words: Words, chance: Random) -> None:
        self._words = words
        self._random = chance.random
        self._last = ""

    def pick(self, options: tuple[str, ...]) -> str:
        """Return one of the options."""
        return options[int(self._random() * len(options))]

    def below(self, limit: int) -> int:
        """Return a whole number from 0, below the limit."""
        return int(self._random() * limit)

    def someone(self, land_code: str, serial: int, *, is_company: bool) -> Named:
        """Invent a person, and the company that person works for."""
        land = self._words.lands[land_code]
        last = self._last_name(land)
        self._last = last
        company = self._company(land, last) if is_company else ""
        return Named(land, self.pick(land.first), last, company, serial)

    def _last_name(self, land: Land) -> str:
        if self._last and self._random() < NEAR_MATCH_SHARE:
            return _nearly(self._last)
        name = self.pick(land.roots) + self.pick(land.endings)
        if land.prefixes and self._random() < PREFIX_SHARE:
            return f"{self.pick(land.prefixes).replace('_', ' ')} {name}"
        return name

    def _company(self, land: Land, last: str) -> str:
        trade = self.pick(self._words.trades)
        form = self.pick(land.legal_forms).replace("_", " ")
        if self._random() < 0.5:  # noqa: PLR2004  (half of them carry the owner's name)
            return f"{trade} {last} {form}"
        house = self.pick(self._words.houses).replace("_", " ")
        return f"{trade} {house} {self.pick(land.towns)} {form}"

    def value(self, field: str, who: Named) -> Any:
        """Return what stands in a field of a customer."""
        return _FIELDS[field](self, who)

    def street(self, who: Named) -> str:
        """Return a street and a number."""
        name = self.pick(who.land.roots) + self.pick(who.land.streets)
        return f"{name} {self.below(220) + 1}"

    def postcode(self, who: Named) -> str:
        """Return a postcode as the country writes it."""
        if who.land.code == "DE":
            return f"{self.below(89_000) + 10_000}"
        letters = "ABCDEGHJKLMNPRTVWXZ"
        pair = letters[self.below(len(letters))] + letters[self.below(len(letters))]
        return f"{self.below(8_900) + 1_000} {pair}"

    def full_address(self, who: Named) -> str:
        """Return an address on one line."""
        return f"{self.street(who)}, {self.postcode(who)} {self.pick(who.land.towns)}"

    def phone(self, who: Named) -> str:
        """Return a number nobody has: in Germany from the range for film in Berlin."""
        if who.land.code == "DE":
            return f"+49 30 23125 {self.below(1_000):03d}"
        return f"+31 {(10, 20, 30, 40, 50, 70)[self.below(6)]} 0{self.below(1_000_000):06d}"

    def mobile(self, who: Named) -> str:
        """Return a mobile number nobody has."""
        if who.land.code == "DE":
            return "+49 171 3920000"
        return f"+31 6 0{self.below(10_000_000):07d}"

    def email(self, who: Named) -> str:
        """Return an address that no mail reaches."""
        if who.company:
            return f"{who.mailbox}@{plain(who.company)[:30]}.example"
        return f"{who.mailbox}{who.serial % 97 or ''}@{_MAIL_DOMAINS[self.below(3)]}"

    def identity_number(self, who: Named) -> str:
        """Return a number of an identity document that cannot exist."""
        return f"SPECI{who.serial % 10_000:04d}"

    def kvk(self, who: Named) -> str:
        """Return a trade register number nobody has: no register ever began one with 00."""
        return f"00{100_000 + who.serial % 900_000}"


_MAIL_DOMAINS = ("post.example", "brievenbus.example", "thuis.example")


def _nearly(name: str) -> str:
    for ours, theirs in (("ij", "y"), ("ck", "k"), ("ks", "x"), ("aa", "a"), ("oe", "ou")):
        if ours in name:
            return name.replace(ours, theirs, 1)
    return f"{name}s"


def vat_of(who: Named) -> str:
    """Return a VAT number that passes the check of its country and belongs to nobody."""
    if who.land.code == "DE":
        return _german_vat(f"{90_000_000 + who.serial % 9_000_000:08d}")
    digits = 99_000_000 + who.serial * 7 % 999_000
    while (rest := _elfproef(digits)) > 9:  # noqa: PLR2004  (no digit fits: take the next)
        digits += 1
    return f"NL{digits:08d}{rest}B01"


def _elfproef(digits: int) -> int:
    pairs = zip(VAT_WEIGHTS, f"{digits:08d}", strict=True)
    return sum(weight * int(digit) for weight, digit in pairs) % 11


def _german_vat(digits: str) -> str:
    product = 10
    for digit in digits:
        total = (int(digit) + product) % 10 or 10
        product = 2 * total % 11
    return f"DE{digits}{(11 - product) % 10}"


def iban_of(who: Named) -> str:
    """Return an account number that passes the check, of a bank that does not exist."""
    if who.land.code == "DE":
        return _checked("DE", f"99999999{who.serial:010d}")
    return _checked("NL", f"XVBK{who.serial:010d}")


def _checked(country: str, account: str) -> str:
    as_number = int("".join(str(int(each, 36)) for each in f"{account}{country}00"))
    return f"{country}{98 - as_number % 97:02d}{account}"


_FIELDS: dict[str, Callable[[People, Named], Any]] = {
    "gender": lambda people, _who: people.pick(("vrouw", "man", "x")),
    "identity_type": lambda people, _who: people.pick(
        ("Paspoort", "Identiteitskaart", "Rijbewijs")
    ),
    "identity_number": People.identity_number,
    "kvk": People.kvk,
    "vat": lambda _people, who: vat_of(who),
    "company_type": lambda _people, who: who.company.rpartition(" ")[2],
    "contact_name": lambda _people, who: f"{who.first} {who.last}",
    "email": People.email,
    "phone": People.phone,
    "mobile": People.mobile,
    "street": People.street,
    "postcode": People.postcode,
    "city": lambda people, who: people.pick(who.land.towns),
    "delivery_address": People.full_address,
    "invoice_address": People.full_address,
    "iban": lambda _people, who: iban_of(who),
    "payment": lambda people, _who: people.pick(
        ("Automatische incasso", "Op rekening", "Betaling vooraf")
    ),
    "account_name": lambda _people, who: f"{who.mailbox}{who.serial % 89}",
    "ip_address": lambda people, _who: f"192.0.2.{people.below(254) + 1}",
    "salary": lambda people, _who: f"€ {people.below(30) * 100 + 2_100} per maand",
}
