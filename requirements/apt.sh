#!/bin/sh
# Debian packages that Muniment needs and this machine lacks: installed where we are root, named where we are not.
# usage: apt.sh PYTHON [servers]: with "servers" also the ones that the tests start on this machine
set -eu
missing=""
"$1" -c 'import ensurepip, venv' 2>/dev/null || missing="$missing python3-venv"
# Archives of every kind, and what recognises characters in pictures.
packages="libarchive13 tesseract-ocr-eng"
[ "${2:-}" != servers ] || packages="$packages samba samba-vfs-modules smbclient dovecot-imapd slapd ldap-utils postgresql faketime iproute2 \
    chromium libreoffice-calc-nogui libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core"
for package in $packages; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q "ok installed" || missing="$missing $package"
done
# Node may be another's package than Debian's, with npm in it.
[ "${2:-}" != servers ] || command -v npm >/dev/null || missing="$missing nodejs npm"
[ -n "$missing" ] || exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "Missing on this machine:$missing. On Debian, as root: apt-get install$missing" >&2
    exit 1
fi
# Debian starts the servers that it installs. Ours are the tests' own, so none is to start here, where nobody said so.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
    trap 'rm -f "$policy"' EXIT
    trap 'exit 1' HUP INT TERM
fi
apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $missing
