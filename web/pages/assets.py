"""Information assets: what is missing, the riskiest first; each one, edited, confirmed, released; sheets out and in."""

from __future__ import annotations

from dataclasses import replace

from domain.actor import About, Verb
from domain.asset import TEXTS, Frequency
from domain.errors import ConfigurationError, MunimentError
from operations.access import RefusedError
from operations.assets import register
from operations.assets.exchange import ChangedError, enter_rows, import_assets
from operations.assets.sheet import COLUMNS
from operations.viewing.assets import (
    AssetList,
    AssetShown,
    asset_choices,
    asset_rows,
    asset_shown,
    assets_shown,
)
from reports.vocabulary import KIND_WORDS
from reports.wording import plural
from retention.exchange import Row
from web import registers
from web.answers import Answer, Done, Fault, Rows, View
from web.asking import Asked
from web.errors import NotFoundError, StaleError, in_plain_words
from web.routes import Room, page
from web.verdicts import Typed

ROOM = Room()
_LABELS = {"lawful_basis": "Lawful basis", "reuse_risk": "Risk of re-use"}
LABELS = {name: _LABELS.get(name, name.replace("_", " ").capitalize()) for name in TEXTS}
_HINTS = {
    "owner": "The senior officer who answers for it: an account, or as the directory knows them",
    "technical_officer": "Who knows it and reviews it", "approver": "Who signs off; another than the owner",
    "lawful_basis": "Points of Article 6 of the UK GDPR, such as 6(1)(e); several parted by semicolons",
    "condition": "Such as 9(2)(g); Sch 1 para 6", "subjects": "The kinds of people whom it is about",
}  # fmt: skip
_FIELDS = {name: f"{label}." for name, label in LABELS.items()} | {
    "locations": "SOURCE:FOLDER, one a line.", "stamp": "The stamp of the asset as it was seen; none of a new one.",
}  # fmt: skip
_STAMP = {"stamp": "The stamp of the asset as it was seen."}
_CHANGED = "Somebody has changed this asset since it was shown to you. Nothing was done; look at it again."


@page(ROOM, "GET", "/information-assets", verb=Verb.VIEW_LIST, data=AssetList)
def assets(asked: Asked, service: str = "") -> Answer:
    """The register, first what lacks most at most risk; as CSV it is a sheet that can be filled in and sent back."""
    told = assets_shown(asked.actor, asked.database, service)
    rows = [tuple(row.get(name, "") for name in COLUMNS) for row in asset_rows(asked.actor, asked.database, service)]
    return View("pages/registers/assets.html", "Information assets", told, Rows(COLUMNS, rows), {"service": service})


@page(ROOM, "GET", "/information-assets/new", verb=Verb.EDIT_ASSET)
def new_asset_form(asked: Asked) -> Answer:
    """The form for a new asset."""
    return _form(asked, None, Typed({}, {}))


@page(
    ROOM, "POST", "/information-assets/new", verb=Verb.EDIT_ASSET, data=Done, form={"id": "Such as A-0001.", **_FIELDS}
)
def new_asset(asked: Asked) -> Answer:
    """Put a new asset into the register, as a draft."""
    return _entered(asked, asked.form.one("id"), None)


@page(ROOM, "GET", "/information-assets/import", verb=Verb.EDIT_ASSET)
def assets_sheet(asked: Asked) -> Answer:
    """The form by which a sheet is sent."""
    return _sheet(registers.typed(asked, {}))


@page(
    ROOM,
    "POST",
    "/information-assets/import",
    verb=Verb.EDIT_ASSET,
    data=Done,
    form={"file": "A CSV file or a workbook."},
)
def send_assets(asked: Asked) -> Answer:
    """Put what a sheet says into the register: all of it, or nothing where a line cannot be."""
    try:
        with registers.sent_file(asked) as path:
            came = import_assets(asked.actor, asked.trail, path, asked.today)
    except ConfigurationError as error:
        typed = Typed({}, {"file": "Nothing was taken in. Mend what is said above, and send it again."})
        return _sheet(typed, registers.lines_of(error, "file"))
    pilots = f" Begin these pilots anew: {', '.join(came.pilots)}." if came.pilots else ""
    said = f"{plural(came.added, 'asset')} added, {came.changed:,} changed, {came.same:,} as they were"
    return Done("/information-assets", f"{said}; {came.confirmed:,} confirmed.{pilots}")


@page(ROOM, "GET", "/information-assets/{number}", verb=Verb.VIEW_LIST, data=AssetShown)
def asset(asked: Asked, number: str) -> Answer:
    """One asset: what the register says of it, what lies in it, and what it lacks."""
    return _asset(asked, number)


@page(ROOM, "GET", "/information-assets/{number}/edit", verb=Verb.EDIT_ASSET)
def asset_form(asked: Asked, number: str) -> Answer:
    """The form by which an asset is changed."""
    found = _found(asked, number)
    values = {one.name: one.said for one in found.fields} | {"locations": "\n".join(found.locations)}
    return _form(asked, found, Typed(values | {"stamp": found.stamp}, {}))


