"""Rarer papers, of people and of none: statements, references, logs of calls, Welsh letters; newsletters and glossaries."""

# ruff: noqa: E501  a sentence of a document stays on its line

from __future__ import annotations

from benchmarks.council.template import Template

MORE = (
    Template(
        "witness_statement",
        "criminal",
        r"""{!CRIMINAL}
WITNESS STATEMENT (Criminal Procedure Rules, r 27.2)
Statement of: {p.name}
Age if under 18: over 18      Occupation: {job}

[I am the above named person and live at an address known to the council.|I live at {p.home}.] [On {date} at about {time} I saw a man I know as {q.name}|On {date} I was in {street} when {q.name}] [tip rubbish from a white van, {q.plate}|break the window of the youth centre|hit {r.name} in the face].
[{r.first} was with me and saw it too.|{q.surname} shouted at {r.first} and drove off.|I told {q.him} to stop. {q.He} laughed.]
[I wish to give evidence and am willing to attend court.|I do not want {q.first} to know my name.]
Signed: {p.initial}    Witnessed by: {o.name}
@pick 0-2 unsaid
""",
    ),
    Template(
        "reference_letter",
        "staff",
        r"""
[To whom it may concern|Reference for {p.name}|TENANCY REFERENCE]

[I have known {p.formal} since {year}.|{p.name} worked for me at {firm} from {year} to {year}.|{p.first} has rented my flat at {p.home} for {n:2-9} years.]
[{p.He} is honest and never late.|I would have {p.him} back tomorrow.|{p.surname} always paid on the first of the month.]
@pick 1-3 said
@pick 0-2 unsaid
[{q.name}|{q.fullformal}], {firm}
{q.phone}
""",
    ),
    Template(
        "call_log",
        "requests",
        r"""
[Contact centre - call notes|Telephone messages|Customer services log]

@pick 4-12 calls
""",
        weight=4,
    ),
    Template(
        "welsh_letter",
        "letter",
        r"""
Cyngor Sir Aberwen
{p.fullformal}
{p.home}
{town} {p.postcode}

[Annwyl {p.formal}|Annwyl {p.first}]

[Treth y Cyngor - rhif y cyfrif|Council Tax account / Rhif cyfrif treth y cyngor] {p.tax}

Diolch am eich llythyr dyddiedig {sdate}. [Mae {o.name} wedi edrych ar eich achos.|Bydd {o.first} yn eich ffonio yr wythnos nesaf.]
Your balance is {money}. [Dyddiad geni: {p.sdob}.|Rhif Yswiriant Gwladol: {p.nino}.|Ffôn: {p.mobile}.]
[{!HEALTH}Mae {q.name} yn yr ysbyty ar ôl strôc.|{!RELIGION}Mae {q.first} yn weinidog gyda'r Bedyddwyr ac yn mynychu'r capel.||]

Yn gywir
{o.name}
""",
    ),
    Template(
        "visitors_book",
        "sheet",
        """
[VISITORS - please sign in|Cofrestr ymwelwyr / Visitors]
Date\tName\tFrom\tCar\tTo see\tIn
@rows 5-30 {sdate}\t[{x.name}|{x.initial}|{x.surname}]\t[{firm}|{charity}|resident]\t[{x.plate}||]\t[{o.first}|{o2.name}|{y.initial}]\t{time}
""",
    ),
    Template(
        "sole_traders",
        "sheet",
        """
[Grants and expenses paid|Self-employed tutors|Childminders]
Payee\tUTR\tSort code\tAccount number\tIBAN\tMobile
@rows 4-20 {x.name}\t{x.utr}\t{x.sort}\t{x.account}\t{x.iban}\t{x.mobile}
""",
        weight=1,
    ),
    Template(
        "card_payments",
        "sheet",
        """
Telephone payments {date}
Payer,Card number,Expiry,Amount,Rent account
@rows 4-20 {x.name},{x.card},0{n:1-9}/{n:26-29},{pence},{x.rent}
""",
        weight=1,
    ),
    Template(
        "drivers",
        "sheet",
        """
Driver\tLicence number\tVehicle reg\tDOB\tPassport number
@rows 4-20 {x.name}\t{x.licence}\t{x.plate}\t{x.sdob}\t{x.passport}
""",
        weight=1,
    ),
    Template(
        "housing_list",
        "sheet",
        r"""{!HEALTH}
"App no","Applicant","D.O.B.","Current address","Medical priority","Contact"
@rows 4-20 {x.claim},"{x.last_first}","{x.sdob}","{x.home}, {x.postcode}","[Bipolar disorder|COPD, on oxygen|none|Cannot climb stairs, MS]","{x.mobile}"
""",
        weight=1,
    ),
    Template(
        "scanned_card",
        "forms",
        r"""
[HOME CARE CARD|Old index card (scanned)]
[NAME {p.NAME}|{p.SURNAME} {p.first}]
[D O B {p.sdob}|born {p.sdob}]
{p.home} {p.postcode}
[N.H.S. {p.nhs}|Nat Ins {p.nino}]
[Tel. {p.landline}|TEL {p.mobile}]
N.O.K. [{q.titled_initial}|{q.name}] ([{q.child}|neighbour]) {q.phone}
@pick 0-2 said
""",
        weight=2,
    ),
)

