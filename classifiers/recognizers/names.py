"""How names of people are written, and capitalised words that are not part of one."""

from __future__ import annotations

from functools import lru_cache

import regex

from classifiers.first_names import FIRST_NAMES
from domain.privacy import unaccented

STREET_SUFFIXES = (
    "Street", "Road", "Avenue", "Lane", "Close", "Drive", "Way", "Court", "Crescent", "Place", "Terrace", "Gardens",
    "Grove", "Hill", "Square", "Row", "Walk", "Mews", "Parade", "Rise", "View", "Green", "Park", "St", "Rd", "Ave",
    "Gate", "Croft", "Fold", "Wharf", "Quay", "Villas", "Cottages",
)  # fmt: skip

_WORDS_TOO = """abbey abbot ade adelaide ai ali ama amber ambrose amin angel april aran art asia august aur austin
autumn awel baba bailey baker ban baron basil bay begum ben bethany bibi bill bishop blake blessing blossom bo bob
bola bonnie boston britain brittany brook brooke buck bud buddy cadi cai carmel carol carter celyn chan chance
charity chase chelsea cherry chester chi china chip christian christmas clare clay clement cliff cody comfort
constance cook coral crystal dada daisy dale dallas dan dawn deacon dean dei dell della den denver derry destiny
devi diamond ding dolphin dong dot down drake drew duke earl easter ebony ebrill eden eigra eira enfys england eve
ever faith fan fang fatima favour fei fen fern finch finn fletcher flora florence ford forest fortune fox frank
friday gang gen gene georgia gift ginger glade glan glen gloria gong grace grant griffin guernsey guto guy gwen
gwener gwyn haf hai hale han hang happiness happy harmony hart harvest haul haven hazel heath heather hen herb
hilary hindu holly honey honor honour hope houston hue hui hunter imam india innocent ireland iris israel ivy jac
jack jade jan jasmine jay jenny jersey jet jewel jordan joy june juniper justice kala kali kan ken kent kenya kerry
khan king kit lake lal lan lancaster lance lane lang laurel lee lei leo liberty lily lincoln ling lion lloyd llun
long lourdes love madison mai mair major mala male mali mama man mari marina mark marsh marshall martin mason max
may mayo medi mei melody memphis men mercedes mercy miles min ming miracle misty monday morning morris murray muslim
myrtle nan nana nelson nick noble noel non norm normal nos nova olive opal page pan pansy papa paris pat patience
peace pearl peg pen penny pepper phoenix pierce ping piper pope poppy porter precious presence preston prince
princess promise prosper prudence queen raj ram ran rana rani raven ray reed regina ren rich river rob robin rock
rocky rod roma roman rory rose rosemary rowan ruby rusty saffron sage said san sand sandy sang savannah scout sen
seren shah shan shane sharon sheikh sienna sing sky son song sparrow spencer star sterling stone storm sue sul
sultan summer sunday sunny swift sydney tab tan tang tanner taylor temperance ten terry ting tom tong treasure
trinity troy tulsa twm tyrone unity van vanity verity verona victor victoria victory violet virginia wade wan wang
ward warren warwick wayne wei wen west will willow wing winter wisdom wolf wonder woody wren wyn yan yang yen york
zan zen"""

_ORGANISATION_WORDS = """academy agency alliance association authority bank board borough building business care
centre charity church city class clinic clinical college commission committee community company conference
constabulary construction contract contractors corporate corporation council county department development
directorate district division education energy environment estate executive festival finance forum foundation
framework fund general group hall health highway highways hospital hotel house housing industries information
infirmary institute international investment kingdom library limited local ltd management media ministry museum
network nhs nursery office officer operations organisation parish partners partnership people planning plc police
policy practice primary procurement programme project projects properties public railway regional report resources
school schools secondary section sector service services social society software solutions station strategy studio
support surgery system systems team technologies theatre trading training transport trust union university village
ward waste works"""

