"""The data catalogue: what is there to be used, by whose leave, and what of it may be published at all.

It is written as linked data too, in the words of DCAT version 3 (W3C Recommendation, 22 August 2024).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from domain.asset import Frequency, Registered
from domain.summary import Provenance
from reports.report import Cell, Column, ColumnKind, Figure, Report, Section, Table
from reports.services import NO_SERVICE
from reports.wording import plural

_NOBODY = "nobody has said"
_POINTS = (
    "An asset stands here once it is released, and while it has an owner and an approver who are there, two people, "
    "and a technical officer. A draft is shown only where that was asked for.",
    "A candidate for publication is an asset that stands here, was read to the end, and in which no personal data was "
    "found. That nothing was found is no proof that nothing is there; the licence and the risk of reuse, such as that "
    "somebody is known again beside other data, are for people to judge.",
    "The linked form names people, so it is written beside the JSON form for use inside, and not to be published.",
)
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#", "prov": "http://www.w3.org/ns/prov#",
    "skos": "http://www.w3.org/2004/02/skos/core#", "adms": "http://www.w3.org/ns/adms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}  # fmt: skip
_FREQUENCIES: Mapping[str, str] = {
    Frequency.CONTINUAL: "CONT", Frequency.DAILY: "DAILY", Frequency.WEEKLY: "WEEKLY", Frequency.MONTHLY: "MONTHLY",
    Frequency.QUARTERLY: "QUARTERLY", Frequency.TWICE_A_YEAR: "ANNUAL_2", Frequency.YEARLY: "ANNUAL",
    Frequency.IRREGULAR: "IRREG", Frequency.NEVER: "NEVER",
}  # fmt: skip
_AUTHORITY = "http://publications.europa.eu/resource/authority/"
"""Of the Publications Office of the EU, whose tables of frequencies and access rights DCAT refers to."""


def catalogue_report(provenance: Provenance, register: Sequence[Registered], *, drafts: bool = False) -> Report:
    """Of what is released, and with `drafts` of all assets."""
    shown = [each for each in register if each.in_catalogue or drafts]
    return Report(
        name="catalogue",
        title="Data catalogue",
        lead=_lead(shown, register),
        sections=(
            _headline(shown, register),
            Section("What there is", tables=(_listed(shown), _uses(shown))),
            Section("What might be published", tables=(_candidates(shown),)),
            Section("How to read this", points=_POINTS),
        ),
        provenance=provenance,
        linked=linked(provenance, shown),
    )


def linked(provenance: Provenance, shown: Sequence[Registered]) -> Mapping[str, Any]:
    """The catalogue as JSON-LD: a dcat:Catalog of dcat:Datasets.

    An asset is a dcat:Dataset, since it is what somebody may ask to use, and has no dcat:Distribution, since it lies in
    folders that no address leads to. Who answers for it is told by prov:qualifiedAttribution with a dcat:Role, which
    DCAT has for roles that Dublin Core has no word for; dcat:contactPoint is the technical officer, whom one asks.
    dct:accrualPeriodicity is a term of the EU's table of frequencies, UNKNOWN where nobody has said. What it is not
    for stands in dct:accessRights, whose range is any statement about rights.
    """
    made = provenance.made or (provenance.scanned.date() if provenance.scanned else None)
    return {
        "@context": _CONTEXT, "@id": "#catalogue", "@type": "dcat:Catalog",
        "dct:title": _text(f"Data catalogue of {provenance.organisation}"),
        "dct:description": _text("Information assets, as their owners released them."),
        "dct:publisher": _organisation(provenance.organisation),
        "dct:language": {"@id": f"{_AUTHORITY}language/ENG"},
        **({"dct:modified": _day(made.isoformat())} if made else {}),
        "dcat:dataset": [_dataset(provenance, each) for each in shown],
    }  # fmt: skip


def _lead(shown: Sequence[Registered], register: Sequence[Registered]) -> str:
    if not register:
        return "No asset is in the register yet, so nothing can stand in the catalogue."
    there = sum(each.in_catalogue for each in shown)
    others = len(shown) - there
    beside = f" Shown beside: {plural(others, 'asset')}, draft or suspended." if others else ""
    return (
        f"{plural(there, 'asset')} of {plural(len(register), 'asset')} in the register "
        f"{'stands' if there == 1 else 'stand'} in the catalogue; "
        f"{plural(sum(map(_is_candidate, shown)), 'asset')} might be published, as far as was found.{beside}"
    )


def _is_candidate(each: Registered) -> bool:
    return _is_clean(each) and not each.holding.unread


def _is_clean(each: Registered) -> bool:
    """Whether it is released, and there is something in it, and nothing personal was found there."""
    return each.in_catalogue and bool(each.holding.files.items) and not each.holding.personal


def _headline(shown: Sequence[Registered], register: Sequence[Registered]) -> Section:
    figures = (
        Figure("In the catalogue", sum(each.in_catalogue for each in shown), ColumnKind.COUNT, "assets"),
        Figure("In the register", len(register), ColumnKind.COUNT, "assets, drafts counted"),
        Figure("Might be published", sum(map(_is_candidate, shown)), ColumnKind.COUNT, "assets, for people to judge"),
    )
    return Section("In short", figures=figures)


_WHO: tuple[tuple[str, str], ...] = (
    ("Owner", "owner"), ("Approver", "approver"), ("Technical officer", "technical_officer"), ("Licence", "licence"),
)  # fmt: skip
_USES: tuple[tuple[str, str], ...] = (
    ("Description", "description"), ("Intended use", "intended_use"), ("Not to be used for", "forbidden_use"),
    ("Brought up to date", "update_frequency"), ("Quality", "quality_note"),
)  # fmt: skip


def _listed(shown: Sequence[Registered]) -> Table:
    columns = (
        Column("Asset"),
        Column("Title", names=True),
        Column("Service"),
        *(Column(heading, names=True, absent=_NOBODY) for heading, _ in _WHO),
        Column("State"),
        Column("Released", ColumnKind.DATE, absent="not released"),
    )
    rows = tuple(
        (
            each.asset.id, each.asset.title, each.asset.service or NO_SERVICE, *_written(each, _WHO),
            each.state.capitalize(), each.asset.released if each.in_catalogue else None,
        )
        for each in shown
    )  # fmt: skip
    return Table("assets", "The assets that one may ask to use", columns, rows, empty="Nothing is released yet.")


def _uses(shown: Sequence[Registered]) -> Table:
    columns = (Column("Asset"), *(Column(heading, names=True, absent=_NOBODY) for heading, _ in _USES))
    rows = tuple((each.asset.id, *_written(each, _USES)) for each in shown)
    return Table("uses", "What they are, and what they are for", columns, rows, empty="Nothing is released yet.")


def _written(each: Registered, fields: Sequence[tuple[str, str]]) -> tuple[Cell, ...]:
    return tuple(getattr(each.asset, name) or None for _, name in fields)


def _candidates(shown: Sequence[Registered]) -> Table:
    columns = (
        Column("Asset"),
        Column("Title", names=True),
        Column("Service"),
        Column("Files", ColumnKind.COUNT),
        Column("What was found"),
        Column("Risk of reuse", names=True, absent="nobody has judged it"),
        Column("Licence", names=True, absent="for people to choose"),
    )
    rows = tuple(
        (
            each.asset.id, each.asset.title, each.asset.service or NO_SERVICE, each.holding.files.items, _found(each),
            each.asset.reuse_risk or None, each.asset.licence or None,
        )
        for each in shown
        if _is_clean(each)
    )  # fmt: skip
    return Table(
        "candidates", "Released assets with files, in which no personal data was found", columns, rows,
        empty="There is no released asset without personal data.",
    )  # fmt: skip


def _found(each: Registered) -> str:
    if not each.holding.unread:
        return "No personal data; all of it was read to the end"
    unread = plural(each.holding.unread, "item")
    return f"No candidate yet: {unread} not read to the end, or waiting for OCR, may hold personal data"


def _dataset(provenance: Provenance, each: Registered) -> dict[str, Any]:
    asset, holding = each.asset, each.holding
    contact = asset.technical_officer or asset.owner
    roles = [(asset.owner, "owner"), (asset.approver, "approver")]
    days = {"dcat:startDate": holding.oldest, "dcat:endDate": holding.newest}
    period = {name: _day(day.isoformat()) for name, day in days.items() if day}
    rights = [words for words in (asset.intended_use and f"For: {asset.intended_use}",
                                  asset.forbidden_use and f"Not for: {asset.forbidden_use}") if words]  # fmt: skip
    return {
        "@id": f"#{asset.id}", "@type": "dcat:Dataset", "dct:identifier": asset.id, "dct:title": _text(asset.title),
        "dct:description": _text(asset.description or asset.purpose or asset.title),
        "dct:publisher": _organisation(provenance.organisation),
        "dct:creator": _organisation(asset.service or provenance.organisation),
        **({"dcat:contactPoint": {"@type": "vcard:Individual", "vcard:fn": contact}} if contact else {}),
        "dct:accrualPeriodicity": {
            "@id": f"{_AUTHORITY}frequency/{_FREQUENCIES.get(asset.update_frequency, 'UNKNOWN')}"
        },
        "prov:qualifiedAttribution": [_attribution(name, role) for name, role in roles if name],
        "adms:status": {"@type": "skos:Concept", "skos:prefLabel": each.state},
        **({"dct:issued": _day(asset.released.isoformat())} if asset.released and each.in_catalogue else {}),
        **({"dct:modified": period["dcat:endDate"]} if "dcat:endDate" in period else {}),
        **({"dct:temporal": {"@type": "dct:PeriodOfTime", **period}} if period else {}),
        **({"dct:license": {"@type": "dct:LicenseDocument", "dct:title": asset.licence}} if asset.licence else {}),
        **({"dct:accessRights": {"@type": "dct:RightsStatement", "skos:note": rights}} if rights else {}),
        **({"dct:provenance": {"@type": "dct:ProvenanceStatement", "skos:note": asset.quality_note}}
           if asset.quality_note else {}),
    }  # fmt: skip


def _attribution(name: str, role: str) -> dict[str, Any]:
    return {
        "@type": "prov:Attribution", "prov:agent": {"@type": "foaf:Person", "foaf:name": name},
        "dcat:hadRole": {"@type": "dcat:Role", "skos:prefLabel": role},
    }  # fmt: skip


def _organisation(name: str) -> dict[str, str]:
    return {"@type": "foaf:Organization", "foaf:name": name}


def _text(words: str) -> dict[str, str]:
    return {"@value": words, "@language": "en-GB"}


def _day(day: str) -> dict[str, str]:
    return {"@value": day, "@type": "xsd:date"}