ORDINARY_MORE = (
    Template(
        "letter_to_firm",
        "commerce",
        r"""
{council}
{office}

{firm}
{office}

{date}   Our ref: {ref}

Dear Sirs

[Contract {digits:6}: winter maintenance|Final account: {school} roof|Purchase order {digits:8}]

[We refer to your letter of {date} and do not accept that the delay was caused by the Council.|The retention of {money} will be released on {date}.|Please send a method statement and your insurance certificate by {date}.]
@pick 1-3 clauses
Yours faithfully

Head of {team}
[{switchboard}|{rolemail}]
""",
        personal=False,
        weight=3,
    ),
    Template(
        "newsletter",
        "notices",
        r"""
[{town} Matters - news from your council|Press release {date}|Staff bulletin no {n:10-300}]

@pick 3-9 news
[Tell us what you think: {rolemail}.|Ring {switchboard}.]
""",
        personal=False,
        weight=4,
    ),
    Template(
        "risk_assessment",
        "policy",
        r"""
[RISK ASSESSMENT|COSHH ASSESSMENT|Fire risk assessment] {ref}
Activity: [Use of ladders|Weed spraying in {street}|Legionella flushing|Lone working]
Who may be harmed: staff, contractors, the public, people with asthma, expectant mothers
Hazard\tControl\tScore
@rows 4-12 [Slips|Dermatitis|Back injury|Violence|Epileptic seizure at height|Electric shock]\t[Gloves|Training|Two-person lift|Barrier|Phone check every hour]\t{n:1-25}
Review: {date}
""",
        personal=False,
    ),
    Template(
        "course_programme",
        "notices",
        r"""
[Training programme|Course outline]: [Safeguarding level 2|Dementia friends|Hate crime and faith|Criminal record checks explained|Autism awareness]
{date}, [Nelson Room|Gladstone Suite], {street}

{n:9-9}.30 Coffee
10.00 [What is abuse? Signs and what to do|How dementia changes the brain|Reading a DBS certificate]
11.30 Case study: "Mrs A", a widow with diabetes, and "Child B", on a protection plan
13.00 Lunch (halal and vegan)
14.00 [Role play|Quiz|Law]
16.00 Close
Book at {web} or {switchboard}
""",
        personal=False,
    ),
    Template(
        "glossary",
        "policy",
        r"""
[Glossary|Data dictionary|Field list for migration]
@rows 1-1 Term\tMeaning
NINO\tNational Insurance number: two letters, six digits, one letter
UPN\tUnique Pupil Number, thirteen characters
[DOB\tDate of birth, DD/MM/YYYY|SURNAME\tFamily name, up to 35 letters]
NHS_NO\tTen digits, the last a check digit
LAC\tLooked after child
[MARAC\tMulti-agency risk assessment conference on domestic abuse|ETHNIC_CD\tEthnic origin code]
CT_REF\tCouncil tax account, eight digits
[OFFENCE_CD\tOffence code from the court|RELIGION_CD\tReligion code]
ROW_ID\t{guid}
Last load\t{iso}
Rows\t{digits:6}
Checksum\t{hex:32}
Owner\t{team}
""",
        personal=False,
    ),
    Template(
        "census_prose",
        "policy",
        r"""
Joint strategic needs assessment: {town}

@pick 3-6 needs
Source: Census {year}; GP profiles. Enquiries to {rolemail}.
""",
        personal=False,
        weight=3,
    ),
    Template(
        "welsh_notice",
        "notices",
        r"""
HYSBYSIAD CYHOEDDUS / PUBLIC NOTICE
Cyngor Sir Aberwen

Bydd {street} ar gau o {sdate} tan {sdate}. {street} will be closed.
Ffôn / Tel: {switchboard}    E-bost: {rolemail}
Bydd gwasanaeth capel yn Neuadd Dewi Sant am {time}. Croeso i bawb.
Swyddfeydd y Cyngor, {office}
""",
        personal=False,
    ),
    Template(
        "stock_upper",
        "ordinary sheet",
        r"""
[STOCK LIST|PARTS ON ORDER] {sdate}
@rows 8-40 {digits:4}-{digits:4}  [BAKER HOSE CLIP|MARSHALL SPEAKER|WEBER GRILL|DENIS WHEEL NUT|LAURA CURTAIN|FORD WING MIRROR|STANLEY KNIFE|PARKER PEN BLUE|JOHN DEERE BELT|ROSE BOWL]  {n:1-99}  {pence}
""",
        personal=False,
    ),
)

