"""Invented streets, towns, firms, schools and councils; several bear the words of the special classes."""

from __future__ import annotations

STREETS = tuple(
    f"{name} {kind}"
    for kind, names in (
        (
            "Road",
            "Chapel Mosque Asylum Union Station Tannery Prison Gladstone Cemetery Kirkstone Quarry Sandpit Infirmary",
        ),
        (
            "Street",
            "Church Temple Conservative Wellington Bishop Mill Labour Back_Canal Synagogue Victoria Nelson Silver",
        ),
        ("Lane", "Hospital Abbey Gypsy Friars Blind Pudding Cripplegate Sheepwash Priory Long Tinkers Hangmans"),
        ("Close", "Nightingale Partridge Magdalen Cromwell Beech Jubilee Larkspur Trinity Kestrel Attlee"),
        ("Avenue", "Elmhurst Coronation Churchill Lime Mosley Queens Princess Sycamore Brunel Disraeli"),
        ("Drive", "Harebell Medway Hawthorn Ashdown Windermere Cathedral Thirlmere Barley"),
        ("Crescent", "Carnarvon Balmoral Moorland Hilltop Sunningdale Ullswater Tolpuddle"),
        ("Terrace", "Railway Prospect Almshouse Zion Alma Inkerman Rechabite Guild"),
        ("Way", "Pilgrims Saxon Bypass Foundry Deaf_Hill Monks Weavers"),
        ("Gardens", "Mercy Linden Orchard Mandela St_Marys Osborne"),
    )
    for name in (word.replace("_", " ") for word in names.split(" "))
)
TOWNS = [
    "Castle Harbrook",
    "Netherwick",
    "Oldmere",
    "Stanbury Heath",
    "Brackenford",
    "Port Calder",
    "Wexmouth",
    "Thornaby Moss",
    "Great Ashwell",
    "Kingsholt",
    "Marlow Bridge",
    "Hexley",
    "Aldershaw",
    "Dunmore-on-Sea",
    "Little Poyning",
    "Eastwold",
]
COUNCILS = [
    "Harbrook County Council",
    "Wexshire County Council",
    "Calderwold Borough Council",
    "Netherwick City Council",
    "Oldmere District Council",
    "Stanbury Metropolitan Borough Council",
    "Eastwold Unitary Council",
    "Brackenford Town Council",
    "Great Ashwell Parish Council",
]
FIRMS = [
    "Bishop & Sons Joinery Ltd",
    "Union Scaffolding (Northern) Ltd",
    "Cathedral Catering Supplies Ltd",
    "Young's Skip Hire Ltd",
    "Grace Flooring Ltd",
    "Okonkwo Legal LLP",
    "Kowalski Roofing Ltd",
    "Medway Lifts plc",
    "Sharp Signs Ltd",
    "Temple Stationery Co Ltd",
    "Gill Brothers Haulage Ltd",
    "Frost & Marsh Surveyors LLP",
    "Apex Grounds Maintenance Ltd",
    "Patel Pharmacy Group Ltd",
    "Liberal Coaches Ltd",
    "Broadwater Paving plc",
    "Redwood Play Ltd",
    "Mr Fix-It Property Care Ltd",
    "St Cuthbert's Hospice Trading Ltd",
    "Wong Electrical Wholesale Ltd",
    "Quigley Civil Engineering Ltd",
    "Davies Office Ltd",
]
SCHOOLS = [
    "St Bede's Catholic Primary School",
    "Netherwick Academy",
    "Hope Street Infants",
    "Al-Noor Primary School",
    "Park View Special School",
    "The King's C of E School",
    "Mill Lane Juniors",
    "Ysgol Gymraeg Bryn Teg",
    "Oldmere High School",
    "Bishop Latimer School",
    "Nightingale Nursery",
    "Khalsa Free School",
    "Riverside PRU",
]
AREA_CODES = "0113 0114 0121 0151 0161 0191 01204 01226 01274 01302 01422 01473 01522 01603 01752 01872 01926 01978"
MAIL_HOSTS = [
    "gmail.com",
    "hotmail.co.uk",
    "btinternet.com",
    "yahoo.co.uk",
    "outlook.com",
    "sky.com",
    "talktalk.net",
    "icloud.com",
]
COUNCIL_HOSTS = ["harbrook.gov.uk", "wexshire.gov.uk", "calderwold.gov.uk", "netherwick.gov.uk"]
