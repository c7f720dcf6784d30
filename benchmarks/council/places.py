"""An invented county: towns, streets, firms and schools. Its councils, firms and mail domains do not exist."""

# ruff: noqa: E501  lists of words

from __future__ import annotations

TOWNS = (
    "Marlsea", "Thornbeck", "Great Oakley Cross", "Wendlebury Green", "Ashcombe", "Little Saxted", "Penhallow",
    "Brackenfield", "Hollowmere", "Kingsferry", "Aberwen", "Llanfair Isaf", "Saltmarsh St Mary", "Stonebridge",
    "Upper Tilling", "Westerham Quay",
)  # fmt: skip
_STREET_NAMES = (
    "Orchard", "Church", "Mill", "Station", "Victoria", "Albert", "Gladstone", "Windmill", "Beech", "Sycamore", "Heron",
    "Kingfisher", "Nelson", "Queen Elizabeth", "St John's", "St Mary's", "Bishops", "Tanners", "Priory", "Wellington",
    "Old Forge", "Long Meadow", "Lower Park", "Jubilee", "Attlee", "Mandela", "Waterloo", "Baker", "Cowslip", "Larkspur",
    "High Beech", "Ridgeway", "Coronation", "Union", "Gaol", "Mount Pleasant", "Hop Garden", "Spinners", "Chestnut",
)  # fmt: skip
_STREET_WORDS = (
    "Street", "Road", "Lane", "Avenue", "Close", "Drive", "Way", "Court", "Crescent", "Gardens", "Terrace", "Place",
    "Grove", "Walk", "Rise", "Mews", "Green", "Row",
)  # fmt: skip
STREETS = tuple(f"{name} {word}" for at, name in enumerate(_STREET_NAMES) for word in _STREET_WORDS[at % 5 :: 5])
FIRMS = (
    "Hartwell Grounds Maintenance Ltd", "Thornbeck Building Supplies Limited", "Castle Lifts (Eastern) Ltd",
    "Mason & Reid LLP", "Brightwater Plumbing Ltd", "J T Barlow & Sons Ltd", "Pinnacle Catering plc",
    "Wren Office Interiors Limited", "Oakley Coaches Ltd", "Saxon Roofing Contractors Ltd", "Northgate Vending Ltd",
    "Parker Fencing Co", "BlueLine Traffic Management Ltd", "Alpha Drainage Services", "Meridian Pest Control Ltd",
    "Robinson Steel Fabrications Ltd", "Eastway Scaffolding", "Kestrel Security Group", "Penhallow Dairy Produce",
    "Grant Thornley Electrical Wholesale", "Morgan Lovell Paper Merchants", "Stonebridge Tyre Centre",
    "Hughes Waste Recycling Ltd", "Fairway Signs & Graphics", "Taylor Made Blinds Ltd", "Crown Cleaning Supplies",
)  # fmt: skip
SCHOOLS = (
    "Ashcombe Primary School", "St Cuthbert's CofE Junior School", "Brackenfield Academy", "Hollowmere High School",
    "Mary Seacole Infant School", "Ysgol Llanfair", "Kingsferry Community College", "William Harvey Academy",
    "Our Lady of Lourdes RC Primary School", "Nelson Road Nursery",
)  # fmt: skip
CHARITIES = (
    "Marlsea Food Bank", "Age Concern Thornbeck", "Hollowmere Carers' Centre", "Brackenfield Citizens Advice",
    "The Haven Trust", "Kingsferry Sea Scouts", "St Mary's Hospice", "Women's Aid Ashcombe",
)  # fmt: skip
COUNCILS = (
    "Marlsea Borough Council", "Thornbeck District Council", "Eastmarch County Council", "Ashcombe City Council",
    "Kingsferry Council", "Cyngor Sir Aberwen",
)  # fmt: skip
COUNCIL_DOMAINS = ("eastmarch.gov.uk", "thornbeck.gov.uk", "marlsea-bc.gov.uk", "kingsferry.gov.uk")
HOME_DOMAINS = ("postbox-mail.co.uk", "wendlenet.co.uk", "quickmail-uk.com", "heronpost.net", "brackenmail.com")
ROLES = (
    "customer.services", "info", "enquiries", "planning", "housing.options", "procurement", "benefits", "foi", "licensing",
    "parking", "accounts.payable", "democratic.services", "helpdesk", "highways", "recruitment", "dpo",
)  # fmt: skip
TEAMS = (
    "Revenues and Benefits", "Housing Options", "Adult Social Care", "Parking Services", "Development Management",
    "Electoral Services", "Environmental Health", "School Admissions", "Tenancy Services", "Licensing", "Legal Services",
    "Human Resources", "Payroll", "Highways and Transport", "Finance", "Democratic Services", "Customer Services",
    "Early Help", "Information Governance", "Property and Estates",
)  # fmt: skip
JOBS = (
    "Housing Officer", "Social Worker", "Senior Planning Officer", "Revenues Officer", "Team Manager", "Head of Service",
    "Tenancy Sustainment Officer", "Environmental Health Officer", "Business Support Officer", "Principal Auditor",
    "Occupational Therapist", "Parking Appeals Officer", "Education Welfare Officer", "HR Adviser", "Democratic Services Officer",
    "Income Officer", "Caretaker", "Library Assistant", "Refuse Driver", "Care Assistant", "Civil Enforcement Officer",
)  # fmt: skip
