"""How names of people are written, and capitalised words that are not part of one."""

from __future__ import annotations

import regex

STREET_SUFFIXES = (
    "Street", "Road", "Avenue", "Lane", "Close", "Drive", "Way", "Court", "Crescent", "Place", "Terrace", "Gardens",
    "Grove", "Hill", "Square", "Row", "Walk", "Mews", "Parade", "Rise", "View", "Green", "Park", "St", "Rd", "Ave",
    "Gate", "Croft", "Fold", "Wharf", "Quay", "Villas", "Cottages",
)  # fmt: skip

_ORGANISATION_WORDS = """academy agency alliance association authority bank board borough building business care centre
charity church city class clinic clinical college commission committee community company conference constabulary
construction contract contractors corporate corporation council county department development directorate district
division education energy environment estate executive festival finance forum foundation framework fund general group
hall health highway highways hospital hotel house housing industries information infirmary institute international
investment kingdom library limited local ltd management media ministry museum network nhs nursery office officer
operations organisation parish partners partnership people planning plc police policy practice primary procurement
programme project projects properties public railway regional report resources school schools secondary section sector
service services social society software solutions station strategy studio support surgery system systems team
technologies theatre trading training transport trust union university village ward waste works"""

_OTHER_WORDS = """accommodation account accounts address adult adults agenda all annual answer any app application april
area august back benefit benefits bin board budget business cabinet call case category chair chairman chancellor chapel
chief child children christmas citizen clerk code colleague colleagues contact council councillor councillors customer
customers data date december deputy description details director document easter editor email employee england english
event fax february field file first form free friday friends full fund give guidance head home householder how if
important index insert interim invoice item january july june justice landlord last leader licence line list location
madam manager map march material mayor mayoress meeting member members message method mobile monday name new
next no none not note notes november number occupier october office officer one order other our owner page parent
parents part payment percentage permit phone photo please postcode president price private product property
purpose quarter question reference register registered regulations request required resident residents review role room
rule saturday scheme secretary section see september sheet sir site speaker standard start status street subject
sunday supplier table tax tbc teacher tel telephone tenant tenants term test text thank thanks the this thursday title
to today total treasurer tuesday type unknown update user vacancy vacant version vice virgin volunteer wednesday
welcome who will with word work year yes you your lieutenant baron provost commissioner almighty privy town road
avenue crescent terrace gardens mews parade square drive way court close grove villas cottages"""

_SURNAMES_TOO = "hall ward church page price house bank"
NOT_NAMES = frozenset(f"{_ORGANISATION_WORDS} {_OTHER_WORDS}".split()) - frozenset(_SURNAMES_TOO.split())
PLACE_OR_BODY = frozenset((*_ORGANISATION_WORDS.split(), *(suffix.lower() for suffix in STREET_SUFFIXES)))
"""Words behind a name that make it the name of a street or an organisation."""

TITLES = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Rev|Revd|Reverend|Sir|Dame|Lady|Lord|Cllr|Councillor)"
_PLAIN = r"(?:(?:Mc|Mac|O['\u2019]|D['\u2019])?\p{Lu}\p{Ll}+(?:[-'\u2019]\p{Lu}?\p{Ll}+){0,2})"
_CAPITALS = r"(?:(?:O['\u2019])?\p{Lu}{2,}(?:[-'\u2019]\p{Lu}{2,}){0,2})"
_PARTICLE = r"(?:van|der|den|de|la|le|da|dos|al|el|bin|ibn|von|ap|ab)"
WORD = rf"(?:{_PLAIN}|{_CAPITALS})"
FULL_NAME = rf"(?:{WORD}(?:[ \u00a0](?:\p{{Lu}}\.?|{_PARTICLE}))*(?:[ \u00a0]{WORD}){{1,2}})"
"""Two or three words, with initials or a particle between: "Anna M. van der Berg"."""
ANY_NAME = rf"(?:{FULL_NAME}|(?:\p{{Lu}}\.?[ \u00a0]?){{1,3}}{WORD}|{WORD})"
"""As `FULL_NAME`, or initials and a surname, or a single name."""

_TITLED = regex.compile(rf"(?i:(?:{TITLES}\.?\s+(?:(?:and|&)\s+)?)+)")
_WORDS = regex.compile(r"[\p{L}'\u2019-]+")


def bare_name(value: str) -> str:
    """The name without its title, so that "Mrs A Patel" and "A Patel" agree."""
    return _TITLED.sub("", value, count=1) if _TITLED.match(value) else value


def could_be_a_person(value: str) -> bool:
    """Whether no word of it is one that names of people do not have."""
    words = [word.lower() for word in _WORDS.findall(value)]
    return bool(words) and NOT_NAMES.isdisjoint(words)


def followed_by_place_or_body(text: str, end: int) -> bool:
    """Whether the next word turns the name into a street's or an organisation's."""
    tail = text[end : end + 40].partition("\n")[0]
    return any(word.lower() in PLACE_OR_BODY for word in _WORDS.findall(tail)[:1] if word[0].isupper())
