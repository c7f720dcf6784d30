"""Ordinary documents that hold nobody's data, in prose: policies, notices, leaflets, agendas, contracts, history."""

# ruff: noqa: E501  a sentence of a document stays on its line

from __future__ import annotations

from benchmarks.council.template import Template


def _ordinary(name: str, text: str, family: str, weight: int = 2) -> Template:
    return Template(name, family, text, personal=False, weight=weight)


ORDINARY = (
    _ordinary(
        "policy",
        r"""
[POLICY|Policy and procedure|Staff guidance]: [Sickness Absence|Safeguarding Children and Adults|Equality, Diversity and Inclusion|Drugs and Alcohol at Work|Religion and Belief|Trade Union Facilities|Employment of Ex-Offenders|Use of Biometric Systems in Schools]
[{council}|{team}]   Version {n:1-9}.{n:0-9}   Review: {month} {year}

@pick 4-10 policy_paragraphs
[Questions about this policy should be sent to {rolemail}.|Contact: {team}, {switchboard}.|]
""",
        "policy",
        6,
    ),
    _ordinary(
        "leaflet",
        r"""
[Living with diabetes|Know the signs of stroke|Stop smoking this {month}|Domestic abuse: where to turn|Free school meals|Help with your council tax|Warm Spaces in {town}]

@pick 3-8 leaflet_paragraphs
[{charity}
{office}
Tel: {switchboard}|Visit {web} or ring {switchboard}.|Croeso i chi ffonio {switchboard}.]
""",
        "leaflet",
        5,
    ),
    _ordinary(
        "agenda",
        r"""
[AGENDA|A G E N D A|Rhaglen / Agenda]
[{team} Committee|Scrutiny Panel|Joint Consultative Forum]
{date} at {time}, [Council Chamber|Committee Room {n:1-4}|Nelson Room], [County Hall|Civic Centre]

1. Apologies for absence
2. Declarations of interest
3. Minutes of the meeting held on {date}
4. [Budget monitoring|Petition: {street}|Treasury strategy]
5. [Church Lane conservation area|Mount Pleasant car park|St John's ward boundary|Winston Churchill House refurbishment]
6. [Exclusion of the public under Schedule 12A to the Local Government Act 1972|Forward plan]
7. Any other business

[Enquiries: Democratic Services, {switchboard}, {rolemail}|Fire: leave by the nearest exit and meet in {street}.]
[Quorum: {n:3-7}. Substitutes must be notified by noon on the day.|]
""",
        "meetings",
        3,
    ),
    _ordinary(
        "minutes_unnamed",
        r"""
Minutes - [Health and Safety Group|Print Room User Group|Fleet Board], {date}
Present: representatives of {team}, {team} and the contractor
Apologies: [one|two|none]

@pick 2-6 unnamed_items
Next meeting {date}, {time}.
""",
        "meetings",
        3,
    ),
    _ordinary(
        "procurement",
        r"""
[CONTRACT NOTICE|Invitation to Tender|Request for Quotation] [{ref}|PROC-{digits:5}]
Authority: {council}, {office}
Title: [Supply of road salt|Grounds maintenance, lots 1 to {n:2-8}|Cleaning of public buildings|Framework for agency social workers]
CPV codes: {digits:8}-{n:1-9}, {digits:8}-{n:1-9}
Estimated value: £{pounds}
Deadline: {date} {time}
Award: {n:40-70}% quality, {n:20-50}% price
Return to: {rolemail}
Minimum insurance: £5,000,000. Company number {digits:8}. [DUNS {digits:9}.|]
[Bidders must state convictions of the company under regulation 57.|The contract will be let for {n:2-5} years from {date}.]
""",
        "commerce",
        3,
    ),
    _ordinary(
        "contract",
        r"""
THIS AGREEMENT is made on {date} between
(1) {council} of {office} ("the Council"); and
(2) {firm} (company number {digits:8}) whose registered office is at {office} ("the Contractor")

@pick 5-8 clauses
SIGNED for and on behalf of the Contractor ..........................  Director
THE COMMON SEAL of the Council was hereunto affixed
""",
        "commerce",
        4,
    ),
    _ordinary(
        "invoice",
        r"""
[INVOICE|TAX INVOICE|Sales invoice]
{firm}
{office}
Tel {switchboard}   [{firmmail}|]
VAT reg {vat}

Invoice no: {digits:6}      Order: PO{digits:7}      Date: {sdate}
To: {council}, {team}, {office}

Qty\tDescription\tUnit\tTotal
@rows 2-14 {n:1-40}\t[Harper garden bench|Victoria radiator valve|Gordon ladder 3m|Hire of skip|Toner, black|Reeves acrylic, blue|Labour, {n:1-9} hours|Sandwich platter, halal|Gloves, nitrile, M|Rose bushes, Queen Elizabeth]\t{pence}\t{pence}

Net {money}   VAT {money}   Total {money}
[Payment by BACS within 30 days.|Terms: strictly 30 days.]
""",
        "commerce",
        5,
    ),
    _ordinary(
        "history",
        r"""
[A short history of {town}|Blue plaque trail|The workhouse in {street}]

@pick 3-8 history_paragraphs
""",
        "history",
        4,
    ),
    _ordinary(
        "job_advert",
        r"""
[VACANCY|Job advert|Come and work with us!] {job}
{council}, {team}, Grade {n:4-12}, £{pounds} a year, {n:18-37} hours

[We are looking for somebody with experience of cancer services, depression support and addiction work.|You will be part of a friendly team in {town}.|The person appointed will have a degree and a clean driving licence.]
[The post is exempt from the Rehabilitation of Offenders Act and a DBS check will be made.|We welcome applicants of every ethnicity, religion and sexual orientation.|Disabled applicants who meet the criteria are promised an interview.]
[You may join the Local Government Pension Scheme and a trade union of your choice.|Interviews on {date}.]
Apply at {web} by {date}. [Reference {upper:3}{digits:4}.|] Questions to {rolemail}.
""",
        "notices",
        3,
    ),
    _ordinary(
        "public_notice",
        r"""
{council}
[ROAD TRAFFIC REGULATION ACT 1984: TEMPORARY CLOSURE OF {street}|TOWN AND COUNTRY PLANNING ACT 1990: stopping up of highway|LICENSING ACT 2003: notice of application for a premises licence]

[Notice is hereby given that the Council intends to make an order to prohibit vehicles in {street}, {town}, from its junction with {street} for {n:40-900} metres.|{firm} has applied for a licence for premises known as The Fox and Grapes, {street}.]
The order comes into force on {date} and lasts up to {n:3-90} days. [An alternative route runs by way of {street}, {street} and Mount Pleasant.|Access for residents will be kept.]
[Objections must be sent in writing to {office} by {date}.|Objections to {rolemail} quoting {ref}.]
Head of {team}
""",
        "notices",
        3,
    ),
    _ordinary(
        "menu",
        r"""
[SCHOOL LUNCH MENU - week {n:1-3}|Meals on wheels: {month}|Canteen]

Monday: [Cottage pie|Lancashire hotpot|Chicken Kiev], peas, [Victoria sponge|Eve's pudding]
Tuesday: [Halal chicken curry|Beef Stroganoff|Jerk chicken], rice, [Bakewell tart|Eton mess]
Wednesday: roast [pork|turkey], gravy, [Queen of puddings|Apple Charlotte]
Thursday: [Caesar salad|Shepherd's pie|Welsh rarebit], beans, [Peach Melba|fruit]
Friday: [fish and chips|Kosher fishcakes|Cumberland sausage], [Battenberg|Garibaldi biscuits]
Diabetic and coeliac choices each day. Price £{pence} [from {date}|]
""",
        "notices",
        2,
    ),
    _ordinary(
        "web_page",
        r"""
[Report a missed bin|Apply for a Blue Badge|Apply for a school place|Pay your council tax|Contact us]

[Before you start you will need: your National Insurance number, your date of birth and your council tax account number.|You will be asked for your NHS number and your doctor's name and address.|Have your child's date of birth and UPN to hand.]
[Example: QQ 12 34 56 C|It is on your bill, for example 7XXXXXXX|For example 07XXX XXXXXX]
Opening hours: Monday to Thursday {time} to {time}, Friday until {time}
Telephone: {switchboard}
Email: {rolemail}
Write to: {office}
[Last updated {date}|Page reference {digits:8}]
""",
        "notices",
        4,
    ),
    _ordinary(
        "form_blank",
        r"""
[APPLICATION FORM|Claim form HB{n:1-9}|Referral form] [page 1 of {n:2-9}|(please use black ink)|]

Surname ................................  Forename(s) ............................
Title: Mr / Mrs / Miss / Ms / Other
Date of birth  __ / __ / ____        National Insurance number  _ _ / _ _ / _ _ / _ _ / _
Address .............................................................
Postcode ..............   Telephone (home) ................ (mobile) ................
[Ethnic origin:  White British   Asian Indian   Black Caribbean   Other
|Religion:  Christian   Muslim   Hindu   Sikh   None   Prefer not to say
|Do you have any unspent convictions?  Yes / No
|Name of GP ...................   Any medical conditions ...................
]Sort code __-__-__   Account number ________
Signature ......................   Date ..................
[Return this form to {office}.|Return to {rolemail}|]
""",
        "forms",
        4,
    ),
    _ordinary(
        "mail_role",
        r"""
From: {rolemail}
To: {rolemail}
Date: {date} {time}
Subject: [System down|Invoice {digits:6} overdue|Room change|Bank holiday bins]

[Dear colleague|Dear Sirs|All|Dear customer],

[The finance system will be off from {time} on {date}.|Please note that the bin lorry will come a day late after the bank holiday.|Invoice {digits:6} for {money} is overdue; please pay {firm} as soon as you can.|The meeting has moved to the Mandela Room.]
[Anybody who has trouble should ring the helpdesk on {switchboard}.|Do not reply to this message.]

[Helpdesk|Customer Services|Accounts Payable]
{council} | {office}
T {switchboard} W {web}
""",
        "e-mail",
        4,
    ),
    _ordinary(
        "audit_report",
        r"""
INTERNAL AUDIT REPORT: [Payroll|Creditors|Fostering payments|Youth Justice|Substance misuse contracts]
{council}   {month} {year}   Opinion: [substantial|limited|reasonable]

@pick 3-6 audit_paragraphs
""",
        "policy",
        3,
    ),
)