POOLS_OF_MORE = {
    "calls": (
        "{time} {p.name}, {p.home}. [Missed bin|Bulky waste|Noise]. Ring back {p.mobile}. ({o.first})",
        "{time} Caller [gave her name as|gave his name as|was] {q.titled_initial}. Date of birth checked: {q.dob}. Council tax ref {q.tax}. Paid {money}.",
        "{time} {r.first} from {firm} for {o2.name} - call him on {r.phone}",
        "{time} {s.name} {s.postcode}, {!HEALTH}wants to know where {s.his} Blue Badge is. [Says {s.he} can hardly breathe after ten steps.|Told six weeks.]",
        "{time} Anonymous: says {t.name} of {t.home} works on the side and claims. [{!CRIMINAL}{t.first} has been done for it before.|Passed to {o.letters}.]",
        "{time} Wrong number.",
        "{time} {u.name} again. Shouted at {w.first}. {w.surname} put the phone down.",
        "{time} {v.fullformal} about school transport for {k.name} ({k.sdob}). {!CHILD}E-mail {v.mail}.",
        "{time} Cllr {c.surname}'s secretary: can {o.name} come to the site?",
        "{time} Payment by card for {x.name}: ends 4{digits:3}, rent a/c {x.rent}.",
        "{time} [Gypsy caravan sign stolen from the Romany museum.|Shop window broken.|Swans on the bypass.|Cancer charity bin full.]",
        "{time} Streetlight out, {street}. No name given.",
    ),
    "news": (
        "The new library in {street} opens on {date}. It has a café, forty computers and a children's corner. There will be cake.",
        "Bin days change in the week of the bank holiday. Put your rubbish out by {time}. Blue bins go on {weekday}.",
        "Black History Month, Pride and Inter Faith Week will be marked at the {town} museum. Entry is free.",
        'A spokesman for the council said: "We know that people are worried about the road, and we will mend it."',
        "Crime is down: burglary has fallen by {n:2-30}% and shoplifting by {n:2-20}% since {year}, says the police and crime panel.",
        "Would you like to foster? There are {n:40-300} looked after children in the county who need a home.",
        "The mayor's charity this year is {charity}. A sponsored walk for cancer research raised {money}.",
        "Work has begun on Attlee Court. {firm} will build {n:12-90} flats with lifts for people who use wheelchairs.",
        "Flu jabs can be had at {street} surgery. If you have asthma, diabetes or heart disease the jab is free.",
        "Winners of the garden prize will be told by post. Thanks to all who took part in Grace Gardens.",
    ),
    "needs": (
        "{n:5-30}% of people aged over 65 have diabetes and {n:2-9}% have dementia. Depression is recorded for {n:6-14}% of adults.",
        "{n:60-95}% of residents are White British, {n:2-20}% Asian and {n:1-10}% Black. {n:1-9}% live in homes where nobody speaks English.",
        "{n:30-60}% said that they were Christian, {n:1-12}% Muslim and {n:20-50}% of no religion. {n:1-5}% are gay, lesbian or bisexual.",
        "{n:20-80} children in 10,000 are looked after; {n:10-60} are on a child protection plan. Neglect is the commonest reason.",
        "Re-offending by young people stands at {n:20-50}%. Probation works with about {n:100-900} adults.",
        "Men in {town} die {n:2-9} years sooner than men in {town}. Smoking, drink and bad housing are to blame.",
        "Trade union membership among the council's own staff is {n:30-70}%. Absence for stress has risen.",
    ),
}