_OTHER_WORDS = """accommodation account accounts address adult adults agenda all annual answer any app application
april area august back benefit benefits bin board budget business cabinet call case category chair chairman
chancellor chapel chief child children christmas citizen clerk code colleague colleagues contact council councillor
councillors customer customers data date december deputy description details director document easter editor email
employee england english event fax february field file first form free friday friends full fund give guidance head
home householder how if important index insert interim invoice item january july june justice landlord last leader
licence line list location madam manager map march material mayor mayoress meeting member members message method
mobile monday name new next no none not note notes november number occupier october office officer one order other
our owner page parent parents part payment percentage permit phone photo please postcode president price private
product property purpose quarter question reference register registered regulations request required resident
residents review role room rule saturday scheme secretary section see september sheet sir site speaker standard
start status street subject sunday supplier table tax tbc teacher tel telephone tenant tenants term test text thank
thanks the this thursday title to today total treasurer tuesday type unknown update user vacancy vacant version vice
virgin volunteer wednesday sant catholic protestant muslim islamic jewish sikh hindu buddhist week weeks month
months day days black history welcome who will with word work year yes you your forename forenames surname key queue
read cache retry sirs madams everyone team folks both hello hi thanks regards dob born aged nhs gp ref re fao yours
sincerely faithfully north south east west upper lower great little new old mount ysgol cyngor gwasanaeth eid diwali
yom passover hanukkah ramadan easter lieutenant baron provost commissioner almighty privy town road avenue crescent
terrace gardens mews parade square drive way court close grove villas cottages"""

_SURNAMES_TOO = "hall ward church page price house bank north west young"
NOT_NAMES = frozenset(f"{_ORGANISATION_WORDS} {_OTHER_WORDS}".split()) - frozenset(_SURNAMES_TOO.split())
_PLACES = """bridge tower embankment column memorial infant infants junior juniors grammar abbey arms barn castle
chapel cemetery cathedral depot estate farm field fields forest garden gardens heath inn island isles lake library
lodge mill moor mosque museum park pavilion pier playground pool pub quarter reservoir river stadium statue temple
towers trail valley vale villa woods award cup day prize act bill regulations scale syndrome disease scheme"""
_TRADES = """agents architects bakery brothers bros builders butchers catering cleaning co coaches concern
consultants consulting decorators dental electrical electronics engineering engineers equipment estates farms
fencing flooring foods furniture garage glazing hire homes joinery lettings llc llp logistics motors paints
physiotherapy plumbing press printers publishing records removals rentals roofing scaffolding scouts skips
solicitors sons stationers suppliers supplies supply surveyors taxis timber tools toys tree trees vending wholesale
wholesalers windows"""
PLACE_OR_BODY = frozenset(
    (*f"{_TRADES} {_ORGANISATION_WORDS} {_PLACES}".split(), *(suffix.lower() for suffix in STREET_SUFFIXES))
)
"""Words behind a name that make it the name of a street or an organisation."""

PLACES_AND_SURNAMES = frozenset((
    "hill", "green", "lane", "park", "wood", "woods", "field", "fields", "grove", "moor", "castle", "temple", "bridge",
    "lake", "forest", "garden", "abbey", "barn", "mill", "river", "gate", "croft", "heath", "pool", "day",
))  # fmt: skip
"""Behind a first name the surname of somebody about as often as the name of a place."""

