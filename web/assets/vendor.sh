#!/bin/sh
# Puts the few files of npm packages that pages use into a folder, without the licensed font that only GOV.UK may show.
# usage: vendor.sh FOLDER
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$here/package.json" "$here/package-lock.json" "$work"
(cd "$work" && npm ci --ignore-scripts --no-audit --no-fund --silent)
govuk=$work/node_modules/govuk-frontend/dist/govuk
mkdir -p "$1"
sed -E -e 's/@font-face\{[^}]*\}//g' -e 's/GDS Transport,arial/arial/g' -e '/sourceMappingURL/d' \
    "$govuk/govuk-frontend.min.css" >"$1/govuk-frontend.min.css"
sed -E -e 's,//# sourceMappingURL=.*$,,' "$govuk/govuk-frontend.min.js" >"$1/govuk-frontend.min.js"
cp "$work/node_modules/htmx.org/dist/htmx.min.js" "$1/htmx.min.js"
cp "$work/node_modules/htmx.org/LICENSE" "$1/htmx.LICENCE"
