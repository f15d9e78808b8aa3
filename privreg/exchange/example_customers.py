"""Makes the invented customers of an example, from profiles described in its file.

The first customers go round the profiles in order, so that few suffice to show every
state; the others are drawn by share. One seed gives one row of customers, whatever count
is asked for, and no more than one customer is in memory at a time.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import accumulate
from random import Random
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from privreg.exchange.example_people import Named, People, Words
from privreg.registers.customers import REGISTER as CUSTOMERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from privreg.registers.declaration import Values

ENTRIES_PER_CUSTOMER = 256
CONTRACT = "contract"
SELDOM = frozenset({"mobile", "delivery_address", "invoice_address", "company_type"})
SELDOM_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class CustomerBundle:
    """One customer with everything saved beside it; keys are set, links resolved."""

    customer: Values
    items: list[Values] = field(default_factory=list)
    events: list[Values] = field(default_factory=list)
    holds: list[Values] = field(default_factory=list)
    consents: list[Values] = field(default_factory=list)


class Book(Protocol):
    """What the generator asks of the files of an example."""

    @property
    def today(self) -> date: ...
    def file(self, slug: str) -> dict[str, dict[str, Any]]: ...
    def key_of(self, slug: str, key: str) -> UUID: ...
    def first_serial(self, slug: str) -> int: ...
    def day(self, text: str) -> date: ...


Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class EventPlan:
    """An event: in a span of days, or so many days after what stands before it."""

    type: str
    between: Span | None
    after: Span
    chance: float


@dataclass(frozen=True, slots=True)
class ItemPlan:
    """Items of one sort: how many, dated when, with which events of their own."""

    use: str
    person_fields: tuple[str, ...]
    company_fields: tuple[str, ...]
    kind_id: UUID
    group_id: UUID
    label: str
    place: str
    content: str
    numbered: bool
    count: Span
    between: Span | None
    events: tuple[EventPlan, ...]
    chance: float


@dataclass(frozen=True, slots=True)
class HoldPlan:
    """A hold or restriction on the items of some sorts."""

    reason: str
    explanation: str
    uses: frozenset[str]
    since: Span
    review: Span | None
    until: Span | None
    held_by: str


@dataclass(frozen=True, slots=True)
class ConsentPlan:
    """A consent or objection for a purpose."""

    kind: str
    purpose: str
    activity_id: UUID | None
    given: Span
    withdrawn: Span | None
    is_confirmed: bool
    how: str
    text_version: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Profile:
    """One story: who, in which phase, and what happens with the data."""

    key: str
    share: float
    controllers: tuple[UUID, ...]
    company_share: float
    country: str
    phase: str
    groups: tuple[UUID, ...]
    fixed: Values
    events: tuple[EventPlan, ...]
    items: tuple[ItemPlan, ...]
    holds: tuple[HoldPlan, ...]
    consents: tuple[ConsentPlan, ...]


def customers(book: Book, words: Words, *, count: int, seed: int) -> Iterator[CustomerBundle]:
    """Return `count` customers, one by one."""
    plan = _Plan(book)
    make = _Maker(book, words, plan, Random(seed))  # noqa: S311  (invented people, no secret)
    for index in range(count):
        yield make.customer(index)


class _Plan:
    """The profiles of an example, read from `customers.toml` with days made numbers."""

    def __init__(self, book: Book) -> None:
        self._book = book
        raw = book.file("customers")
        settings = raw["settings"]
        self._item_kinds = raw["items"]
        self.code = settings["code"]
        self.rounds = settings["rounds"]
        self.notes: tuple[str, ...] = tuple(settings["notes"])
        self.profiles = tuple(self._profile(key, each) for key, each in raw["profiles"].items())
        self._bounds = list(accumulate(profile.share for profile in self.profiles))

    def profile(self, index: int, chance: float) -> Profile:
        """Return the profile of the customer at a place, `chance` from 0 up to 1."""
        if index < self.rounds * len(self.profiles):
            return self.profiles[index % len(self.profiles)]
        return self.profiles[bisect_right(self._bounds, chance * self._bounds[-1])]

    def _profile(self, key: str, raw: dict[str, Any]) -> Profile:
        return Profile(
            key=key,
            share=float(raw["share"]),
            controllers=tuple(self._book.key_of("controllers", each) for each in raw["controller"]),
            company_share=float(raw.get("companies", 0)),
            country=raw.get("country", "NL"),
            phase=raw["phase"],
            groups=tuple(self._book.key_of("groups", each) for each in raw["groups"]),
            fixed=self._fixed(raw.get("fields", {})),
            events=self._events(raw.get("events", ())),
            items=tuple(self._item(each, raw["phase"]) for each in raw.get("items", ())),
            holds=tuple(self._hold(each) for each in raw.get("holds", ())),
            consents=tuple(self._consent(each) for each in raw.get("consents", ())),
        )

    def _fixed(self, raw: dict[str, Any]) -> Values:
        fields = {name: value for name, value in raw.items() if not name.endswith("_on")}
        days = {name: self._book.day(raw[name]) for name in raw.keys() - fields.keys()}
        return fields | days

    def _fields(self, kind: str, sort: str, phase: str) -> tuple[str, ...]:
        """Return the customer fields that belong to a kind of data and are asked for."""
        named = self._book.file("kinds")[kind].get("customer_fields", ())
        who = {"kind": sort, "phase": phase}
        return tuple(name for name in named if CUSTOMERS.field(name).is_asked(who))

    def _span(self, raw: list[str]) -> Span:
        first, last = (self._book.day(each).toordinal() for each in raw)
        return min(first, last), max(first, last)

    def _optional_span(self, raw: list[str] | None) -> Span | None:
        return self._span(raw) if raw else None

    def _events(self, raw: Any) -> tuple[EventPlan, ...]:
        return tuple(
            EventPlan(
                type=each["type"],
                between=self._optional_span(each.get("on")),
                after=tuple(each.get("after", (0, 0))),
                chance=float(each.get("chance", 1)),
            )
            for each in raw
        )

    def _item(self, raw: dict[str, Any], phase: str) -> ItemPlan:
        sort = self._item_kinds[raw["use"]]
        dated = raw.get("on", sort.get("on", CONTRACT))
        label = raw.get("label", sort["label"])
        return ItemPlan(
            use=raw["use"],
            person_fields=self._fields(sort["kind"], "person", phase),
            company_fields=self._fields(sort["kind"], "company", phase),
            kind_id=self._book.key_of("kinds", sort["kind"]),
            group_id=self._book.key_of("groups", raw.get("group", sort.get("group"))),
            label=label,
            place=sort["place"],
            content=raw.get("content", sort.get("content", "")),
            numbered="{number}" in label,
            count=tuple(raw.get("count", (1, 1))),
            between=None if dated == CONTRACT else self._span(dated),
            events=self._events(raw.get("events", sort.get("events", ()))),
            chance=float(raw.get("chance", 1)),
        )

    def _hold(self, raw: dict[str, Any]) -> HoldPlan:
        return HoldPlan(
            reason=raw["reason"],
            explanation=raw["explanation"],
            uses=frozenset(raw["items"]),
            since=self._span(raw["since"]),
            review=self._optional_span(raw.get("review")),
            until=self._optional_span(raw.get("until")),
            held_by=raw.get("held_by", ""),
        )

    def _consent(self, raw: dict[str, Any]) -> ConsentPlan:
        activity = raw.get("activity")
        return ConsentPlan(
            kind=raw.get("kind", "consent"),
            purpose=raw["purpose"],
            activity_id=self._book.key_of("activities", activity) if activity else None,
            given=self._span(raw["given"]),
            withdrawn=self._optional_span(raw.get("withdrawn")),
            is_confirmed=raw.get("confirmed", False),
            how=raw.get("how", "website"),
            text_version=raw.get("text", ""),
            evidence=raw.get("evidence", ""),
        )


class _Maker:
    """Makes one customer after another; keys count on from the customer's place."""

    def __init__(self, book: Book, words: Words, plan: _Plan, chance: Random) -> None:
        self._plan = plan
        self._random = chance.random
        self._people = People(words, chance)
        self._today = book.today.toordinal()
        self._customer_root = book.first_serial("customers")
        self._roots = {
            slug: book.first_serial(slug) for slug in ("items", "events", "holds", "consents")
        }

    def customer(self, index: int) -> CustomerBundle:
        """Return the customer at that place in the row, with all that goes with it."""
        profile = self._plan.profile(index, self._random())
        customer_id = UUID(int=self._customer_root + index)
        is_company = self._random() < profile.company_share
        who = self._people.someone(profile.country, index, is_company=is_company)
        bundle = CustomerBundle(self._fields(profile, who, customer_id, is_company=is_company))
        start, end = self._own_events(profile, bundle, customer_id, index)
        by_use = self._items(profile, bundle, index, (start, end))
        self._fill(profile, bundle, by_use, who)
        for plan in profile.holds:
            self._hold(plan, bundle, by_use, index)
        for consent in profile.consents:
            self._consent(consent, bundle, index)
        return bundle

    def _key(self, slug: str, index: int, place: int) -> UUID:
        return UUID(int=self._roots[slug] + index * ENTRIES_PER_CUSTOMER + place)

    def _day(self, span: Span) -> int:
        return span[0] + int(self._random() * (span[1] - span[0] + 1))

    def _fields(
        self, profile: Profile, who: Named, customer_id: UUID, *, is_company: bool
    ) -> Values:
        people = self._people
        values: Values = {
            "id": customer_id,
            "number": self._plan.code.format(who.serial + 1),
            "controller_id": profile.controllers[people.below(len(profile.controllers))],
            "kind": "company" if is_company else "person",
            "phase": profile.phase,
            "groups": list(profile.groups),
            "name": who.company or who.last,
            "country": profile.country,
            "language": "nl",
        }
        if not is_company:
            values["first_name"] = who.first
        for name, fixed in profile.fixed.items():
            values[name] = list(fixed) if isinstance(fixed, list) else fixed
        return values

    def _fill(
        self, profile: Profile, bundle: CustomerBundle, by_use: dict[str, list[UUID]], who: Named
    ) -> None:
        """Fill the customer's fields that belong to the kinds of data that are kept."""
        values = bundle.customer
        for plan in profile.items:
            if plan.use in by_use:
                for name in plan.company_fields if who.company else plan.person_fields:
                    if name not in values and self._is_given(name):
                        values[name] = self._field(name, who)

    def _is_given(self, name: str) -> bool:
        return name not in SELDOM or self._random() < SELDOM_SHARE

    def _field(self, name: str, who: Named) -> Any:
        if name == "notes":
            return self._people.pick(self._plan.notes)
        if name == "birth_on":
            return date.fromordinal(self._today - 365 * 19 - self._people.below(365 * 60))
        return self._people.value(name, who)

    def _own_events(
        self, profile: Profile, bundle: CustomerBundle, customer_id: UUID, index: int
    ) -> Span:
        """Add the customer's own events; return the first and last day of the relation."""
        first = last = 0
        for plan in profile.events:
            if plan.chance < 1 and self._random() >= plan.chance:
                continue
            last = self._event_day(plan, last)
            first = first or last
            bundle.events.append(self._event(plan.type, last, customer_id, None, index, bundle))
        is_over = len(bundle.events) > 1
        return (first or self._today - 365), (last if is_over else self._today)

    def _event_day(self, plan: EventPlan, before: int) -> int:
        day = self._day(plan.between) if plan.between else before + self._day(plan.after)
        return min(day, self._today)

    def _event(
        self,
        event_type: str,
        day: int,
        customer_id: UUID,
        item_id: UUID | None,
        index: int,
        bundle: CustomerBundle,
    ) -> Values:
        return {
            "id": self._key("events", index, len(bundle.events)),
            "customer_id": customer_id,
            "item_id": item_id,
            "type": event_type,
            "happened_on": date.fromordinal(day),
        }

    def _items(
        self, profile: Profile, bundle: CustomerBundle, index: int, relation: Span
    ) -> dict[str, list[UUID]]:
        by_use: dict[str, list[UUID]] = {}
        for plan in profile.items:
            if plan.chance < 1 and self._random() >= plan.chance:
                continue
            for _each in range(self._day(plan.count)):
                item_id = self._item(plan, bundle, index, relation)
                by_use.setdefault(plan.use, []).append(item_id)
        return by_use

    def _item(self, plan: ItemPlan, bundle: CustomerBundle, index: int, relation: Span) -> UUID:
        place = len(bundle.items)
        item_id = self._key("items", index, place)
        customer_id: UUID = bundle.customer["id"]
        day = min(self._day(plan.between or relation), self._today)
        values: Values = {
            "id": item_id,
            "customer_id": customer_id,
            "group_id": plan.group_id,
            "kind_id": plan.kind_id,
            "label": plan.label.format(number=index * 7 + place + 1)
            if plan.numbered
            else plan.label,
            "place": plan.place,
            "dated_on": date.fromordinal(day),
        }
        if plan.content:
            values["content"] = plan.content
        bundle.items.append(values)
        for event in plan.events:
            if event.chance < 1 and self._random() >= event.chance:
                break
            day = self._event_day(event, day)
            bundle.events.append(self._event(event.type, day, customer_id, item_id, index, bundle))
        return item_id

    def _hold(
        self, plan: HoldPlan, bundle: CustomerBundle, by_use: dict[str, list[UUID]], index: int
    ) -> None:
        named = [each for use, ids in by_use.items() if use in plan.uses for each in ids]
        if not named:
            return
        values: Values = {
            "id": self._key("holds", index, len(bundle.holds)),
            "customer_id": bundle.customer["id"],
            "reason": plan.reason,
            "explanation": plan.explanation,
            "items": named,
            "since_on": date.fromordinal(min(self._day(plan.since), self._today)),
            "held_by": plan.held_by,
        }
        if plan.review:
            values["review_on"] = date.fromordinal(self._day(plan.review))
        if plan.until:
            values["until_on"] = date.fromordinal(min(self._day(plan.until), self._today))
        bundle.holds.append(values)

    def _consent(self, plan: ConsentPlan, bundle: CustomerBundle, index: int) -> None:
        given = self._moment(plan.given)
        values: Values = {
            "id": self._key("consents", index, len(bundle.consents)),
            "customer_id": bundle.customer["id"],
            "kind": plan.kind,
            "purpose": plan.purpose,
            "activity_id": plan.activity_id,
            "given_at": given,
            "how": plan.how,
            "text_version": plan.text_version,
            "evidence": plan.evidence,
        }
        if plan.is_confirmed:
            values["confirmed_at"] = given.replace(minute=given.minute + 14)
        if plan.withdrawn:
            values["withdrawn_at"] = max(given, self._moment(plan.withdrawn))
            values["withdrawn_how"] = plan.how
        bundle.consents.append(values)

    def _moment(self, span: Span) -> datetime:
        day = date.fromordinal(min(self._day(span), self._today - 1))
        minutes = 7 * 60 + int(self._random() * 540)
        return datetime(day.year, day.month, day.day, minutes // 60, minutes % 45, tzinfo=UTC)
