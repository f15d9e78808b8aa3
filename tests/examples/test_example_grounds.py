"""Each activity of an example rests on the grounds its statement names, to the letter."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pytest

from privreg.exchange.examples import EXAMPLES
from tests.examples.states import records

LETTERS = {
    "consent": "a",
    "contract": "b",
    "legal_obligation": "c",
    "vital_interests": "d",
    "public_task": "e",
    "legitimate_interest": "f",
    "": "-",
}

# Per activity the letters of article 6(1), one per purpose; '-' where the statement names none.
GROUNDS = {
    "1box": """
        klantenservice f, camera fb, website f, aanbieden bfa, huur bb, inkoop b, sollicitaties b,
        wet cc, verzoeken c, rechten ff""",
    "clientbox": """
        accounts a, dienst bbb, marketing a--, facturen bc, offertes b, website ffa, verplicht cf,
        dossiers""",
    "iv": """
        communicatie f, overeenkomst bbbac, bescherming f, marketing fa-fa, archief f, website f""",
    "connox": """
        bezoek f, cookiekeuze a, account b, bestellingen b, bezorging b, terugroepen b,
        nieuwsbrief a, campagnes f, briefpost f, contact ab, beoordelingen bf, trustpilot f,
        tevredenheid af, sollicitaties -f, captcha f, betalen b, google-pay -, nodige-cookies f,
        marketingcookies a, blijvende-cookies fb, adverteren f, customer-match a, analyse f,
        aanbevelingen f, videos f, livechat f, cessie f, bewaren c""",
    "koffiemax": """
        overeenkomst bbb, levering bb, facturering bc, vragen bb, informatieaanvragen b,
        geschillen b, website -""",
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_purpose_has_the_ground_its_statement_names(name: str) -> None:
    wanted = [line.split()[1:] or [""] for line in GROUNDS[name].split(",")]
    found = [
        ["".join(LETTERS[row.get("ground") or ""] for row in each.get("purposes", ()))]
        for each in records(name)["activities"]
    ]
    assert found == wanted


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_ground_that_is_left_open_says_why(name: str) -> None:
    for activity in records(name)["activities"]:
        for row in activity.get("purposes", ()):
            assert row.get("ground") or row["ground_note"], activity["name"]


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_recipient_gets_no_kind_of_data_the_activity_does_not_hold(name: str) -> None:
    for activity in records(name)["activities"]:
        held = {str(row["kind_id"]) for row in activity.get("data", ())}
        for row in activity.get("recipients", ()) if activity.get("role") != "processor" else ():
            assert {str(each) for each in row["kinds"]} <= held, activity["name"]


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_people_of_the_purposes_are_the_people_of_the_data(name: str) -> None:
    for activity in records(name)["activities"]:
        meant = {str(key) for row in activity.get("purposes", ()) for key in row["groups"]}
        held = {str(row["group_id"]) for row in activity.get("data", ())}
        assert meant == held, activity["name"]


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_measure_is_at_work_and_every_rule_belongs_to_an_activity(name: str) -> None:
    activities = records(name)["activities"]
    at_work = {str(key) for each in activities for key in each.get("measures", ())}
    assert {str(each["id"]) for each in records(name)["measures"]} == at_work
    ruled = {str(key) for each in activities for key in each.get("rules", ())}
    apart = [each["name"] for each in records(name)["rules"] if str(each["id"]) not in ruled]
    assert apart == APART.get(name, [])


# What no activity uses: data that is not to be here, and copies elsewhere.
APART = {
    "iv": ["Burgerservicenummer: gewist zodra het binnenkomt"],
    "koffiemax": ["Back-up buiten de deur: 35 dagen"],
}