TITLES = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Rev|Revd|Reverend|Sir|Dame|Lady|Lord|Cllr|Councillor)"
_PLAIN = r"(?:(?:Mc|Mac|O['\u2019]|D['\u2019])?\p{Lu}\p{Ll}+(?:[-'\u2019]\p{Lu}?\p{Ll}+){0,2})"
_CAPITALS = r"(?:(?:O['\u2019])?\p{Lu}{2,}(?:[-'\u2019]\p{Lu}{2,}){0,2})"
_PARTICLE = r"(?:van|der|den|de|la|le|da|dos|al|el|bin|ibn|von|ap|ab)"
WORD = rf"(?:{_PLAIN}|{_CAPITALS})"
FULL_NAME = rf"(?:{WORD}(?:[ \u00a0](?:\p{{Lu}}\.?|{_PARTICLE}))*(?:[ \u00a0]{WORD}){{1,2}})"
"""Two or three words, with initials or a particle between: "Anna M. van der Berg"."""
INITIALS = rf"(?:(?:\p{{Lu}}\.?[ \u00a0]?){{1,3}}{WORD})"
"""One to three initials and a surname."""
ANY_NAME = rf"(?:{FULL_NAME}|(?:\p{{Lu}}\.?[ \u00a0]?){{1,3}}{WORD}|{WORD})"
"""As `FULL_NAME`, or initials and a surname, or a single name."""

_TITLED = regex.compile(rf"(?i:(?:{TITLES}\.?\s+(?:(?:and|&)\s+)?)+)")
_CAPITALISED = regex.compile(r"(?:['\u2019]s?)?(?:[ \u00a0](?:(?:&|and)[ ])?\p{Lu}[\p{L}'\u2019-]+){1,2}")
_OF_OLD = regex.compile(
    r"(?:\b(?i:in|of|from|between|since|by|born|died|until|about|circa|c\.)|\()[ ]?1[0-8]\d\d(?![\d,:]| ?(?:hrs|hours))"
)
_NEAR_A_YEAR = 80
_WORDS = regex.compile(r"[\p{L}'\u2019-]+")


def folded(word: str) -> str:
    """A word as lists of names have it: in lower case and without accents."""
    return unaccented(word).lower()


_FIRST = frozenset(map(folded, FIRST_NAMES))
_ORDINARY = frozenset(_WORDS_TOO.split())


@lru_cache(maxsize=10_000)
def is_first_name(word: str) -> bool:
    """Whether the word, or what stands before its hyphen, is a first name that is common in Britain."""
    name = folded(word)
    return name in _FIRST or ("-" in name and name.partition("-")[0] in _FIRST)


def is_only_a_name(word: str) -> bool:
    """Whether it is a first name that is not also an ordinary word, a month or a place."""
    return is_first_name(word) and not is_ordinary(word)


def is_ordinary(word: str) -> bool:
    """Whether a word is met as often where it names nobody: "Grace", "Hall", "Jordan"."""
    return folded(word) in _ORDINARY or folded(word) in NOT_NAMES or folded(word) in PLACE_OR_BODY


def bare_name(value: str) -> str:
    """The name without its title, so that "Mrs A Patel" and "A Patel" agree."""
    return _TITLED.sub("", value, count=1) if _TITLED.match(value) else value


def could_be_a_person(value: str) -> bool:
    """Whether no word of it is one that names of people do not have."""
    words = [word.lower() for word in _WORDS.findall(value)]
    return bool(words) and NOT_NAMES.isdisjoint(words)


def names_a_person(value: str) -> bool:
    """Whether what stands where a name is expected could be one, and is not that of a firm, an office or a place."""
    name = bare_name(value)
    return could_be_a_person(name) and not is_a_body(name)


def is_a_body(name: str) -> bool:
    """Whether its last word makes it the name of a firm, an office or a place."""
    words = name.lower().split()
    surnames = PLACES_AND_SURNAMES.union(_SURNAMES_TOO.split())
    return len(words) > 1 and words[-1] in PLACE_OR_BODY - surnames


def is_historic(text: str, start: int, end: int) -> bool:
    """Whether a year before 1900 is told of whoever is named: the dead have no data protection (UK GDPR recital 27)."""
    return bool(_OF_OLD.search(text, max(0, start - _NEAR_A_YEAR), min(len(text), end + _NEAR_A_YEAR)))


def followed_by_place_or_body(text: str, end: int) -> bool:
    """Whether the next words, of at most two with capitals, turn the name into a street's or an organisation's."""
    tail = _CAPITALISED.match(text, end)
    return bool(tail) and not PLACE_OR_BODY.isdisjoint(word.lower() for word in tail[0].split())
