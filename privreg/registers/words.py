"""Choices that several registers share, each code with its marked label."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from privreg.translation import N_

GROUNDS = (
    ("consent", N_("a. consent")),
    ("contract", N_("b. performance of a contract")),
    ("legal_obligation", N_("c. legal obligation")),
    ("vital_interests", N_("d. vital interests")),
    ("public_task", N_("e. public interest or official authority")),
    ("legitimate_interest", N_("f. legitimate interest")),
)
SENSITIVITIES = (
    ("ordinary", N_("ordinary")),
    ("special", N_("special category (art. 9)")),
    ("criminal", N_("criminal (art. 10)")),
    ("national_number", N_("national number (art. 46 UAVG)")),
)
FORMS = (
    ("full", N_("in full")),
    ("pseudonymised", N_("pseudonymised")),
    ("anonymised", N_("anonymised")),
)
CUSTOMER_KINDS = (("person", N_("person")), ("company", N_("company")))
PHASES = (
    ("visitor", N_("visitor")),
    ("lead", N_("lead")),
    ("customer", N_("customer")),
    ("former_customer", N_("former customer")),
    ("supplier", N_("supplier")),
    ("applicant", N_("applicant")),
    ("marketing_contact", N_("marketing contact")),
)
CHANNELS = (
    ("mail", N_("e-mail")),
    ("post", N_("post")),
    ("phone", N_("telephone")),
    ("website", N_("website")),
    ("in_person", N_("in person")),
    ("other", N_("another way")),
)
YES_NO_NOT_YET = (("yes", N_("yes")), ("no", N_("no, because")), ("not_yet", N_("not decided yet")))
