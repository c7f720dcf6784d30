"""Hard negatives in rows: registers, prices, statistics, logs and lists that name no private person."""

# ruff: noqa: E501, RUF001 -- a way of writing stands on one line, with the dashes and marks of its author

from __future__ import annotations

from .document import SHEET_NOISE, Template, entries, sheet

_SERVICE = ("Team|Service|Dept", "{team}")
_COST = ("Amount|Cost|£", "{money}")

TEMPLATES = tuple(
    Template(name, family, False, write, SHEET_NOISE)
    for name, family, write in (
        ("asset_register", "assets", sheet([("Asset No|Asset tag", "{six}"), ("Item|Description", "«Laptop|Docking station|Grey desk|Ride-on mower|Projector|Dell monitor 24in»"), ("Site|Location", "{road} depot // {school}"), ("Serial", "{hex}"), ("Bought", "{date}"), _COST], 8, 40, "Asset register")),
        ("asset_phones", "assets", sheet([("Handset", "«Nokia 105|Samsung A14|iPhone SE»"), ("IMEI", "35{six}{six}{few}"), ("Assigned to|Pool", "{team}"), ("Date issued", "{date}")], 6, 25)),
        ("suppliers_firms", "suppliers", sheet([("Supplier Name|Vendor", "{firm}"), ("Supplier no", "{six}"), ("Address|Street", "{orgstreet}"), ("Postcode", "{orgpost}"), ("Tel", "{switch}"), ("?Email", "{firmmail}"), ("?VAT", "GB {six}{num}")], 6, 25, "Approved suppliers")),
        ("contract_register", "suppliers", sheet([("Contract", "C{big}"), ("Contractor|Provider", "{firm}"), ("Title", "«Lift maintenance|Window cleaning|Agency staff|School meals|Grounds»"), ("Start", "{date}"), ("End", "{date}"), ("Value", "{money}"), ("Owner|Contract manager (post)", "«Head of|Manager,» {team}")], 6, 25)),
        ("price_list", "prices", sheet([("Code|Item", "{six}"), ("Description", "«Wheelie bin 240l|Paving slab|Salt, bulk|Hi-vis vest L|Mower blade|Envelope DL»"), ("Unit", "each // per tonne // box"), ("Price|£", "{money}")], 10, 40)),
        ("barcodes", "codes", sheet([("EAN|Barcode", "{ean}"), ("Product", "«A4 paper|Biro blue|Toilet roll|Soap|Teabags»"), ("Qty", "{num}")], 8, 40)),
        ("guids", "codes", entries("BatchId", ["{guid}", "{guid}", "{guid},{guid}"], 10, 50)),
        ("meter_readings", "codes", sheet([("MPAN core|Meter point", "13{six}{six}{num}"), ("Building", "{school} // {town} Library // {road} depot"), ("Reading", "{six}"), ("Read on", "{date}")], 8, 30)),
        ("ten_digit_numbers", "codes", sheet([("Order no.|Consignment|Ref", "{badnhs}"), ("Date", "{date}"), ("Parcels", "{few}"), ("Carrier", "{firm}")], 8, 30, "Deliveries")),
        ("budget", "budget", sheet([("Cost centre|CC", "{six}"), _SERVICE, ("Budget {year}", "{big}{num}"), ("Actual", "{big}"), ("Variance|Var", "-{num} // {num}")], 8, 30, "Revenue budget monitoring")),
        ("ledger", "budget", sheet([("Account", "{six}{num}"), ("Narrative", "{firm} inv {six} // Journal {team} // Recharge to {school}"), ("Dr", "{money}"), ("Posted", "{date}")], 10, 40)),
        ("spend_over_500", "budget", sheet([("Body", "{council}"), ("Date", "{date}"), ("Beneficiary", "{firm}"), ("Amount", "{money}"), ("Purpose", "«Agency|Stationery|Plant hire|Tuition»"), ("Ref", "{six}")], 10, 40)),
        ("statistics_health", "statistics", sheet([("Ward", "{ward}"), ("Adults with diabetes %", "{few}.{few}"), ("Hospital admissions, asthma", "{num}"), ("Dementia prevalence", "{few}.{few}"), ("Smokers", "{num}")], 6, 12, "Health profile by ward")),
        ("statistics_ethnicity", "statistics", sheet([("Area", "{ward}"), ("White British", "{big}"), ("Asian: Indian", "{big}"), ("Black African", "{num}"), ("Gypsy or Irish Traveller", "{few}"), ("Muslim", "{big}"), ("Christian", "{big}")], 6, 12, "Census tables {year}")),
        ("statistics_crime", "statistics", sheet([("Month", "{date}"), ("Ward", "{ward}"), ("Burglary", "{num}"), ("Assault", "{num}"), ("Theft", "{num}"), ("Possession of drugs", "{few}")], 6, 14)),
        ("statistics_children", "statistics", sheet([("School|Settings", "{school}"), ("Pupils", "{big}"), ("On free school meals", "{num}"), ("EHC plans", "{num}"), ("Exclusions", "{few}")], 5, 10, "School census {year}")),
        ("statistics_workforce", "statistics", sheet([("Directorate", "{team}"), ("Female", "{num}"), ("Disabled", "{few}"), ("BME", "{few}"), ("Days lost to stress", "{num}"), ("UNISON members (est.)", "{num}")], 5, 12)),
        ("maintenance_schedule", "maintenance", sheet([("Task", "«Boiler service|Legionella flush|Lift inspection|Gutter clean|Fire alarm test»"), ("Building", "{town} Library // {school} // {road} depot"), ("Due", "{date}"), ("Contractor", "{firm}"), ("Done", "«Y|N»")], 8, 25, "Planned maintenance")),
        ("risk_register", "risk", sheet([("Ref", "R{num}"), ("Risk", "«Loss of key supplier|Fraud by a supplier|A child is harmed at a council pool|Flu pandemic|Cyber attack|Strike action»"), ("Owner", "«Head of|Director,» {team}"), ("Score", "{num}"), ("Review", "{date}")], 5, 15, "Corporate risks")),
        ("room_bookings", "rooms", sheet([("Room", "«Chamber|Committee 1|Elm Room|The Hub»"), ("Date", "{date}"), ("From", "{time}"), ("To", "{time}"), ("Booked by|For", "{team}"), ("?Layout", "«theatre|boardroom|cabaret»")], 6, 25)),
        ("fleet_costs", "fleet", sheet([("Fleet no", "F{num}"), ("Reg|VRM", "{vrm}"), ("Type", "«Refuse truck|Gritter|Minibus|Van 3.5t»"), ("Diesel l", "{big}"), ("Tyres £", "{money}"), ("Depot", "{road}")], 6, 25, "Fleet running costs")),
        ("gis_export", "gis", sheet([("OBJECTID|FID", "{big}"), ("EASTING\tNORTHING|X\tY", "{grid}"), ("TYPE", "«Lamp column|Gully|Tree – oak|Bench|Grit bin»"), ("STREET", "{road}"), ("?UPRN", "{uprn}")], 8, 40)),
        ("street_naming", "gis", sheet([("USRN", "2{six}{few}"), ("New name|Street name", "{road}"), ("Ward", "{ward}"), ("Adopted", "{date}")], 6, 18, "Street naming and numbering")),
        ("land_holdings", "gis", sheet([("Property", "{town} Library // {school} // Public toilets"), ("Address", "{orgstreet}"), ("Postcode", "{orgpost}"), ("UPRN", "{uprn}"), ("Tenure", "«Freehold|Leasehold»")], 6, 22, "Local authority land")),
        ("menu_weeks", "menu", sheet([("Week", "{few}"), ("Main", "«Fish fingers|Jacket potato|Chicken curry|Pasta bake|Roast»"), ("Pudding", "«Crumble|Jelly|Fruit|Sponge»"), ("Contains", "«milk|gluten|egg|none»")], 5, 15, "School meals")),
        ("bus_timetable", "timetable", sheet([("Stop", "{road} // {town} Bus Station // {hospital}"), ("1st", "{time}"), ("then", "{time}"), ("last", "{time}")], 6, 16, "Service {num} – {firm}")),
        ("server_log", "log", entries("", ["{ip} - - [{dd}/Mar/{year}:{time}:07] \"GET /planning/{six} HTTP/1.1\" 200 {big}", "{ip} - - [{dd}/Mar/{year}:{time}:44] \"POST /pay HTTP/1.1\" 302 {num}", "{ip} 404 /favicon.ico"], 10, 40)),
        ("application_log", "log", entries("", ["{date} {time} INFO  job={six} worker-{few} done in {big} ms", "{date} {time} WARN  retry {few} for batch {guid}", "{date} {time} ERROR timeout talking to payments.svc:{big}", "{date} {time} DEBUG session {hex} closed"], 10, 40)),
        ("backup_log", "log", entries("Backup report – {date}", ["SRV-{num}  OK  {big} GB  {time}", "SRV-{num}  FAILED  0x8007{num}  {time}", "vol{few}  skipped, unchanged"], 6, 25)),
        ("mailboxes", "contacts_roles", sheet([_SERVICE, ("Mailbox|Shared inbox", "{role}"), ("Phone|Switchboard", "{switch}"), ("?Opening", "Mon-Fri 9-5")], 5, 18, "Who to ring")),
        ("tender_scores", "tender", sheet([("Bidder", "{firm}"), ("Price 40%", "{num}"), ("Quality 50%", "{num}"), ("Social value", "{few}"), ("Rank", "{few}")], 4, 9, "Lot {few} – evaluation")),
        ("gritting_routes", "timetable", sheet([("Route", "G{num}"), ("Starts", "{road}"), ("Ends", "{road}"), ("km", "{num}"), ("Vehicle type", "«18t|26t»")], 5, 16)),
        ("software_licences", "assets", sheet([("Product", "«Office|AutoCAD LT|ArcGIS|Sage 50»"), ("Version", "{few}.{few}.{num}.{few}"), ("Seats", "{num}"), ("Renewal", "{date}"), ("Vendor", "{firm}")], 5, 16)),
        ("stock_check", "prices", sheet([("Bin", "{few}{few}-«A|B»"), ("Part", "{hex}"), ("On hand", "{num}"), ("Counted", "{date}")], 8, 30)),
        ("waste_tonnage", "statistics", sheet([("Round", "«Mon A|Tue B|Thu C»"), ("Ward", "{ward}"), ("Dry t", "{num}.{few}"), ("Food t", "{few}.{few}"), ("Contaminated %", "{few}")], 6, 20)),
    )
)  # fmt: skip
