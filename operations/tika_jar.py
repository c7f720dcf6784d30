"""Obtains the Apache Tika server by Maven: one file of one version, known by its checksum, wherever it came from."""

from __future__ import annotations

import hashlib
import os
import re
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from domain.errors import MunimentError

VERSION = "3.3.2"
_ARTIFACT = "tika-server-standard"
_SHA512 = (
    "fb1f2fe57ac458b09d44d41d816f582e1d2fc93488acff6275caf414d8d5ef94"
    "e42166edc0b488dc2fb6ef3aa21fab62b107c43b9060385ff6d675e393c2c9e9"
)
_SECONDS = 900.0
_COLOUR = re.compile(r"\x1b\[[\d;]*m")
_MARK = "[ERROR] "
ADDRESS = "http://127.0.0.1:9998"

_DELETED = '<params><param name="includeDeletedContent" type="bool">true</param></params>'
_OFFICE = (
    "org.apache.tika.parser.microsoft.OfficeParser",
    "org.apache.tika.parser.microsoft.ooxml.OOXMLParser",
    "org.apache.tika.parser.microsoft.ooxml.xwpf.ml2006.Word2006MLParser",
)
_OCR = "org.apache.tika.parser.ocr.TesseractOCRParser"


@dataclass(frozen=True, slots=True)
class TikaJar:
    """The server and the configuration that it wants, side by side in a folder of their own."""

    folder: Path

    @property
    def path(self) -> Path:
        return self.folder / f"{_ARTIFACT}-{VERSION}.jar"

    @property
    def configuration(self) -> Path:
        return self.folder / f"tika-config-{VERSION}.xml"

    @property
    def is_whole(self) -> bool:
        return self.path.is_file() and _checksum(self.path) == _SHA512

    def command(self, host: str = "127.0.0.1", port: int = 9998) -> list[str]:
        """What starts the server."""
        return [
            "java", "-jar", str(self.path), "--host", host, "--port", str(port), "--config", str(self.configuration),
        ]  # fmt: skip


def cached_jar(environment: Mapping[str, str] = os.environ) -> TikaJar:
    """Where this account keeps the server: XDG_CACHE_HOME, or ~/.cache."""
    base = environment.get("XDG_CACHE_HOME", "")
    cache = Path(base) if Path(base).is_absolute() else Path.home() / ".cache"
    return TikaJar(cache / "muniment")


def fetch_tika(jar: TikaJar) -> None:
    """Put the server and its configuration in their folder, unless they are there.

    Maven fetches it, with the mirrors and proxies of this account's own settings. Raises MunimentError that says what
    is missing; what was fetched then is gone again.
    """
    jar.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=jar.folder, prefix="fetching-") as folder:
        if not jar.is_whole:
            _fetch(Path(folder), by_hand=f" Or put {jar.path.name} into {jar.folder} yourself, and run this again.")
            _verify(Path(folder) / jar.path.name)
            (Path(folder) / jar.path.name).replace(jar.path)
        written = Path(folder) / "configuration"
        written.write_text(server_configuration(), "utf-8")
        written.replace(jar.configuration)


def how_to_start(jar: TikaJar) -> str:
    return (
        f"Start it with:\n    {shlex.join(jar.command())}\n"
        f'and write into the configuration:\n    [tika]\n    server = "{ADDRESS}"'
    )


def server_configuration() -> str:
    """Deleted text is read too, nothing is recognised in pictures, and no document holds or fills the server."""
    excluded = "".join(f'<parser-exclude class="{name}"/>' for name in (*_OFFICE, _OCR))
    office = "".join(f'<parser class="{name}">{_DELETED}</parser>' for name in _OFFICE)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<properties>\n'
        f'<parsers><parser class="org.apache.tika.parser.DefaultParser">{excluded}</parser>{office}</parsers>\n'
        "<server><params><taskTimeoutMillis>60000</taskTimeoutMillis><taskPulseMillis>1000</taskPulseMillis>"
        "<forkedJvmArgs><arg>-Xmx2g</arg></forkedJvmArgs></params></server>\n</properties>\n"
    )


def _fetch(folder: Path, by_hand: str) -> None:
    maven = _program("mvn", "Apache Maven", "maven", by_hand)
    _program("java", "Java", "default-jre-headless", by_hand)
    try:
        # All that Maven keeps for itself stays in this folder too, and goes with it.
        done = subprocess.run(  # noqa: S603  a program of this machine, and arguments of ours
            [
                maven, "--batch-mode", "--quiet", "dependency:copy",
                f"-Dartifact=org.apache.tika:{_ARTIFACT}:{VERSION}", f"-DoutputDirectory={folder}",
                f"-Dmaven.repo.local={folder / 'repository'}",
            ],
            cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", errors="replace",
            timeout=_SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise MunimentError(f"Maven took too long to fetch the Tika server.{by_hand}") from error
    if done.returncode:
        raise MunimentError(_why(done.stdout + done.stderr) + by_hand)


def _program(name: str, called: str, package: str, by_hand: str) -> str:
    path = shutil.which(name)
    if path is None:
        raise MunimentError(
            f"{called} is not installed, and the Tika server needs it. On Debian: apt install {package}.{by_hand}"
        )
    return path


def _why(said: str) -> str:
    """Maven's first words on what went wrong, under what it most often is."""
    lines = (line.removeprefix(_MARK) for line in _COLOUR.sub("", said).splitlines() if line.startswith(_MARK))
    first = next((f" Maven says: {line[:500]}." for line in lines if line.strip()), "")
    return (
        "Maven could not fetch the Tika server: see that this machine reaches Maven Central, or name a mirror of it in "
        f"Maven's settings.xml.{first}"
    )


def _verify(jar: Path) -> None:
    if _checksum(jar) != _SHA512:
        jar.unlink()
        raise MunimentError(
            f"What came is not the Tika server {VERSION}: its checksum differs, so it was removed. Look at the mirror "
            "that Maven is told to use."
        )


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha512").hexdigest()