@page(ROOM, "POST", "/information-assets/{number}/edit", verb=Verb.EDIT_ASSET, data=Done, form=_FIELDS)
def edit_asset(asked: Asked, number: str) -> Answer:
    """Change what the register says of an asset; what is changed is no longer confirmed."""
    return _entered(asked, number, _found(asked, number))


@page(ROOM, "POST", "/information-assets/{number}/confirm", verb=Verb.CONFIRM_ASSET, data=Done, form=_STAMP)
def confirm_asset(asked: Asked, number: str) -> Answer:
    """Vouch that an asset is as the register has it."""
    _as_seen(asked, number)
    register.confirm(asked.actor, asked.trail, [number], asked.today)
    return Done(f"/information-assets/{number}", "The asset is confirmed.")


@page(ROOM, "POST", "/information-assets/{number}/release", verb=Verb.RELEASE_ASSET, data=Done, form=_STAMP)
def release_asset(asked: Asked, number: str) -> Answer:
    """Let an asset stand in the catalogue."""
    _as_seen(asked, number)
    try:
        register.release(asked.actor, asked.trail, [number], asked.today)
    except RefusedError as error:
        return replace(_asset(asked, number, (Fault("release", in_plain_words(error)),)), status=409)
    return Done(f"/information-assets/{number}", "The asset is released.")


@page(ROOM, "POST", "/information-assets/{number}/withdraw", verb=Verb.EDIT_ASSET, data=Done)
def withdraw_asset(asked: Asked, number: str) -> Answer:
    """Take an asset out of the catalogue: it is a draft again."""
    _found(asked, number)
    register.withdraw(asked.actor, asked.trail, [number])
    return Done(f"/information-assets/{number}", "The asset is a draft.")


def _entered(asked: Asked, number: str, found: AssetShown | None) -> Answer:
    """What was typed as a row of a sheet, so that it is read by the same rules."""
    cells = {name: asked.form.one(name) for name in TEXTS if name in asked.form.fields}
    if "locations" in asked.form.fields:
        cells["locations"] = "; ".join(asked.form.one("locations").splitlines())
    row = Row("form", 1, {"id": number, **cells})
    try:
        came = enter_rows(asked.actor, asked.trail, [row], asked.today, seen={number: asked.form.one("stamp")})
    except ChangedError:
        stamp = found.stamp if found else ""
        typed = registers.typed(asked, {"title": _CHANGED})
        return replace(_form(asked, found, Typed({**typed.values, "stamp": stamp}, typed.faults)), status=409)
    except ConfigurationError as error:
        return _form(asked, found, registers.typed(asked, _by_field(error)))
    return Done(f"/information-assets/{number}", f"{plural(came.added + came.changed, 'asset')} changed.")


def _sheet(typed: Typed, faults: tuple[Fault, ...] = ()) -> View:
    return View("pages/registers/asset_sheet.html", "Send a sheet of assets", None, None, {"typed": typed}, faults)


def _by_field(error: MunimentError) -> dict[str, str]:
    """What is wrong, by the name of the field that its sentence begins with."""
    found: dict[str, str] = {}
    for line in str(error).splitlines():
        name, _, sentence = line.removeprefix("form:1: ").partition(": ")
        known = name in ("id", "locations", *TEXTS)
        told = sentence if known else line
        found[name if known else "title"] = told[:1].upper() + told[1:]
    return found


def _as_seen(asked: Asked, number: str) -> None:
    if _found(asked, number).stamp != asked.form.one("stamp"):
        raise StaleError(_CHANGED)


def _found(asked: Asked, number: str) -> AssetShown:
    found = asset_shown(asked.actor, asked.database, number)
    if found is None:
        raise NotFoundError
    return found


def _asset(asked: Asked, number: str, faults: tuple[Fault, ...] = ()) -> View:
    found = _found(asked, number)
    about = About(frozenset({found.service}))
    may = {verb.value: asked.may(verb, about) for verb in (Verb.EDIT_ASSET, Verb.CONFIRM_ASSET, Verb.RELEASE_ASSET)}
    values = {"labels": LABELS, "may": may, "kinds": KIND_WORDS}
    return View("pages/registers/asset.html", f"Asset {found.id}", found, None, values, faults)


def _form(asked: Asked, found: AssetShown | None, typed: Typed) -> View:
    choices = asset_choices(asked.actor, asked.database)
    values = {
        "typed": typed, "labels": LABELS, "hints": _HINTS, "choices": choices,
        "services": [(one, one) for one in choices.services],
        "frequencies": [(str(one), str(one).capitalize()) for one in Frequency],
        "found": found,
    }  # fmt: skip
    title = f"Change asset {found.id}" if found else "Add an asset"
    return View("pages/registers/asset_form.html", title, None, None, values, registers.told(typed.faults))
