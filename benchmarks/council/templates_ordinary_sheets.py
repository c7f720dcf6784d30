"""Ordinary sheets, logs, code and lists that look like personal data and are not."""

# ruff: noqa: E501  a sentence of a document stays on its line

from __future__ import annotations

from benchmarks.council.template import Template


def _ordinary(name: str, text: str, family: str = "ordinary sheet", weight: int = 2) -> Template:
    return Template(name, family, text, personal=False, weight=weight)


ORDINARY_SHEETS = (
    _ordinary(
        "assets",
        """
[Asset register|IT equipment at {date}|Inventory of furniture]
Asset tag\tDescription\tMake\tSerial no\tLocation\tBought
@rows 8-50 {digits:8}\t[Laptop|Monitor|Desk|Scanner|Franking machine]\t[Dell|Herman Miller|Hewlett Packard|Brother|Philips]\t{upper:2}{digits:6}{upper:1}\t[Civic Centre|Union Street depot|{school}]\t{sdate}
""",
        weight=3,
    ),
    _ordinary(
        "budget",
        """
[Revenue budget {year}|Cost centre report|Ledger extract period {n:1-12}]
Code\tDescription\tBudget\tActual\tVariance
@rows 10-70 {n:1000000000-9999999999}\t[Salaries|Agency staff|Mental health day services|Fostering allowances|Church Lane car park|Trade union facility time|Stationery]\t{pounds}\t{pounds}\t-{pounds}
""",
        weight=3,
    ),
    _ordinary(
        "budget_bare",
        """
@rows 10-60 {n:1000000000-9999999999}\t{pence}\t{pence}\t{sdate}
""",
        weight=2,
    ),
    _ordinary(
        "barcodes",
        r"""
[EAN,Product,Pack,Price|barcode,title,qty,cost]
@rows 10-60 {ean},[Harry Potter bookmark|Victoria plums tin|Grace bath towel|Bell tape measure|Mr Sheen polish|Uncle Ben's rice|Miss Dior sample|Dr Martens boots],{n:1-48},{pence}
""",
        weight=2,
    ),
    _ordinary(
        "price_list",
        """
{firm} - price list {year}
Code\tItem\tUnit\tPrice
@rows 10-60 {upper:2}{digits:5}{upper:1}\t[Taylor hinge|Marshall slab|Fletcher bolt|Mason's line|Cooper valve|Paige curtain rail|Jasmine emulsion|Rowan picket|Amber beacon]\t[each|box|m2]\t{pence}
""",
        weight=3,
    ),
    _ordinary(
        "suppliers",
        """
[Suppliers paid over £500|Approved contractors|Supplier list]
Supplier no\tName\tAmount\tDate\tTelephone\tEmail\tPostcode
@rows 8-40 {digits:6}\t{firm}\t{pence}\t{sdate}\t{switchboard}\t{firmmail}\t{postcode}
""",
        weight=3,
    ),
    _ordinary(
        "properties",
        """
[Void properties by block|Car parks and public conveniences|Street gazetteer]
[Site|Street]\tWard\tUnits\tLast inspected
@rows 8-50 [{street}|{street} car park|Attlee House|Mandela Court|Winston Churchill House]\t{town}\t{n:1-120}\t{sdate}
""",
        weight=3,
    ),
    _ordinary(
        "log_server",
        r"""
@rows 12-60 {iso}T{n:10-23}:{n:10-59}:{n:10-59}Z [INFO|WARN|ERROR|DEBUG] \[worker-{n:1-9}\] [request {guid} done in {n:1-900} ms|job {digits:10} queued|cache miss key={hex:32}|user=svc_batch session={digits:12}|retry {n:1-5} for queue mark.read|connection reset by peer|Will retry; Grant denied to role reader]
""",
        "machine",
        4,
    ),
    _ordinary(
        "log_web",
        r"""
@rows 10-40 {ip} - - \[{n:10-28}/Nov/2026:{n:10-23}:{n:10-59}:{n:10-59} +0000\] "GET /[bins|council-tax|planning/{digits:7}] HTTP/1.1" [200|404|302] {n:120-90000}
""",
        "machine",
        2,
    ),
    _ordinary(
        "code_python",
        r"""
import csv
from decimal import Decimal

class [RentAccount|CouncilTaxBand|PupilImport]:
    '''Reads the nightly file. Fields: surname, forename, date_of_birth, nhs_number, ni_number.'''

    FIELDS = ("surname", "forename", "dob", "postcode", "password")
    LIMIT = {n:1000000000-9999999999}

    def __init__(self, name, address, phone=None):
        self.name = name          # surname first
        self.address = address
        self.token = os.environ\["API_TOKEN"\]

    def valid(self, number):
        # TODO: mark invalid rows, grant access to the reader role
        weights = range(10, 1, -1)
        return sum(int(d) * w for d, w in zip(number, weights)) % 11 == {n:0-9}

[if __name__ == "__main__":
    main(password=getpass.getpass())|assert not RentAccount("", "").valid("{badnhs}")|print(Decimal("{pence}"))]
""",
        "machine",
        3,
    ),
    _ordinary(
        "code_sql",
        r"""
-- [monthly extract|fix for ticket {digits:6}]
SELECT t.tenancy_ref, p.surname, p.forename, p.date_of_birth, p.ni_number
FROM tenancy t JOIN person p ON p.person_id = t.person_id
WHERE t.end_date IS NULL AND t.balance > {n:100-900}
  AND p.ethnic_origin IN ('A1', 'B2') -- white british, black african
ORDER BY p.surname;
GRANT SELECT ON person TO reader;
[UPDATE config SET value = '{guid}' WHERE id = {digits:9};|INSERT INTO batch (id, run) VALUES ({digits:10}, '{iso}');]
""",
        "machine",
        2,
    ),
    _ordinary(
        "config_file",
        r"""
\[database\]
host = [db.internal|localhost]
user = [housing_app|app]
password = [$\{DB_PASSWORD\}|<your password here>|changeme-placeholder|********|%(DB_PASS)s]
# secret_key is read from the vault
secret_key = [$\{SECRET_KEY\}|<secret>|xxxxxxxx]

\[mail\]
smtp = mail.internal
from = {rolemail}
build = {guid}
checksum = {hex:40}
version = {n:1-9}.{n:0-20}.{n:0-9}
timeout = {n:10-900}
""",
        "machine",
        3,
    ),
    _ordinary(
        "guids",
        """
[Correlation id\tQueue\tSize|id\tstate\tbytes]
@rows 10-40 {guid}\t[open|done|failed]\t{n:100-99999}
""",
        "machine",
        2,
    ),
    _ordinary(
        "statistics",
        """
[Workforce by ethnic group {year}|Pupils by need and sex|Recorded crime by ward|Census {year}: religion by ward]
[Group\tMale\tFemale\tTotal|Ward\tHeadcount\t%\tChange]
White British\t{n:100-9000}\t{n:100-9000}\t{n:100-9000}
Black African\t{n:10-900}\t{n:10-900}\t{n:10-900}
Pakistani\t{n:10-900}\t{n:10-900}\t{n:10-900}
[Muslim|Roman Catholic|Gay or lesbian|Disabled|Depression]\t{n:10-900}\t{n:10-900}\t{n:10-900}
[Burglary|Shoplifting|Autism|Physical disability|Sikh]\t{n:10-900}\t{n:10-900}\t{n:10-900}
Total\t{n:1000-90000}\t{n:1000-90000}\t{n:1000-90000}
Figures under five are shown as *. Source: [School census|Census {year}|Payroll at {date}]. [Enquiries {rolemail}.|]
""",
        weight=4,
    ),
    _ordinary(
        "look_alikes",
        """
[Meter readings|Job tickets|Parcel tracking]
[NHS-style ref|Reference|Job no]\tReading\tRead on\tCard token
@rows 8-40 {badnhs}\t{n:1000-99999}\t{sdate}\t{badcard}
""",
    ),
    _ordinary(
        "rooms",
        """
Room bookings, week of {date}
Room\t[Day|Date]\tFrom\tTo\tFor
@rows 8-30 [Nelson|Victoria|Mandela|Gladstone|Elgar|Marie Curie]\t{weekday}\t{time}\t{time}\t[{team}|Budget|Interviews|Faith network|Cancer awareness|Union meeting]
""",
    ),
    _ordinary(
        "timetable",
        """
[Bus 17: {town} to {town}|Mobile library|Bin calendar {year}]
Stop\tDep\tDep\tDep\tFrom
@rows 8-30 {street}\t{n:10-11}.{n:10-59}\t{n:12-15}.{n:10-59}\t{n:16-19}.{n:10-59}\t{sdate}
""",
    ),
    _ordinary(
        "fleet",
        """
Fleet running costs {year}
Fleet no\tType\tFuel\tTyres\tMOT due\tMileage
@rows 8-40 {upper:1}{digits:3}\t[Refuse 26t|Mercedes Sprinter|Ford Transit|Dennis Eagle|John Deere mower]\t{pence}\t{pence}\t{sdate}\t{n:1000-120000}
""",
    ),
    _ordinary(
        "tests",
        """
TEST SCHEDULE - [housing upgrade|payroll year end]
Step\tAction\tExpected\tPass
@rows 8-30 {n:1-9}.{n:1-40}\t[Enter a surname and press Search|Enter an invalid NI number|Create tenant with date of birth after today|Set password to blank|Check NHS number field takes ten digits|Print letter]\t[Error shown|Record saved|Field refuses letters|Letter prints with address]\t[Y|N|]
""",
    ),
    _ordinary(
        "plants",
        """
Planting schedule, [Jubilee Gardens|Church Lane verge]
Species\tCultivar\tNo\tSize
@rows 8-40 [Rosa|Clematis|Acer|Prunus|Rhododendron|Syringa]\t['Margaret Merril'|'Nelly Moser'|'Charles Austin'|'Ena Harkness'|'Madame Lemoine'|'Percy Wiseman'|'Ivy Gold']\t{n:1-90}\t{n:2-10}L
""",
    ),
    _ordinary(
        "library",
        """
Title\tISBN\tShelf\tCopies
@rows 8-40 [Jane Eyre|Emma|Oliver Twist|David Copperfield|Tom Sawyer|Mary Barton|Adam Bede|Silas Marner|Harry Potter]\t978{digits:10}\t{upper:3}\t{n:1-9}
""",
    ),
    _ordinary(
        "risk_register",
        """
Risk\tLikelihood\tImpact\tOwner\tReview
@rows 5-20 [Loss of personal data, such as names and NHS numbers|Fraud by a supplier|A child is harmed because a referral is missed|Strike by trade union members|Outbreak of hepatitis at a care home|Bridge collapse]\t{n:1-5}\t{n:1-5}\tHead of {team}\t{month} {year}
""",
    ),
    _ordinary(
        "large_readings",
        """
Sensor\tTaken\tValue\tBatch
@rows 1500-1900 {digits:10}\t{sdate}\t{pence}\t{n:1000000000-9999999999}
""",
        weight=1,
    ),
    _ordinary(
        "schools_list",
        """
School\tAddress\tPostcode\tTelephone\tEmail\tRoll
@rows 6-25 {school}\t{officestreet}\t{postcode}\t{switchboard}\t{rolemail}\t{n:60-1600}
""",
    ),
)
