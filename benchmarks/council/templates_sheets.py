"""Sheets and lists of people, tab-delimited as a reader gives them or comma-delimited, with headings or without; forms."""

# ruff: noqa: E501  a sentence of a document stays on its line

from __future__ import annotations

from benchmarks.council.template import Template


def _sheet(name: str, text: str, weight: int = 2, family: str = "sheet") -> Template:
    return Template(name, family, text, weight=weight)


def _commas(text: str) -> str:
    return text.replace("\t", ",")


_PAYROLL = """
@pick 0-1 payroll_titles
@rows 1-1 [Employee No|Pay No|Emp ID]\t[Surname|Last name]\t[Forename|First name]\t[NI Number|NINO|National Insurance No]\t[DOB|Date of Birth|D.O.B]\t[Sort Code|Sort]\t[Account No|Bank account]\tGross\tTax code
@rows 5-26 {x.staff}\t{x.surname}\t{x.first}\t{x.nino}\t{x.sdob}\t{x.sort}\t{x.account}\t{pence}\t1257L
"""

SHEETS = (
    _sheet("sheet_payroll", _PAYROLL),
    _sheet(
        "sheet_payroll_csv",
        r"""
@rows 1-1 employee_number,name,ni_no,date_of_birth,annual_salary,[union_subs|cost_centre]
@rows 7-26 {x.staff},{x.name},{x.nino},{x.sdob},{n:19000-62000},{n:1000000000-1999999999}
""",
    ),
    _sheet(
        "sheet_union",
        """{!UNION}
UNISON subscriptions deducted {month} {year}
Payroll no\tName\tDeduction
@rows 6-40 {x.staff}\t{x.last_first}\t{pence}
""",
        1,
    ),
    _sheet(
        "sheet_arrears",
        """
[RENT ARREARS OVER £500|Arrears report week {n:1-52}|Former tenant arrears]

[Account|Rent account|Tenancy ref]\tTenant\tAddress\tPostcode\tBalance\t[Officer|Notes]
@rows 5-26 {x.rent}\t[{x.name}|{x.title} {x.initial}|{x.last_first}]\t{x.home}\t{x.postcode}\t{pence}\t[rang, no reply|letter 2|court {sdate}|paying|]
""",
    ),
    _sheet(
        "sheet_council_tax",
        _commas("""
@rows 1-1 CT account\tLiable party\tProperty\tPost code\tBand\tBalance\tTelephone
@rows 5-26 {x.tax}\t{x.titled_initial}\t"{x.home}"\t{x.postcode}\t[A|B|C|D]\t{pence}\t{x.mobile}
"""),
    ),
    _sheet(
        "sheet_pupils",
        """{!CHILD}
{school}, [spring|autumn] census
@rows 1-1 UPN\t[Surname|Legal surname]\t[Forename|Legal forename]\t[DOB|Date of birth]\tYear\tHouse\t[FSM|Class]\tContact
@rows 5-26 {kx.upn}\t{kx.surname}\t{kx.first}\t{kx.sdob}\t{n:1-11}\t[Blue|Red|Green]\t[Y|N]\t{x.mobile}
""",
    ),
    _sheet(
        "sheet_pupils_needs",
        """{!CHILD}{!HEALTH}
SEN register {school} {year}
Name\tDOB\tNeed\tStage\tKey adult
@rows 5-26 {kx.name}\t{kx.sdob}\t[Autism|Speech and language|Hearing impairment|Dyslexia|ADHD, on medication]\t[K|E]\t{x.formal}
""",
        1,
    ),
    _sheet(
        "sheet_electors",
        """
[Register of electors {year} - polling district {upper:2}|Electoral roll, ward of {town}]

No.\tElector's name\tQualifying address
@rows 9-26 {n:1-2400}\t{x.LAST_first}\t{x.home}, {town}, {x.postcode}
""",
    ),
    _sheet(
        "sheet_electors_bare",
        """
@rows 9-26 {x.SURNAME}\t{x.first}\t{x.home}\t{x.postcode}
""",
        1,
    ),
    _sheet(
        "sheet_headless",
        """
@rows 5-26 {x.surname}\t{x.first}\t{x.rawnhs}\t{x.home}\t{x.postcode}
""",
    ),
    _sheet(
        "sheet_headless_mail",
        r"""
@rows 5-26 {x.name},{x.mail},{x.mobile}
""",
    ),
    _sheet(
        "sheet_clients",
        """{!HEALTH}
Day centre register\t\t\t\t
Client\tD.o.b.\tNHS\tMobility\tTransport
@rows 5-26 {x.name}\t{x.sdob}\t{x.nhs}\t[Wheelchair|Walks with frame|Oxygen|Diabetic diet]\t[Bus|Taxi|Own]
""",
    ),
    _sheet(
        "sheet_training",
        """
Fire safety training attendance, {date}

[Name\tTeam\tSigned|Delegate\tTeam\tPassed]
@rows 5-26 [{x.name}|{x.name}|{x.last_first}]\t{team}\t[Y|N|yes]
""",
    ),
    _sheet(
        "sheet_contacts",
        """
[Out of hours rota|Emergency contacts|Keyholders]
Week\tFirst call\tMobile\tSecond call\tHome number
@rows 6-26 {n:1-52}\t{x.name}\t{x.mobile}\t{y.name}\t{y.landline}
""",
    ),
    _sheet(
        "sheet_vehicles",
        """
Staff parking permits\t\t\t
Permit\tHolder\tReg\tDept
@rows 5-26 {n:100-999}\t{x.initial}\t{x.plate}\t{team}
""",
    ),
    _sheet(
        "sheet_passwords",
        """
System\tUsername\tPassword\tNotes
@rows 4-14 [Payroll|Housing|CCTV|GIS|Library]\t{x.workmail}\t{x.secret}\t[ask {x.first}|expires {month}|]
""",
    ),
    _sheet(
        "sheet_checks",
        """{!CRIMINAL}
DBS and convictions log - volunteers, {charity}
Surname\tForename\tDOB\tDisclosure
@rows 6-25 {x.surname}\t{x.first}\t{x.sdob}\t[Clear|Clear|Caution for theft {year}|Convicted of fraud {year}|Assault, community order {year}]
""",
        1,
    ),
    _sheet(
        "sheet_travellers",
        """{!ETHNICITY}{!RELIGION}
Equality monitoring by employee
Emp no\tEmployee\tEthnic origin\tReligion\tGrade
@rows 5-26 {x.staff}\t{x.name}\t{origin}\t[Christian|Muslim|Hindu|None|Sikh]\t{n:3-12}
""",
        1,
    ),
    _sheet(
        "sheet_properties",
        """
Council house sales
UPRN\tAddress\tPostcode\tPurchaser\tPrice
@rows 5-26 {x.uprn}\t{x.home}\t{x.postcode}\t{x.fullformal}\t{pounds}
""",
        1,
    ),
    _sheet(
        "sheet_large",
        """
Ref\tClient name\tDOB\tNHS Number\tAddress\tPostcode\tPhone
@rows 1500-1900 {n:10000-99999}\t{x.name}\t{x.sdob}\t{x.rawnhs}\t{x.home}\t{x.postcode}\t{x.mobile}
""",
        1,
    ),
    Template(
        "form_application",
        "forms",
        r"""
[APPLICATION FORM|Ffurflen gais / Application form|Housing register application]
[Please write in BLOCK CAPITALS|]

[Surname
{p.SURNAME}
Forename(s)
{p.first}
Date of birth
{p.dob}
National Insurance number
{p.nino}
Address
{p.home}
{town}
Postcode
{p.postcode}
Telephone
{p.phone}|1. Full name: {p.fullformal}
2. Date of birth: {p.dob}
3. NI number: {p.nino}
4. Present address: {p.home}, {town}
   Postcode: {p.postcode}
5. Daytime telephone: {p.phone}
6. E-mail: {p.mail}]
[Partner's name
{q.name}|Next of kin: {q.name} ({q.phone})|Emergency contact: {q.name}, {q.mobile}|]
[Do you have any medical condition? {!HEALTH}[Yes - angina|yes, epilepsy since birth|Yes. Chronic back pain, cannot work]|Do you have any medical condition? No|Ethnic origin (tick one): {!ETHNICITY}\[x\] {origin}|]
[Any criminal convictions? {!CRIMINAL}Yes, burglary {year}|Any criminal convictions? None|]
Signed: {p.initial}   Date: {sdate}
[For office use: received by {o.name}|]
""",
        weight=5,
    ),
    Template(
        "form_table",
        "forms",
        """
[Tenant details|Member details|Household]
Name\t{p.name}
[DOB|Date of birth]\t{p.sdob}
Address\t{p.home}
Postcode\t{p.postcode}
[Mobile|Tel]\t{p.mobile}
Email\t{p.mail}
[NHS number\t{p.nhs}
|]Household members\t{!CHILD}{q.name} ({q.sdob}), {k.name} ({k.sdob})
GP\tDr {w.surname}
""",
        weight=3,
    ),
    Template(
        "form_passport",
        "forms",
        r"""
[Right to work check|Proof of identity]
Employee: {p.name}
Passport [number|no.]: {p.passport}
[Date of birth|DOB]: {p.sdob}
[Driving licence: {p.licence}
|NI number: {p.nino}
|]Checked by: {o.name} on {sdate}
""",
        weight=2,
    ),
    Template(
        "form_free_school_meals",
        "forms",
        r"""{!CHILD}
Free school meals and pupil premium
Parent/carer: {p.name}   NI no: {p.nino}   DOB: {p.sdob}
Child 1: {k.name}, born {k.dob}, {school}
[Child 2: {m.name}, born {m.dob}
|]Address {p.home} {p.postcode}
""",
        weight=2,
    ),
)

POOLS_OF_SHEETS = {"payroll_titles": ("[Payroll {month} {year}|PAYROLL - WEEKLY PAID STAFF]",)}
