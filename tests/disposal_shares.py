"""An estate on a share of a real server: scanned by one account of it, disposed of by another."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from disposal_estate import CONFIG, FILES, SCHEDULE, SOURCE, Estate, populate, write_old
from inventories import an_inventory_at
from samba_servers import Samba

from domain.audit import AuditKey
from operations.config import load_settings
from operations.keys import new_secret
from operations.people.audit import Trail
from operations.scanning.sources import opened

_SHARE = """\
[[source]]
name = "shares"
kind = "smb"
server = "127.0.0.1"
port = {port}
share = "{share}"
username = "{crawl}"
password_file = "password"
dispose_username = "{boss}"
dispose_password_file = "password"
dispose = true
allow_purge = true
"""


class SharedEstate(Estate):
    """`root` is the folder on the server, as who sits at the server sees it."""

    def list(self) -> None:
        (settings,) = self.settings.sources
        with opened(self.settings.sources, self.settings.mail) as sources:
            self.note(sources[SOURCE], settings.place)


def a_shared_estate(
    folder: Path, samba: Samba, share: str = "edge", files: Mapping[bytes, bytes] = FILES, disposal: str = ""
) -> SharedEstate:
    root, url = samba.empty(share), f"sqlite:///{folder / 'inventory.db'}"
    for name, content in files.items():
        write_old(root / os.fsdecode(name), content)
    give_to(samba.boss, root)
    password = folder / "password"
    password.write_text(samba.password)
    password.chmod(0o600)
    (folder / "schedule.toml").write_text(SCHEDULE)
    basis = CONFIG.partition("[[source]]")[0].format(url=url, disposal=disposal)
    told = _SHARE.format(port=samba.port, share=share, crawl=samba.crawl, boss=samba.boss)
    (folder / "muniment.toml").write_text(basis + told)
    settings = load_settings(folder / "muniment.toml")
    new_secret(settings.inventory.key_file)
    trail = Trail(an_inventory_at(url), AuditKey(new_secret(settings.inventory.audit_key_file)))
    estate = SharedEstate(root, settings, trail)
    estate.list()
    populate(estate, folder)
    return estate


def give_to(account: str, root: Path) -> None:
    """All below a folder, and itself; links are left alone."""
    for path in (root, *root.rglob("*")):
        if not path.is_symlink():
            shutil.chown(path, account)
