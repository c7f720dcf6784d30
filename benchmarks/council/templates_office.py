"""Minutes, mail, staff papers, requests: what an office makes that names people."""

# ruff: noqa: E501  a sentence of a document stays on its line

from __future__ import annotations

from benchmarks.council.template import Template

OFFICE = (
    Template(
        "minutes",
        "minutes",
        r"""
[MINUTES of the {team} Committee|Notes of team meeting|Minutes of the Parish Liaison Forum|Cofnodion / Minutes: Scrutiny Panel]
[held on {date} at {time}|{date}]

[Present|In attendance|PRESENT]: [Cllr {p.name} (Chair), Cllr {q.name}, Councillor {r.initial}, {o.name}|Councillors {p.surname}, {q.surname} and {r.surname}|{o.name} (chair), {o2.name}, {w.first}, {o3.first}|Cllrs {p.name}, {q.name}; officers {o.name} ({job}) and {o2.name} ({job})]
[Apologies: {s.name}|Apologies for absence were received from Cllr {s.surname}|Ymddiheuriadau: {s.name}|Apols: {s.first}]

@pick 4-12 minute_items
@pick 0-2 unsaid
@pick 0-1 said
[Date of next meeting: {date}|The meeting closed at {time}.|]
[Minutes taken by {w.name}|]
""",
        weight=7,
    ),
    Template(
        "mail_thread",
        "e-mail",
        r"""
From: {p.name} [<{p.mail}>|\[mailto:{p.mail}\]|]
[Sent: {date} {time}|Date: {date}]
To: [{o.name}|{rolemail}|{o.last_first}]
[Cc: {q.name}; {o2.name}
|Cc: {q.workmail}
|]Subject: [RE: bins|FW: my housing application|Query about council tax {p.tax}|Leave|Re: Re: meeting {weekday}|Adoption leave]

[Hi {o.first}|Dear {o.formal}|{o.first},|Hello {o.first},|Bore da {o.first}]

@pick 2-5 mail_bodies
@pick 0-2 said
@pick 0-1 unsaid
[Thanks|Regards|Cheers|Best wishes|Diolch|Many thanks],
[{p.first}|{p.name}|{p.initial}
{p.phone}|{p.name}
{p.home}, {town} {p.postcode}
T: {p.landline} M: {p.mobile}]

[-----Original Message-----
From: {o.name}
Sent: {date} {time}
To: {p.name}
Subject: RE: your query

{p.first}

Thank you for getting in touch. [{w.first} is looking into it.|I have asked {w.name} to ring you.|I am away until {date}; please speak to {w.name}.]

{o.name}
{job} \| {team}
{council}
t {o.landline} e {o.workmail}|________________________________
From: {w.name}
To: {o.name}
Subject: Fwd: query

Can you deal please? {w.letters}

{w.name} - {job}
Tel {switchboard}|]
[This e-mail is confidential and may be privileged. If you are not the intended recipient please delete it.|]
""",
        weight=7,
    ),
    Template(
        "cv",
        "staff",
        r"""
[CURRICULUM VITAE|CV|Curriculum Vitae]
[{p.name}|{p.NAME}]
{p.home}, {town}, {p.postcode}
[Tel: {p.mobile}|Mobile {p.mobile} \| {p.mail}|{p.mail}]
[Date of birth: {p.dob}|Driving licence: full, clean|Nationality: British|]

[PROFILE|About me]
[A hard-working {job} with {n:3-25} years in local government.|I am a team player who likes working with the public.]

EMPLOYMENT
{year} - {year}: {job}, {council}
{year} - {year}: [Assistant|Supervisor], {firm}. [Kept the stock records and the petty cash.|Answered up to {n:30-90} calls a day.]

EDUCATION
{school}: {n:5-9} GCSEs, [English|Mathematics], [History|Welsh]

[INTERESTS: [swimming, reading|football, cooking|{!RELIGION}worship leader at my Baptist church|{!POLITICS}I am branch secretary of the local Labour party|{!UNION}shop steward for Unite since {year}]|]
[REFEREES|References]
{q.fullformal}, {council}, {q.workmail}
{r.name}, {firm}, [{r.phone}|{firmmail}]
""",
        weight=3,
    ),
    Template(
        "hr_letter",
        "staff",
        r"""
[PRIVATE AND CONFIDENTIAL|STRICTLY PRIVATE|Personal]

{p.name}
{p.home}
{town} {p.postcode}
[Employee number|Payroll reference|Staff no]: {p.staff}

Dear {p.first}

[Outcome of disciplinary hearing|Flexible working request|Maternity leave|Notice of redundancy|Grievance against {q.name}]

[Further to our meeting on {date}, at which {o.name} and {o2.name} were present, I confirm what was decided.|I am writing to confirm your new hours from {date}.]
[Your pay will be {money} a month.|You will receive a written warning that stays on file for twelve months.|Your request has been agreed.]
[{!UNION}You were accompanied by {r.name}, your GMB representative.|{!HEALTH}You have had {n:3-9} spells of absence, the last with stress and anxiety.|{!HEALTH}Your fit note for the slipped disc ended on {date}.|{!CRIMINAL}Your DBS certificate shows a conviction for drink-driving in {year}.|{!SEXUALITY}You complained that {q.first} made jokes about your civil partner, and that others joined in because you are a lesbian.|]
@pick 0-2 said
@pick 0-1 unsaid
Please ring {o.first} if anything is not clear.

{o.name}
{job}
""",
        weight=4,
    ),
    Template(
        "subject_request",
        "requests",
        r"""
[Freedom of Information / subject access log entry|Subject access request|Request under the Data Protection Act]
Received: {date}
From: {p.name} <{p.mail}>
[Address: {p.home}, {p.postcode}|Telephone {p.mobile}|]
[Proof of identity seen: passport {p.passport}|Proof of identity: driving licence {p.licence}|Identity checked by {o.first}]

[I would like all papers about me|Please send me a copy of my file] [from {year} to {year}|held by {team}|between {o2.name} and {q.name}].
[{!CHILD}I was in care at {town} from {year} and want to read why I was taken from my {q.parent}.|{!HEALTH}I want the mental capacity assessment that was made when I was in hospital.|I want to see the letters about my drive.|]

Handled by {o.name}, Information Governance. Due {date}.
""",
    ),
    Template(
        "member_enquiry",
        "requests",
        r"""
[MEMBER ENQUIRY|Councillor casework|Cllr enquiry form]
Raised by: [Cllr {c.name}|Councillor {c.surname}]
On behalf of: [{p.fullformal}|{p.name}], {p.home}[, {p.phone}|]

[{p.formal} came to my surgery|My constituent {p.formal} has asked me] [about the pothole outside the house|about a transfer|to find out why {p.his} benefit stopped].
[{!HEALTH}{p.He} has terminal cancer and cannot wait.|{!POLITICS}{p.He} is a member of our ward party and a friend.|{!HEALTH}{p.His} legs are bad and the flat is on the third floor.|{p.He} has written {n:2-5} times.] Can {o.first} please look at this?

@pick 0-2 said
@pick 0-1 unsaid

Reply ({o.name}, {date}): [we have spoken to {p.first} and put it right|the surveyor will call|nothing further can be done].
""",
    ),
    Template(
        "licensing",
        "requests",
        r"""
[Licensing Act 2003: personal licence|Hackney carriage driver's licence - application|Taxi licensing panel report]
Applicant: {p.fullformal}
[Date of birth: {p.dob}|Born {p.dob}]
[DVLA licence: {p.licence}|Driver number {p.licence}]
[Vehicle|VRM|Reg. mark]: {p.plate}
Address: {p.home}, {town}, {p.postcode}
[{!CRIMINAL}The DBS check shows a caution for possession of cannabis in {year}.|{!CRIMINAL}{p.formal} was banned from driving in {year}.|{!HEALTH}The medical shows insulin-treated diabetes.|DBS: nothing recorded.]
[Recommendation: grant|Recommendation: refer to sub-committee]. Officer: {o.name}
""",
    ),
    Template(
        "planning_rep",
        "requests",
        r"""
Comments for Planning Application {planref}

Customer Details
Name: {p.fullformal}
Address: {p.home}, {town} {p.postcode}

Comment Details
Commenter Type: Neighbour
Stance: [Customer objects|Customer made comments neither objecting to nor supporting|Customer made comments in support of] the Planning Application
Comment: [I spoke to {q.first} next door and {q.he} agrees.|This will ruin the view over the churchyard.|We have no objection provided the hedge stays.] [Since my {p.spouse} died I find the traffic hard to bear.|{!HEALTH}My {k.child} has cystic fibrosis and the dust would put {k.him} in hospital.|The surgery and the school are full.|]
""",
        weight=3,
    ),
    Template(
        "passwords",
        "secrets",
        r"""
[Passwords - do not print!!|logins for the team|Handover notes from {o.first}|SHARED ACCOUNTS]
[Payroll system|Housing database]
[username|user|login]: [{o.workmail}|{upper:2}{digits:4}]
[password|pw|pwd|Password]: {o.secret}

[Old CCTV server {ip}|Printer {ip}]
[admin|root] / [password|pass]: {o2.secret}

[{o2.first}'s laptop|Voicemail]
[Password|pwd] = {p.secret}
[ask {q.name} if stuck ({q.phone})|{q.first} has the key to the cabinet|]
""",
    ),
    Template(
        "passwords_script",
        "secrets",
        r"""
#!/bin/bash
# nightly load of the housing extract
DB_HOST={ip}
DB_USER=hsg_load
DB_PASSWORD={o.secret}
[export API_KEY="{o.hexsecret}"|smtp_password='{p.secret}'|# owner: {o.name}]
sqlplus hsg_load/$DB_PASSWORD@$DB_HOST @load.sql
cp /data/out/rents_{digits:8}.csv /mnt/share/
""",
        weight=1,
    ),
    Template(
        "bare_prose",
        "prose",
        r"""
[Notes from the day|Handover|File note|Reference]

@pick 6-24 bare_sentences
@pick 0-2 said
@pick 0-2 unsaid
""",
        weight=5,
    ),
    Template(
        "bank_mandate",
        "forms",
        r"""
[Instruction to your bank or building society to pay by Direct Debit|BACS payment details|Change of bank details]
[Name(s) of account holder(s)|Account holder|Payee name]
{p.name}
[Bank/building society account number|Account number]
{p.account}
[Branch sort code|Sort code]
{p.sort}
[IBAN: {p.iban}
|]Reference [{p.tax}|]
[Card: {p.card} exp 0{n:1-9}/{n:26-29}
|]Signed {p.initial}      Date {sdate}
""",
    ),
    Template(
        "bank_line",
        "forms",
        r"""
[Phone payment taken by {o.first} on {date}|Refund request]
[Customer|Payer]: {p.fullformal}, tel {p.phone}
[Credit card number|Visa card|Card no] {p.card}, [expiry|exp] 0{n:1-9}/{n:26-29}, amount {money}
[Council tax account {p.tax}|Rent account {p.rent}]
[Refund to IBAN {p.iban}|Refund to a/c {p.account} sort code {p.sort}|]
""",
        weight=1,
    ),
    Template(
        "tax_sole_trader",
        "forms",
        r"""
[Tutor payment record|IR35 check: sole trader|Construction Industry Scheme: verification]
Name: {p.name}
[UTR|Unique Taxpayer Reference|Self Assessment UTR]: {p.utr}
[National Insurance no|NI]: {p.nino}
[Address: {p.home}, {p.postcode}|Telephone: {p.mobile}]
[Verified by {o.name} on {date}.|Deduct 20%.]
""",
        weight=1,
    ),
)

