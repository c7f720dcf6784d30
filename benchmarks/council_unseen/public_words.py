"""Hard negatives in prose and code: what councils publish, buy and configure, naming no private person."""

# ruff: noqa: E501, RUF001 -- a way of writing stands on one line, with the dashes and marks of its author

from __future__ import annotations

from .document import Template, prose, verbatim

_WRITTEN = tuple(
    Template(name, family, False, prose(*ways))
    for name, family, *ways in (
        ("invoice_firm", "invoice",
            "INVOICE {six}\n{firm}\n{office}\nTel {switch}   {firmmail}\n\nTo: {council}, {team}\nDate {date}    Your order PO{six}\n\n«Hire of excavator|Winter salt, 12 t|Supply of agency cover|Toner cartridges»   {money}\nVAT 20%   {money}\n\nPay: sort code {sort}  account {account}",
            "Remittance advice\n{council}\nPaid by BACS to {firm}\nIBAN {iban}\nInvoices: {six}, {six}, {six}\nTotal {money}\nQueries: {role}",
            "TAX INVOICE   no. {big}\nSold to {school}, {orgstreet}, {orgpost}\n{num} x exercise books   {money}\n{num} x glue sticks   {money}\nCompany UTR {utr}. Terms 30 days. {firm}"),
        ("purchase_order", "invoice",
            "PURCHASE ORDER {six}\nSupplier: {firm}\nDeliver to: Goods In, {office}\n\nLine  Part  Qty  Price\n1  {six}  {num}  {money}\n2  {six}  {few}  {money}\n\nQuote this number on all correspondence."),
        ("policy_data", "policy",
            "Data protection policy v{few}\n\nStaff «handle|hold» special category data such as health records, ethnic origin, religion, trade union membership and fingerprints. No one may look up a child protection file without need. «Breaches are reported to {role}.|»",
            "Passwords must have twelve characters. Never write a password down. Do not share your password. A password such as the name of your dog is not safe."),
        ("policy_absence", "policy",
            "Sickness absence policy\n\nAn employee who is off sick must telephone the manager by ten. After seven days a fit note is needed. Where depression, cancer or another disability is the cause, the manager refers to occupational health. «Approved {date}.|»",
            "Equality policy\nWe will not treat anybody worse because of race, religion, sexual orientation, pregnancy or disability. The Director of {team} owns this policy."),
        ("policy_children", "policy",
            "Safeguarding children: procedure\n\nAny member of staff who sees a bruise, or is told of abuse, tells the designated lead the same day. The lead rings {switch}. A section 47 enquiry may follow. Following the Munro review this procedure was shortened."),
        ("guidance_benefits", "guidance",
            "How to claim council tax reduction\n\nYou need: your council tax account number, your National Insurance number (two letters, six figures, a letter), proof of rent and your bank sort code. Apply on line or ring {switch}.",
            "HOW TO APPEAL A PARKING TICKET\nWrite within 14 days giving the number of the notice, your registration mark (as on the plate) and why. Write to {office}."),
        ("guidance_health", "leaflet",
            "Living well with diabetes\n\nWalk every day. Have your eyes checked. Come to the Tuesday group at {gp}. «Ring {switch}.|No need to book.»",
            "Think you have flu? Stay in, drink plenty. Call 111 if you cannot breathe. Jabs for over-65s, pregnant women and people with asthma at {gp}, {office}.",
            "Memory café – for people with dementia and those who care for them. {soon}, {town} Library. Tea, singing, company. Enquiries {role}"),
        ("leaflet_crime", "leaflet",
            "STOP FRAUD! If you know somebody who cheats the council, tell us: {switch}. Last year there were {num} convictions.",
            "Domestic abuse: you are not alone. If your partner hits you or controls your money, ring {switch}, day or night. Mae cymorth ar gael yn Gymraeg."),
        ("leaflet_bins", "leaflet",
            "Your bins this Christmas\n\nNo collections on {soon}. Put cardboard beside the green bin. Real trees go to {road} tip. {council}, {switch}",
            "Eich biniau / Your bins\n\nBydd y casgliad nesaf ar ddydd Llun. The next collection is on Monday. Ffôn/Tel {switch}"),
        ("agenda", "agenda",
            "{council}\nAGENDA – {team} Scrutiny Panel, {date}, {time}\n\n1 Apologies for absence\n2 Declarations of interest\n3 Minutes of the last meeting\n4 Budget monitoring, {road} bridge\n5 Exempt: legal advice\n\nContact Democratic Services, {switch}, {role}",
            "Agenda\n1. {planref} land at {road}\n2. {planref} {firm}, change of use\n3. Tree preservation order {num}/{year}\nMembers of the public may speak for three minutes."),
        ("advert_job", "advert",
            "{council} is looking for a Social Worker (Children). {money} a year, pro rata. An enhanced DBS check is needed. You need a driving licence. Apply by {soon}: {role}.",
            "VACANCY – cleaner, {school}, 12 hours. For a form ring {switch}."),
        ("tender_notice", "tender",
            "Invitation to tender: {road} resurfacing\n\nLot 1 – planing; lot 2 – lining. Bidders must hold insurance of five million. Bids by {soon}, {time}, to {role}. No bid by post to {office} will be opened.",
            "Specification clause {few}.{num}: The contractor shall provide a named contract manager and keep a list of operatives with their DBS dates."),
        ("template_letter", "template",
            "Dear <<Title>> <<Surname>>\n\nCouncil tax account: <<AcctRef>>\nYour date of birth: __/__/____\nNI number: _________\n\nYou owe <<Balance>>.\n\nYours sincerely\n\n<<OfficerName>>",
            "Dear [name of parent]\n\nI am sorry to tell you that [child] has been [given a detention / sent home ill]. Please sign below.\n\nName ....................  Date ............",
            "APPLICATION FOR A GARDEN BIN\n\nSurname: ______________   Forename(s): ______________\nAddress: ______________________________\nPostcode: ________   Tel: ____________\nE-mail: ______________\nOffice use: ref ______"),
        ("template_mail_merge", "template",
            "Annwyl <Cyfenw> / Dear (insert name)\n\nEich apwyntiad / Your appointment: (date) at (time), {road} office. Please bring your passport and proof of address. Ring {switch} if you cannot come."),
        ("form_blank_medical", "template",
            "MEDICAL QUESTIONNAIRE (blank)\n\nHave you ever had: asthma [ ]  epilepsy [ ]  heart trouble [ ]  depression [ ]\nEthnic group: White [ ] Asian [ ] Black [ ] Mixed [ ]\nReligion: ________\nConvictions: yes / no\nSigned ____________"),
        ("history_article", "history",
            "The mill on {road} was built in 1791 and burnt in 1854. Its owner gave the town a school and died in 1870. The mayor of the day called it the wonder of the north. Read more in the library.",
            "Charles Dickens read at the Mechanics' Institute in 1858, and Queen Victoria passed through by train in 1861. Isambard Kingdom Brunel was asked to build the viaduct and said no.",
            "Parish chest: the vestry of {town} met in 1742 to repair the lock-up and to pay the ringers. The workhouse of 1838 became the infirmary."),
        ("committee_report", "report",
            "Report of the Director of {team}\n\nThe panel is asked to note that demand for home care rose by {num} per cent. Most new requests came from people with dementia. The Care Act 2014 and the Mental Capacity Act 2005 apply. Financial implications: {money}. Equality impact: low.",
            "Report to Cabinet, {date}\n\nYouth offending fell in {ward}. Knife crime rose in {ward}. Options: 1 do nothing; 2 commission {firm}. Option 2 is recommended."),
        ("test_descriptions", "test_data",
            "TEST SCRIPT {few}\n\nStep 1: enter NHS number {badnhs}; the screen must refuse it.\nStep 2: enter NINO {badnino}; expect 'not valid'.\nStep 3: card {badcard} is declined.\nStep 4: IBAN {badiban} gives error {num}.",
            "Sample values that must fail: {badnhs}, {badnhs}, {badnino}, {badcard}. Tester: Team {team}."),
        ("product_manual", "manual",
            "Boiler model {big}: press RESET for {few} seconds. Fault F{num} means no flow. Part {six}-{num}. Rating plate on the left. Support {switch}, {firmmail}."),
        ("site_notice", "planning_notice",
            "NOTICE UNDER ARTICLE 13\nProposed development at land off {road}, {town}\n{firm} is applying to {council} to build {num} dwellings ({planref}). Views to {role} by {soon}.",
            "TRAFFIC REGULATION ORDER {year}\nNo waiting at any time: {road}, north side, from {road} for {num} m. Exemption: blue badge holders, three hours."),
        ("press_release", "press",
            "{town} pool reopens\n\nThe new pool on {road} will open on {soon}. It has a hoist and a changing place. The work, by {firm}, cost {money}. A spokesperson for {council} said: \"Come and swim.\" Press office {switch}."),
        ("newsletter_school", "newsletter",
            "{school} newsletter\n\nYear {few} went to the castle. Year {num} sang. Harvest festival is on {soon}; gifts go to the food bank. Head lice are about: please check. Office {switch}."),
        ("mail_organisation", "mail_roles",
            "From: {firmmail}\nTo: {role}\nDate: {date}\nSubject: order {six}\n\nDear customer\n\nYour order has left our warehouse and should be with you on {soon}. Do not reply to this address.\n\nSales desk, {firm}, {switch}",
            "From: {role}\nTo: {role}\nSubject: planned outage {soon}\n\nAll users\n\nThe finance system will be down from {time}. Save your work.\n\nService Desk {switch}"),
        ("standing_orders", "policy",
            "4.{few} Contracts over {money} shall be sealed. 4.{num} The Monitoring Officer keeps the register of gifts. 4.{num} A member who has been convicted and sentenced to three months is disqualified under the Local Government Act 1972."),
        ("exercise_plan", "plan",
            "Emergency plan – flood\n\nGold: Chief Executive. Silver: Head of {team}. Bronze: duty engineer. Rest centre: {school}, {office}. Gate key in safe {few}. Ring {switch} for sandbags."),
        ("house_rules", "notice",
            "NOTICE\nThe lift at {road} flats is out of order. {firm} will call on {soon}. Sorry for any trouble. {switch}",
            "Staff kitchen: wash your own cup. The fridge will be emptied on {soon}. Milk is 20p. Facilities"),
        ("timetable_classes", "timetable",
            "{town} leisure – what's on\nMon {time} Spin; Tue {time} Aqua (women only); Wed {time} Chair yoga for bad backs; Sat {time} Tots' splash.\nBook: {switch}"),
        ("geography", "history",
            "The River Abern rises on Pen y Graig and joins the Wex below {town}. St Mary Street, Jubilee Gardens and Victoria Park lie on its left bank. Nearby: Martin's Nest wood, Kelly Moor, Grace Dieu farm."),
    )
)  # fmt: skip

