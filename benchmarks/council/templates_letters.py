"""Letters from and to the council about one person's affairs."""

# ruff: noqa: E501  a sentence of a document stays on its line

from __future__ import annotations

from benchmarks.council.template import Template

_HEAD = r"""
[{council}|{council}
{team}|{team}
{office}]

[{p.fullformal}|{p.titled_initial}|{p.name}|{p.title} {p.name}]
{p.home}
{town}
{p.postcode}

[Date: |]{date}
[Our ref: {ref}|Your ref:
Our reference: {ref}|Please ask for: {o.name}|Contact: {o.name}, tel {switchboard}|]
"""
_DEAR = "Dear [{p.formal}|{p.formal}|{p.formal}|{p.first}|{p.fullformal}|Sir or Madam|{p.formal},]"
_END = r"""[If you would like this letter in large print or another language, please ring {switchboard}.
|Os hoffech dderbyn gohebiaeth yn Gymraeg, rhowch wybod i ni.
|You can write to us at {rolemail}.
||]
[Yours sincerely|Yours faithfully|Kind regards|Yn gywir|With best wishes]

[{o.name}|{o.initial}|{o.fullformal}|{o.name}
{job}|{o.first} {o.surname}
{job}, {team}|p.p. {o.name}]
[Direct line: {o.landline}|E-mail: {o.workmail}|]
"""


def _letter(name: str, body: str, weight: int = 2) -> Template:
    # A first name beside a surname is one name.
    return Template(
        name,
        "letter",
        _HEAD + "\n" + _DEAR + "\n\n" + body.strip("\n") + "\n\n" + _END.replace("{o.first} {o.surname}", "{o.name}"),
        weight=weight,
    )


