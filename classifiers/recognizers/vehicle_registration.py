from __future__ import annotations

from classifiers.recognizers.pattern import DeclaredPattern


class VehicleRegistration(DeclaredPattern):
    """Registration marks of the current, prefix, suffix and Northern Irish series, in capitals and with context.

    DVLA, INF104: the current series has no I, Q or Z in its area letters, age identifiers 02 to 29 and 51 to 79, and
    no I or Q among the last three.
    """

    kind = "UK_VEHICLE_REGISTRATION"
    pattern = (
        r"(?<![\w/-])(?:[A-HJ-PR-Y]{2}(?:0[2-9]|[12]\d|5[1-9]|[67]\d) ?[A-HJ-PR-Z]{3}"
        r"|[A-HJ-NPR-TV-Y]\d{1,3} ?[A-HJ-PR-Y]{3}|[A-HJ-PR-Y]{3} ?\d{1,3}[A-HJ-NPR-TV-Y]"
        r"|[A-Z]{1,2}Z ?\d{1,4})(?![\w/-])"
    )
    score_with_context = 0.8
    phrases = ("vehicle", "vehicle registration", "registration", "registration mark", "registration number", "reg",
               "reg no", "reg mark", "vrm", "vrn", "pcn", "number plate", "penalty charge", "car", "van",
               "parking permit", "blue badge", "licence plate", "veh", "reg'n", "motorbike", "lorry", "taxi",
               "driving", "drives", "parked", "plate", "dvla", "keeper", "mot",
               "reversed", "reversing", "collided", "collision", "drove", "driven", "driver", "towed", "abandoned",
               "windscreen", "motorcycle", "hgv", "minibus", "vehicles", "cars", "permit", "parking", "mileage",
               "registered keeper", "visiting", "to see", "untaxed", "sorn", "bump in", "prang", "crashed", "drives",
               "tachograph", "cerbyd")  # fmt: skip