_CODE = (
    """
    def total(rows, rate=0.2):
        # VAT is added once, after discounts
        net = sum(row["net"] for row in rows)
        return round(net * (1 + rate), 2)

    class Patient(Base):
        nhs_number = Column(String(10))
        surname = Column(String(40))
    """,
    """
    SELECT c.account_ref, c.band, SUM(t.amount) AS owed
    FROM ctax_account c JOIN ctax_txn t ON t.account_id = c.id
    WHERE t.posted < DATE '2020-04-01' AND c.surname IS NOT NULL
    GROUP BY c.account_ref, c.band HAVING SUM(t.amount) > 500;
    """,
    """
    <div class="form-group"><label for="dob">Date of birth</label>
    <input id="dob" name="dob" type="text" placeholder="DD/MM/YYYY"></div>
    <label for="nino">National Insurance number</label><input id="nino" pattern="[A-Z]{2}[0-9]{6}[A-D]">
    """,
    """
    Sub Workbook_Open()
        Dim ws As Worksheet
        Set ws = Sheets("Arrears")
        ws.Range("A1").Value = "Tenant"
        ws.Columns("D").NumberFormat = "dd/mm/yyyy"
    End Sub
    """,
    """
    Get-ADUser -Filter * -SearchBase $ou | Select-Object Name, Mail | Export-Csv users.csv
    if (-not $?) { Write-Error "failed"; exit 1 }
    """,
)
_CONFIG = (
    """
    [database]
    host = db01.internal
    user = svc_reports
    password = ${DB_PASSWORD}
    timeout = 30
    """,
    """
    services:
      web:
        image: registry.internal/forms:2.14.0
        environment:
          SECRET_KEY: "<set in vault>"
          SMTP_PASSWORD: "${SMTP_PASSWORD}"
        ports: ["8080:80"]
    """,
    """
    <configuration><appSettings>
      <add key="PasswordMinLength" value="12"/><add key="Theme" value="Heather"/>
      <add key="Token" value="%TOKEN%"/>
    </appSettings></configuration>
    """,
    """
    # nginx
    server { listen 443 ssl; server_name forms.example.org; client_max_body_size 20m;
      location / { proxy_pass http://backend:9000; } }
    """,
)
_SCHEMA = (
    """
    field,type,description
    forename,text,First name of the tenant as on the tenancy agreement
    nino,text,"National Insurance number, e.g. two letters then six digits"
    dob,date,Date of birth (ISO)
    disability,code,D1 wheelchair; D2 hearing; D3 learning
    """,
    """
    {"openapi": "3.0.1", "paths": {"/pupils/{upn}": {"get": {"summary": "One pupil", "parameters":
    [{"name": "upn", "in": "path", "schema": {"type": "string", "maxLength": 13}}]}}}}
    """,
)

TEMPLATES = (
    *_WRITTEN,
    Template("source_code", "code", False, verbatim(*_CODE), ()),
    Template("config_file", "config", False, verbatim(*_CONFIG), ()),
    Template("schema_description", "test_data", False, verbatim(*_SCHEMA), ()),
)
