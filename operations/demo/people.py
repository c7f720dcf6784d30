"""The people of the estate. All are invented: names are drawn from lists, everything else is made up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from operations.demo import identifiers

_WOMEN = (
    "Margaret", "Susan", "Karen", "Julie", "Patricia", "Angela", "Deborah", "Priya", "Fatima", "Aisha", "Ngozi",
    "Siobhan", "Bethan", "Chloe", "Emily", "Jade", "Grace", "Ruby", "Amina", "Zofia", "Halina", "Shanice", "Leanne",
    "Tracey", "Hannah", "Lucy", "Rachel", "Olivia", "Maryam", "Sunita",
)  # fmt: skip
_MEN = (
    "David", "Stephen", "Andrew", "Mark", "Kevin", "Gareth", "Ian", "Mohammed", "Imran", "Rajesh", "Kwame", "Tomasz",
    "Patrick", "Declan", "Rhys", "Callum", "Jamie", "Oliver", "Harry", "Jacob", "Samuel", "Daniel", "Nathan", "Tyler",
    "Piotr", "Delroy", "Winston", "Graham", "Colin", "Martin",
)  # fmt: skip
_SURNAMES = (
    "Pennington", "Hartshorne", "Okonkwo", "Dunmore", "Trelawney", "Fairbrother", "Kowalczyk", "Achebe", "Rahman",
    "Chaudhry", "Llewellyn", "Braithwaite", "Sandford", "Whitcombe", "Galloway", "Merriman", "Hollis", "Prescott",
    "Barrowclough", "Nwosu", "Venkataraman", "Malik", "Tregear", "Ashworth", "Castleton", "Dalrymple", "Entwistle",
    "Fothergill", "Goodacre", "Hargreaves", "Inglethorpe", "Jessop", "Kettlewell", "Lovatt", "Marchbanks",
    "Nettleship", "Oakeshott", "Pickersgill", "Quartermaine", "Rowbotham", "Silverwood", "Thistlethwaite",
    "Underhill", "Wainwright", "Yardley",
)  # fmt: skip
_STREETS = (
    "Orchard Close", "Station Road", "Mill Lane", "Quay Street", "Chapel Row", "Victoria Terrace", "Beacon Hill",
    "Harbour View", "Meadow Way", "Tannery Lane", "Church Street", "Alma Road", "Lime Avenue", "Foundry Street",
)  # fmt: skip
TOWNS = ("Marnford", "Saltby Quay", "Ottering", "Thorpe Wendle", "Little Hexby", "Coldharbour Cross", "Wendle Bridge")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody the council holds records of. `mail` is at a domain kept for examples."""

    title: str
    first: str
    surname: str
    born: date
    street: str
    town: str
    postcode: str
    mobile: str
    landline: str
    mail: str
    nhs: str
    nino: str

    @property
    def name(self) -> str:
        return f"{self.first} {self.surname}"

    @property
    def formal(self) -> str:
        return f"{self.title} {self.surname}"

    @property
    def address(self) -> str:
        return f"{self.street}, {self.town}, {self.postcode}"

    @property
    def birthday(self) -> str:
        return f"{self.born:%d/%m/%Y}"

    @property
    def they(self) -> str:
        return "he" if self.title == "Mr" else "she"

    @property
    def their(self) -> str:
        return "his" if self.title == "Mr" else "her"


def person(rng: Random, first_year: int = 1938, last_year: int = 1998, surname: str | None = None) -> Person:
    """Somebody born in these years; of this family, where one is named."""
    woman = rng.random() < 0.52
    first = rng.choice(_WOMEN if woman else _MEN)
    family = surname or rng.choice(_SURNAMES)
    return Person(
        title=rng.choice(("Mrs", "Ms", "Miss")) if woman else "Mr",
        first=first,
        surname=family,
        born=date(first_year, 1, 1) + timedelta(days=rng.randrange(365 * (last_year - first_year + 1))),
        street=f"{rng.randrange(1, 140)} {rng.choice(_STREETS)}",
        town=rng.choice(TOWNS),
        postcode=identifiers.postcode(rng),
        mobile=identifiers.mobile(rng),
        landline=identifiers.landline(rng),
        mail=f"{first}.{family}{rng.randrange(10, 99)}@example.com".lower(),
        nhs=identifiers.nhs_number(rng),
        nino=identifiers.nino(rng),
    )


def child(rng: Random, of: Person, first_year: int = 2003, last_year: int = 2017) -> Person:
    """A child of the family, at the parent's address."""
    young = person(rng, first_year, last_year, of.surname)
    return Person(
        "Mr" if young.title == "Mr" else "Miss", young.first, of.surname, young.born, of.street, of.town, of.postcode,
        of.mobile, of.landline, of.mail, young.nhs, young.nino,
    )  # fmt: skip


def officer(rng: Random) -> str:
    """The name of somebody who works for the council."""
    return person(rng).name