POOLS_OF_ORDINARY = {
    "policy_paragraphs": (
        "{n:1-9}.{n:1-9} A member of staff who is diagnosed with cancer, HIV or multiple sclerosis is protected by the Equality Act 2010 from the day of the diagnosis. Managers must consider what adjustments can reasonably be made, and should ask Occupational Health for advice.",
        "{n:1-9}.{n:1-9} Employees must be allowed time to pray and to observe religious holidays such as Eid, Diwali, Yom Kippur and Easter, where the service can be kept going. Requests are made in the ordinary way.",
        "{n:1-9}.{n:1-9} Any concern that a child is at risk of significant harm must be passed to the multi-agency safeguarding hub on the same day. Never promise a child to keep a secret. Physical abuse, neglect and sexual abuse are described in Working Together.",
        "{n:1-9}.{n:1-9} Accredited representatives of recognised trade unions are given reasonable time off. Membership of UNISON, GMB or Unite must never be a reason for treating anybody less well.",
        "{n:1-9}.{n:1-9} Having been convicted of an offence does not of itself bar anybody from a post. What was done, how long ago, and whether it bears on the work will be weighed. Applicants must declare unspent convictions.",
        "{n:1-9}.{n:1-9} Fingerprint systems in schools need the written consent of a parent (Protection of Freedoms Act 2012, section 26). Biometric templates are deleted when a pupil leaves.",
        "{n:1-9}.{n:1-9} The Head of Service is accountable for this policy. It is reviewed every {n:2-4} years, or sooner if the law changes. Earlier versions are kept for {n:6-12} years.",
        "{n:1-9}.{n:1-9} Data is collected on age, disability, ethnic group, religion or belief, sex and sexual orientation, and is published only in totals. A figure below five is not shown.",
        "{n:1-9}.{n:1-9} Mental health problems, including depression and anxiety, are among the commonest causes of absence. A return-to-work meeting takes place after every spell, however short.",
        "{n:1-9}.{n:1-9} A worker who misuses alcohol or drugs and asks for help will be treated as ill. One who sells drugs at work will be reported to the police.",
    ),
    "leaflet_paragraphs": (
        "If you are always thirsty, lose weight or need to pass water often, ask your doctor for a blood test. Type 2 diabetes can be kept in check with diet, exercise and tablets.",
        "Face, arms, speech, time: if somebody's face droops, ring 999. A stroke is an emergency. Smoking and high blood pressure make one more likely.",
        "If you are hit, threatened or kept from your friends by a partner you are not to blame. You can speak to somebody at any hour, and nobody will be told. Men can be abused, too.",
        "You may be able to get free school meals for your child if you have Universal Credit. Ask at the school office; the other children will not know.",
        "Depression is common and can be treated. Your doctor can send you to a talking therapy, or you can refer yourself. Carers can have an assessment of their own.",
        "[Lesbian, gay, bisexual and trans people|People who are seeking asylum|Gypsies and Travellers] have a group that meets on the first {weekday} of the month. Everyone is welcome, and the kettle is always on.",
        "Mae'r daflen hon ar gael yn Gymraeg. This leaflet can be had in Bengali, Polish, Somali and Urdu, in Braille and on tape.",
        "Take a walk to Grace Park, or along the Victoria Embankment from Nelson's Column to Jubilee Bridge: half an hour a day helps your heart.",
    ),
    "unnamed_items": (
        "1. The contractor reported {n:1-30} faults, of which {n:0-9} are open. The lift in Gladstone House is still out of use.",
        "2. Near misses: {n:0-9}. One was on Church Lane, where there is a depression in the road surface.",
        "3. The chair asked for a paper on toner. ACTION: business support.",
        "4. The Union Street depot will close on {date}. The Head of Service will write to staff.",
        "5. It was agreed to order {n:2-60} pairs of gloves, size M, from {firm}.",
        "6. Budget line {n:1000000000-1999999999} is overspent by £{pounds}. Code {n:1000000000-1999999999} will be used from {month}.",
    ),
    "clauses": (
        "{n:1-20}. The Contractor shall carry out the Services with reasonable skill and care and in accordance with Good Industry Practice, the Specification and the law.",
        "{n:1-20}. The Council shall pay the Charges of £{pounds} a year within thirty days of a valid invoice. Interest runs at {n:2-4}% above the base rate of the Bank of England.",
        "{n:1-20}. Each party shall comply with the Data Protection Act 2018. The Contractor shall process personal data, including data concerning health and criminal convictions, only on written instructions.",
        "{n:1-20}. The Contractor shall ensure that every person employed in the Services has had an enhanced check by the Disclosure and Barring Service.",
        "{n:1-20}. Nothing in this Agreement limits liability for death or personal injury caused by negligence, or for fraud.",
        "{n:1-20}. Notices shall be sent to {office}, marked for the attention of the Company Secretary, or to {firmmail}.",
        "{n:1-20}. This Agreement is governed by the law of England and Wales. The Contracts (Rights of Third Parties) Act 1999 does not apply.",
        "{n:1-20}. The Contractor shall keep open-book accounts for {n:6-12} years. The Council may end this Agreement on {n:3-6} months' notice.",
    ),
    "history_paragraphs": (
        "The market charter was granted by King John in 1207. The town grew with the wool trade, and by the reign of Henry VIII it sent two members to Parliament.",
        "Charles Dickens is said to have slept at the Fox in 1851; Queen Victoria passed through on her way to Balmoral and did not stop.",
        "The workhouse was built in 1838 by the architect Sir George Gilbert Scott. Paupers who were blind, lame or insane were kept in separate wards.",
        "Isambard Kingdom Brunel surveyed a line for the railway in 1839. The station in {street} was opened by the Duke of Wellington.",
        "Emmeline Pankhurst spoke from the steps of the Corn Exchange in March 1912, and a window was broken. Florence Nightingale sent a letter to the infirmary.",
        "During the Civil War Oliver Cromwell stabled his horses in St Mary's church. The font was thrown into the river, and found again in 1887.",
        "The foundry made ploughs, and then guns. In 1916 the women of the town went to work there; the Union Street hall was their club.",
        "The Reverend Gilbert White walked here in 1771 and saw a hoopoe. Wat Tyler's men burned the manor rolls in 1381.",
    ),
    "audit_paragraphs": (
        "{n:1-9}.{n:1-9} We tested {n:20-60} payments. In {n:1-9} cases there was no evidence that the National Insurance number had been checked. Recommendation: managers should confirm identity before the first payment.",
        "{n:1-9}.{n:1-9} Records of foster carers, looked after children and care leavers are held in two systems that do not agree. Priority: {n:1-3}. Owner: Head of {team}.",
        "{n:1-9}.{n:1-9} Expenditure in {year} was £{pounds},000 against a budget of £{pounds},000. Code {digits:10} was used in error.",
        "{n:1-9}.{n:1-9} Young people sentenced to a youth rehabilitation order should be seen within five days; this was done in {n:60-99}% of cases.",
        "{n:1-9}.{n:1-9} The contract for drug and alcohol services pays by result. No client record was examined in this audit.",
        "{n:1-9}.{n:1-9} Management response: agreed. To be done by {month} {year}.",
    ),
}
