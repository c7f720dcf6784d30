from __future__ import annotations

from classifiers.recognizers.council_ref import REFERENCE
from classifiers.recognizers.council_ref_labelled import CouncilReferenceLabelled


class CouncilReferenceOfCase(CouncilReferenceLabelled):
    """The number of a case or file in the head of a record of one person, which says when they were born or what else
    tells them apart: "Name: Kerry Cook   DoB: 31-Dec-1980   Case: P477154".
    """

    part_of_kind = "of a case"
    pattern = (
        r"(?<![^\n|/ \t][ \t]?)(?i:case|file|record|id|ref)[ ]?[:#][ \t|]{0,20}"
        rf"(?P<value>{REFERENCE})(?![ ]\d)"
    )
    phrases = (
        "dob", "d.o.b", "date of birth", "nhs no", "nhs number", "ni no", "ni number", "nino", "name of child", "born",
        "national insurance", "service user", "name of person", "name of client", "young person", "next of kin",
        "name of adult", "name of pupil", "name of patient", "name of tenant", "name of employee", "dyddiad geni",
        "adult at risk", "looked after child", "social worker", "allocated worker", "key worker", "care coordinator",
        "capacity act",
    )  # fmt: skip