LETTERS = (
    _letter(
        "rent_arrears",
        r"""
[Rent account|Tenancy reference|Rent account number|Payment reference:] {p.rent}

[Our records show that your rent account is {money} in arrears.|We wrote to you on {date} about the sum of {money} you owe.|You have missed {n:2-5} payments, and {money} is now outstanding.]
[Unless we hear from you within seven days we shall apply to the county court for possession of {p.home}.|Please ring {o.first} on {o.landline} so that we can agree what you can afford.|A payment of {money} reached us on {date}, for which thank you.]
[{!HEALTH}We know from {q.name} that you have been in hospital since your stroke, and will take no action before you are home.|{!HEALTH}You told {o.first} that you lost your job after your breakdown and are seeing the community psychiatric nurse each week.|You told {o.first} that your hours at the warehouse were cut.||]

@pick 0-1 unsaid
@pick 1-5 money_advice
""",
    ),
    _letter(
        "council_tax",
        r"""
[COUNCIL TAX {year}|Council Tax: final notice|Demand notice]
[Account number|Account no.|Council tax account|Reference] {p.tax}
[Property: {p.home}|]

[The amount due for {year} is {money}, of which {money} is overdue.|We have taken {q.formal} off the bill from {date}, as you asked.|As you now live alone, a discount of 25% applies from {date}.]
[You have asked us to collect it from sort code {p.sort}, account number {p.account}.|Your next instalment of {money} falls on {date}.|]
[{!HEALTH}We have disregarded {q.first} because of {q.his} dementia; the certificate from the GP is on file.|{!HEALTH}A reduction for a disabled person applies because your {p.spouse} uses a wheelchair indoors.|{!CRIMINAL}You have told us that {q.name} has been in prison since {date}; please send the letter from HMP.||]

@pick 0-1 unsaid
@pick 1-5 money_advice
""",
    ),
    _letter(
        "parking_appeal",
        r"""
[Penalty Charge Notice|PCN: vehicle|Your challenge, vehicle registration] {p.plate}

[Thank you for your letter about the notice served on {date} in {street}.|I refer to the contravention at {time} on {date} in {street}, {town}.]
[You say that your partner, {q.name}, was driving.|You say that you had stopped for only five minutes to set down your {q.parent}.|You have explained that you displayed a ticket upside down.]
[{!HEALTH}I accept that you were taking {q.him} to the eye hospital after {q.he} collapsed, and I have cancelled the charge.|{!HEALTH}Your appeal says you suffer from panic attacks. I am sorry to hear that, but the charge stands.|The officer, {r.name}, noted that no ticket could be seen. I must reject your challenge.|Having looked at the photographs I have decided to cancel the charge.]

@pick 0-1 said
@pick 0-1 unsaid
@pick 1-4 general_letters
""",
    ),
    _letter(
        "planning_objection",
        r"""
[Application {planref}|Planning application {planref}: extension at {q.home}|Re: {planref}]

[I live next door to the site and wish to object.|We have lived here since {year} and object in the strongest terms.|My partner {q.first} and I object to the proposal for these reasons.]
[The building would take the light from our kitchen.|Parking in {street} is already impossible.|The lime tree in front of the church would be felled.] [{r.formal} at number {n:2-90} feels the same.|The applicant, {r.name}, never spoke to us.|]
[{!HEALTH}I am registered blind and the skip on the pavement is a danger to me.|{!HEALTH}My {q.parent}, who has Parkinson's, sleeps in the room above.|Depression in the road surface already holds water after rain.|The site was once used for union meetings and has some history.||]
[You can reach me on {p.phone} or at {p.mail}.|My number is {p.phone}.|]

@pick 0-1 said
@pick 0-1 unsaid
@pick 1-4 general_letters
""",
    ),
    _letter(
        "benefits_decision",
        r"""
[Housing Benefit and Council Tax Support|Your claim: {p.claim}|Benefit decision notice]
[Claim reference|Claim number|Benefit ref] {p.claim}
[National Insurance number|NI no|NINO]: {p.nino}
[Partner: {q.name}, born {q.dob}|]

[We have looked at your claim again from {date}.|A new decision has been made because your wages changed.]
[You are entitled to {money} a week.|You have been paid {money} too much, which you must pay back.|We cannot pay you because your savings are too high.]
[{!HEALTH}We have counted the Personal Independence Payment you receive for your back.|{!HEALTH}Your income-related ESA (support group) has been taken into account.|{!UNION}We have left out of account the strike pay that your union, UNISON, pays you as a member.|{!CRIMINAL}You were interviewed under caution on {date} and admitted the false statement; you have been fined {money} by the magistrates.|Your {p.spouse}'s earnings at {firm} have been counted.|]

@pick 0-1 unsaid
@pick 1-5 money_advice
""",
    ),
    _letter(
        "school_place",
        r"""{!CHILD}
[School place for {k.name}|Admission to Year 7: {k.name}|RE: {k.NAME}, D.O.B. {k.sdob}]
[Date of birth|Born]: {k.dob}
[UPN: {k.upn}|]

[We are pleased to offer your {k.child} a place at {school}.|I am sorry that we cannot offer {k.first} a place at {school}.|{k.first} is number {n:2-40} on the waiting list for {school}.]
[{k.His} brother {m.first} already attends the school.|You may appeal by {date}.|Please telephone the office to arrange a visit.]
[{!HEALTH}{k.first} has an Education, Health and Care Plan for {k.his} autism and will have a helper.|{!RELIGION}The governors have accepted the priest's letter that your family worships at Our Lady's each Sunday.|{!HEALTH}The school nurse will call about the EpiPen that {k.he} carries.|]

@pick 0-1 said
@pick 0-1 unsaid
@pick 1-4 general_letters
""",
    ),
    _letter(
        "housing_repairs",
        r"""
[Repair at|Works order for|Damp and mould at] {p.home}
[Tenant: {p.name}|Tenancy reference: {p.rent}|UPRN {p.uprn}]

[Our surveyor {o2.name} called on {date} and found damp in the back bedroom.|{firm} will call on {date} between 8 and 12.|We are sorry that nobody came on {date}.] [If this does not suit, please ring {switchboard}.|The operative will ring {p.mobile} when on the way.|]
[{!HEALTH}As your {k.child} {k.first} has asthma we have made this urgent.|{!HEALTH}You told us that you are on oxygen at home, so the power will not be cut.|{!RELIGION}We have noted that you cannot let workmen in on Friday between one and two, when you are at the mosque.|The hairline crack over the door is not dangerous.|]

@pick 0-1 said
@pick 0-1 unsaid
@pick 1-4 general_letters
""",
    ),
    _letter(
        "blue_badge",
        r"""
[Blue Badge|Your Blue Badge application|Bathodyn Glas / Blue Badge]
[Badge number|Badge no.|Blue Badge serial] {p.badge}
[NI number {p.nino}|NHS number {p.nhs}|]

{!HEALTH}[You told us that you cannot walk more than {n:5-40} metres because of arthritis in both knees.|Dr {q.surname}'s report says that you are breathless at rest.|The assessor saw that you walk slowly with two sticks after your hip operation.]
[We have decided to issue a badge until {date}.|We are not able to issue a badge.]

@pick 0-2 general_letters
""",
    ),
    _letter(
        "resident_complaint",
        r"""
[I wish to complain about|This is a formal complaint about|I have written three times about] [my missed bins|the way I was spoken to by {o.fullformal}|the noise from {q.name} at number {n:2-99}|the state of {street}].
[On {date} I rang at {time} and was told by a man called {r.first} that somebody would call me back.|My neighbour {r.name} saw it all.|Your {r.surname} promised me a reply by {date}.]
[{!HEALTH}I am eighty-one, I have a heart condition and I live on my nerves.|{!RELIGION}We keep the Sabbath and the lorry comes on Saturday morning.|{!SEXUALITY}He shouts names at me and my husband because we are two men. I am Mr {p.surname} too.|{!ETHNICITY}They tell us to go back to our own country because we are black.|I pay my council tax and expect better.|I used to work at the cancer charity shop and know how to fill in a form.]
[Ring me on {p.phone}|My e-mail is {p.mail}|Write to me at the address above].

@pick 0-1 said
@pick 0-1 unsaid
@pick 1-4 general_letters
""",
        3,
    ),
)

