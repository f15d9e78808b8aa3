"""What the fields of a request say together: order, extension, grounds of refusal."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections.abc import Iterator

from privreg.errors import FieldProblem
from privreg.law.period import PeriodError
from privreg.law.requests import RefusalGround, RequestKind, extension_problem, refusal_grounds
from privreg.registers.declaration import Values
from privreg.registers.reading import codes_of, date_of, needed, out_of_order, rows_of, text_of
from privreg.translation import N_, message

_RECEIVED = ("received_on", N_("Received on"))
_ASKED = ("identity_asked_on", N_("Asked on"))
IN_ORDER = (
    (_RECEIVED, ("acknowledged_on", N_("Receipt confirmed on"))),
    (_RECEIVED, _ASKED),
    (_ASKED, ("identity_answered_on", N_("Answered on"))),
    (_RECEIVED, ("decided_on", N_("Decided on"))),
    (_RECEIVED, ("answered_on", N_("Answered on"))),
    (_RECEIVED, ("closed_on", N_("Closed on"))),
)
REFUSED = {"partly", "refused"}


def check(values: Values) -> Iterator[FieldProblem]:
    """Yield what contradicts itself in a request."""
    for earlier, later in IN_ORDER:
        yield from out_of_order(values, earlier, later)
    yield from _extension(values)
    yield from _refusal(values)
    yield from _marketing(values)
    yield from _untold_recipients(values)
    if date_of(values, "answered_on") and text_of(values, "decision") == "not_yet":
        yield needed("decision", N_("The person was answered: say what was decided."))


def _extension(values: Values) -> Iterator[FieldProblem]:
    received_on, extended_on = date_of(values, "received_on"), date_of(values, "extended_on")
    if received_on is None or extended_on is None:
        return
    reason = text_of(values, "extension_reason")
    try:
        problem = extension_problem(received_on, extended_on, reason=reason or "-")
    except PeriodError as error:
        problem = error.problem
    if problem is not None:
        yield FieldProblem("extended_on", problem)
    elif not reason:
        lacking = extension_problem(received_on, extended_on)
        if lacking is not None:
            yield FieldProblem("extension_reason", lacking)


def _refusal(values: Values) -> Iterator[FieldProblem]:
    if text_of(values, "decision") not in REFUSED:
        return
    allowed = allowed_grounds(values)
    known = {each.value: each for each in RefusalGround}
    for code in codes_of(values, "refusal_grounds"):
        if code in known and known[code] not in allowed:
            yield FieldProblem(
                "refusal_grounds",
                message(
                    N_("'{ground}' is no ground to refuse what is asked here (article 12(4))."),
                    ground=known[code],
                ),
            )
            return


def stops_marketing(values: Values) -> bool:
    """Say whether a request stops advertising at once: nothing is weighed (article 21(3))."""
    is_objection = RequestKind.OBJECTION.value in codes_of(values, "kinds")
    is_taken_back = text_of(values, "decision") == "withdrawn"
    return is_objection and values.get("is_marketing") is True and not is_taken_back


def _marketing(values: Values) -> Iterator[FieldProblem]:
    is_alone = codes_of(values, "kinds") == [RequestKind.OBJECTION.value]
    if is_alone and stops_marketing(values) and text_of(values, "decision") in REFUSED:
        yield needed(
            "decision",
            N_("An objection to direct marketing cannot be refused (article 21(3))."),
        )


def allowed_grounds(values: Values) -> frozenset[RefusalGround]:
    """Return the grounds that can bear a refusal of what this request asks."""
    known = {each.value: each for each in RequestKind}
    kinds = [known[code] for code in codes_of(values, "kinds") if code in known]
    return frozenset(ground for kind in kinds for ground in refusal_grounds(kind))


def _untold_recipients(values: Values) -> Iterator[FieldProblem]:
    for position, row in enumerate(rows_of(values, "recipients")):
        if text_of(row, "not_told") and not text_of(row, "reason"):
            yield needed(
                f"recipients[{position}].reason",
                N_("Say why this recipient cannot be told (article 19)."),
            )