POOLS_OF_OFFICE = {
    "minute_items": (
        "{n:1-3}. Declarations of interest\n[Cllr {p.surname} declared an interest as a governor of {school}.|None.|Councillor {q.surname} declared that {q.his} {q.spouse} rents an allotment.]",
        "{n:2-9}. Budget\n{o.name} presented the report. [The overspend is £{pounds}.|Savings of £{pounds} are needed.] {q.first} asked about the reserves. [AGREED|RESOLVED] that the report be noted.",
        "{n:2-9}. Matters arising\n[{w.first} has chased the contractor.|{o2.name} to report back.|ACTION: {o.letters}|Action - {o2.first}]",
        "{n:2-9}. Staffing\n{o2.first} leaves on {date}; {w.name} will act up. [{!HEALTH}{s.first} is off sick with depression.|{!HEALTH}{s.first} is having chemotherapy and sends {s.his} love.|{s.first} is on holiday.|]",
        "{n:2-9}. Public questions\n{x.fullformal} of {street} asked about the closing of the library. Cllr {p.surname} replied that no decision had been made.",
        "{n:3-9}. Highways\nThere is a depression in the road surface at {street}. {r.surname} said that residents had rung {n:2-9} times.",
        "{n:3-9}. Planning application {planref}\nProposed by {q.initial}, seconded by {r.initial}, and agreed by {n:4-9} votes to {n:0-3}.",
        "{n:3-9}. Church Lane and Union Street\nThe works finished on {date}. {charity} thanked the committee.",
        "{n:3-9}. Any other business\n{w.first} thanked {p.first} for the cake. [{q.name}'s leaving do is on {date}.|]",
        "{n:4-9}. Exempt items\n[{!HEALTH}The panel considered an appeal by {y.name} against ill-health retirement on account of {y.his} back.|{!CRIMINAL}The panel considered the taxi licence of {y.name}, who was convicted of assault in {year}.|The lease of the depot was considered.]",
    ),
    "mail_bodies": (
        "[Sorry for the delay, I was waiting for {q.first} to come back to me.|{q.name} asked me to write to you.|Following our chat on {weekday}, I attach the form.]",
        "[{!HEALTH}I have been signed off for two weeks with my nerves.|{!HEALTH}{!CHILD}{k.first} has been diagnosed with ADHD and the school can't cope.|{!SEXUALITY}My wife and I (I am a woman, since you ask) would like to adopt.|{!RELIGION}I will be away for Eid and then for my cousin's nikah at the mosque.|{!POLITICS}I was out canvassing for the Greens with {r.first} on Saturday.|I will be away next week.|The cancer charity has booked the hall again.]",
        "[My new number is {p.mobile}.|Please change my address to {p.home}, {p.postcode}.|My NI number is {p.nino} if you need it.|My date of birth is {p.dob}.]",
        "[Can you tell me when {r.name} will be back?|{r.surname} said I should ask you.|I spoke to a lady called {r.first} who was very helpful.]",
        "[The invoice from {firm} has still not been paid.|The meeting room is booked for {time}.|Could somebody look at the light in {street}?]",
    ),
    "bare_sentences": (
        "{p.name} was late again.",
        "Spoke to {q.first} about the rota; {q.he} will swap with {r.first}.",
        "{p.surname} says the key is with {w.surname}.",
        "Met {q.name} and {q.his} {q.spouse} at the gate, both upset.",
        "{r.name} rang twice. Told {r.him} to try {o.name} in the morning.",
        "I have known {p.first} for {n:3-20} years and think {p.him} honest.",
        "The grant went to {w.name}, with {q.surname} second.",
        "Thanks to {o.first}, {o2.first} and {o3.first} for staying late.",
        "According to {r.surname}, {p.surname} had left by {time}.",
        "{w.name} will stand in for {o.name} while {o.he} is away.",
        "[{!HEALTH}{q.first}'s knee is bad and {q.he} cannot do stairs.|{!HEALTH}{q.first} has been off the drink since Christmas.|{!UNION}{q.first} came with {q.his} union rep.|{!CRIMINAL}{q.first} did six months for stealing from the till.|{q.first} is a Gemini and likes tea.]",
        "Collected the forms from {s.name} at {s.home}.",
        "Nothing from {s.surname} since {date}.",
        "{v.name}, {u.name} and {t.first} shared the car.",
        "I asked {v.first} whether {u.surname} had signed; {v.he} thought so.",
        "{t.name} ({n:21-64}) has applied for the post, as has {u.first}.",
        "The cheque was made out to {t.initial} and sent to {t.home}, {t.postcode}.",
        "{v.first} and {t.first} fell out over the parking.",
        "{s.name}'s {s.parent} rang: {s.first} is not coming in.",
        "Left word with {u.name} on {u.mobile}.",
        "Old Mrs {t.surname} from the corner shop sends her love to {p.first}.",
        "{u.first} will be {n:20-60} on {weekday}. Card for everybody to sign.",
        "Best attendance: {v.name}. Most improved: {t.name}.",
        "Gave the keys to {o.first} [who passed them to {w.first}|and not to {w.first}].",
        "{t.surname} v {u.surname}: settled at the door.",
        "[Siaradais â|Spoke with] {v.name} [heddiw|today] about the fence.",
    ),
}