POOLS_OF_LETTERS = {
    "money_advice": (
        "You can pay by direct debit, at any post office or by telephone. If you find it hard to pay, tell us at once: the sooner we know, the more we can do. {charity} gives free and independent advice about debt, and its advisers can speak for you if you wish.",
        "[If you disagree with this decision you may ask us to look at it again within one month of the date of this letter.|You have one month to appeal.] An appeal must be in writing, must be signed and must say why you think the decision is wrong. The tribunal is independent of the council.",
        "Please tell us at once if your circumstances change: if somebody moves in or out, if your income goes up or down, or if you go away for more than four weeks. If you do not tell us, you may be paid too much and will have to pay it back.",
        "To pay the council: sort code {sortcode} is no longer in use. Please use the reference at the top of this letter each time. Payments made at a bank may take five working days to reach us, and we cannot be responsible for delays.",
        "How we use your details: {council} must protect the public funds that it handles and may share what you tell us with other bodies that audit or administer public funds, to prevent and detect fraud. See {web}.",
    ),
    "general_letters": (
        "Our offices are open from 9 to 4.30 on weekdays, except Wednesdays, when they open at 10. The nearest bus stop is in {street}; there is parking for disabled visitors behind the library.",
        "If you are not content with this reply you may write to the head of service within 28 days. If you are still not content you may write to the Local Government and Social Care Ombudsman.",
        "We aim to answer every letter within ten working days. In busy times it may take longer, and we ask for your patience; the team has moved to new offices this year and some of the post has been delayed.",
        "We keep this letter for six years after the matter is closed, and then destroy it. You may ask to see what we hold about you at any time. More about your rights is at {web}.",
    ),
}
