"""Sheets of people: one row for each, in whatever columns the clerk thought of."""

# ruff: noqa: E501, RUF001 -- a way of writing stands on one line, with the dashes and marks of its author

from __future__ import annotations

from .document import SHEET_NOISE, Template, sheet

_LAST = ("Surname|SURNAME|Last Name|Family name|Cyfenw / Surname", "{s.last}")
_FIRST = ("Forename(s)|First name|Forename|Given Names|Enw cyntaf", "{s.first}")
_WHOLE = ("Name|Employee|Full name|Person|Enw|Customer|NAME", "{s.full} // {s.rev} // {s.formal} // {s.initial}")
_DOB = ("D.O.B|DOB|Date of Birth|Birth date|dob|Born", "{s.dob}")
_TEL = ("Contact tel|Tel|Phone|Mobile No.|Telephone number|Rhif ffôn", "{s.phone} // {s.mobile}")
_MAIL = ("?E-mail|Email address|EMAIL|e-bost", "{s.email}")
_STREET = ("Address|Address 1|Addr Line 1|Property|Cyfeiriad", "{s.street}")
_POST = ("Postcode|Post Code|PCODE|PC", "{s.postcode}")
_EMP = ("Emp. no.|Payroll No|Employee number|Staff ID|Assignment No", "{s.emp}")
_NINO = ("NINo.|NI Number|Nat Ins|NINO|N.I. No", "{s.nino}")

TEMPLATES = tuple(
    Template(name, family, True, write, SHEET_NOISE)
    for name, family, write in (
        ("payroll_month", "payroll", sheet([_EMP, _LAST, _FIRST, _NINO, ("Gross|Gross Pay", "{big}.00"), ("?Tax code|TC", "1257L"), ("?Net", "{big}.20"), ("Cost centre|CC", "{six}")], 6, 40, "Payroll period {few} – {year}")),
        ("payroll_bank", "payroll", sheet([_WHOLE, ("Sort|Sort Code|S/C", "{s.sort}"), ("A/C|Account|Acc No.", "{s.account}"), ("Net|Amount|To pay", "{money}"), ("?" + _EMP[0], _EMP[1])], 4, 30, "BACS {date}")),
        ("payroll_union", "payroll", sheet([_EMP, _WHOLE, ("Union|Union deduction|TU subs", "{+UNION}UNISON 14.20 // {+UNION}«GMB|UNISON|Unite»"), ("From|Eff. date", "{date}")], 4, 20)),
        ("hr_absence", "hr", sheet([_WHOLE, ("Team|Section", "{team}"), ("First day|From", "{date}"), ("Days lost|Days", "{num}"), ("Reason|Cause of absence", "{+HEALTH}«Stress|Flu|Back pain|Migraine|Post-operative|Depression|Covid-19»")], 4, 25, "Sickness return")),
        ("hr_starters", "hr", sheet([_LAST, _FIRST, _DOB, ("Post|Job title", "{s.job}"), ("Start|Start date", "{date}"), _NINO, _STREET, _POST, ("?Next of kin", "{t.full}"), ("?NOK tel", "{t.phone}")], 3, 15, "Starters and leavers")),
        ("hr_equality", "hr", sheet([_EMP, _WHOLE, ("Ethnic group|Ethnicity", "{+ETHNICITY}«White British|Indian|Black African|Chinese|Mixed|Pakistani|White Irish»"), ("?Religion/belief", "{+RELIGION}«None|Muslim|Christian|Hindu|Sikh|Jewish»"), ("?Sexual orientation", "{+SEXUALITY}«Heterosexual|Gay|Bisexual|Prefer not to say»"), ("Grade", "«G|H|SO1|PO2»")], 5, 25)),
        ("hr_training", "hr", sheet([_WHOLE, ("Course", "«Manual handling|Fire warden|Excel 2|First aid at work»"), ("Date|Attended", "{date}"), ("?Work email", "{s.wmail}"), ("Pass", "Y")], 5, 25, "Training record, {team}")),
        ("hr_dbs", "hr", sheet([_WHOLE, _DOB, ("Role|Post", "{s.job}"), ("Disclosure date|DBS issued", "{date}"), ("Result|Outcome", "Clear // «Clear|{+CRIME}Caution 2009 theft – risk assessed|{+CRIME}Conviction: ABH, referred|Clear»")], 4, 18)),
        ("hr_mileage", "hr", sheet([("Claimant|Driver|Officer", "{s.full} // {s.rev}"), ("Car reg|Reg no|VRM", "{s.vrm}"), ("Licence no|Driving licence", "{s.licence}"), ("Miles", "{num}"), ("?MOT due", "{date}")], 3, 18)),
        ("rent_arrears_list", "rent", sheet([("Ten. ref|Tenancy|Rent a/c", "{s.rent}"), ("Tenant|Tenant name|Main tenant", "{s.rev} // {s.formal} // {s.full}"), _STREET, ("Balance|Arrears", "{money}"), ("Officer|Patch", "{o.first} // {o.initial}"), ("?Action", "«Stage 1 ltr|NOSP served|Court {date}|PTP»")], 5, 40, "Arrears over £500 at {date}")),
        ("council_tax_extract", "council_tax", sheet([("Acct Ref|CTAX ref|Account", "{s.ctax}"), ("Liable 1|Lead name", "{s.rev} // {s.full}"), ("?Liable 2", "{t.rev} // {t.full}"), _STREET, _POST, ("Band", "«A|B|C|D|E»"), ("O/S|Debit", "{big}.{num}"), ("?UPRN", "{s.uprn}")], 5, 35)),
        ("benefit_caseload", "benefit", sheet([("Claim|Clm ref|HB ref", "{s.claim}"), _LAST, _FIRST, _NINO, _DOB, ("Partner", "{t.full}"), ("Award|Wkly", "{money}")], 4, 30)),
        ("school_roll", "school", sheet([("UPN|Upn", "{c.upn}"), ("Surname|Pupil surname|Legal Surname", "{+CHILD}{c.last}"), ("Forename|Pupil forename|Pref. name", "{c.first}"), ("DOB|Date of Birth", "{c.dob}"), ("Yr|Reg Group", "{few}«A|B|Oak|Elm»"), ("?FSM", "«Y|N»"), ("?Parent 1|Contact 1", "{s.formal}"), ("?Contact tel", "{s.phone}")], 8, 32, "{school}")),
        ("school_sen", "school", sheet([("Pupil|Child|Name of pupil", "{+CHILD}{c.full}"), ("D.O.B.|dob", "{c.dob}"), ("Need|Primary need", "{+HEALTH}«ASD|SEMH|Hearing impairment|Cerebral palsy|Speech»"), ("School", "{school}"), ("?EHCP", "«Y|N»")], 4, 20, "SEND register")),
        ("school_transport", "school", sheet([("Pupil", "{+CHILD}{c.full} // {c.rev}"), ("Pick up|Home address", "{s.street}"), ("PC|Postcode", "{s.postcode}"), ("Parent/carer|Adult at home", "{s.full} // {s.titled}"), ("Mob|Emergency no", "{s.mobile}"), ("School|To", "{school}"), ("?Taxi reg", "{n.vrm}")], 4, 16)),
        ("nursery_register", "school", sheet([("Child|Little one|Child's name", "{+CHILD}{c.full}"), ("Birthday|Born|DOB", "{c.dob}"), ("Allergies", "none // «none|{+HEALTH}nuts|{+HEALTH}egg|{+HEALTH}milk – carries EpiPen»"), ("Collected by|Who picks up", "{s.first} // {s.full}"), ("Tel", "{s.mobile}"), ("Sessions", "«M T W|am only|all week»")], 4, 20, "{school} – term register")),
        ("supplier_sole_traders", "supplier", sheet([("Supplier|Payee", "{s.full} // {s.rev}"), ("Trade", "«window cleaner|tutor|interpreter|gardener»"), ("UTR|Tax ref (UTR)|Self-employed UTR", "{s.utr}"), ("Sort code|Bank sort", "{s.sort}"), ("Account no.|Bank a/c", "{s.account}"), ("?IBAN", "{s.iban}"), _MAIL], 4, 18)),
        ("waiting_list", "housing_list", sheet([("Applicant|Main applicant|Cust name", "{s.full} // {s.rev}"), _DOB, _TEL, _MAIL, ("Beds|Bed need", "{few}"), ("Band", "«A|B|C»"), ("?Medical", "{+HEALTH}«Y - ground floor only|Y wheelchair|Y dialysis»")], 5, 25)),
        ("care_packages", "social_care_list", sheet([("Svc user|Client|Service user", "{s.full} // {s.initial}"), ("PID|Care ID|Client no.", "{s.care}"), ("NHS No|NHS Number|nhs", "{s.nhs}"), ("Need|Primary support reason", "{+HEALTH}«Dementia|Physical disability|Mental health|Learning disability|Frailty»"), ("Provider", "{firm}"), ("Hrs", "{num}"), ("?Allocated worker", "{o.full}")], 5, 25)),
        ("nhs_match", "social_care_list", sheet([("NHS|NHS No.|Ref2", "{s.nhs}"), ("Surname|sname", "{s.last}"), ("fname|Forename", "{s.first}"), ("sex", "{s.sex}"), ("dob|Birthdate", "{s.dob}"), ("pc|Postcode", "{s.postcode}")], 10, 40, headed=0.5)),
        ("blue_badge_list", "blue_badge", sheet([("Badge|Badge no", "{+HEALTH}{s.badge}"), ("Holder|Badge holder", "{s.full} // {s.formal}"), _POST, ("Expires|Expiry", "{date}"), ("?Vehicle 1", "{s.vrm}")], 5, 22, "Blue badge holders")),
        ("parking_permits", "parking", sheet([("Permit", "P{big}"), ("Permit holder|Resident", "{s.full} // {s.rev}"), ("Vehicle|VRM|Reg.", "{s.vrm}"), _STREET, ("Zone", "«A|B|C2»"), ("Valid to", "{date}")], 5, 24)),
        ("electoral_extract", "electoral", sheet([("Elector|Elector name", "{s.rev} // {s.full}"), ("Number", "{big}"), _STREET, _POST, ("?Nat", "«B|G|F»")], 8, 40, headed=0.6)),
        ("volunteers_rota", "rota", sheet([("Week|w/c", "{date}"), ("Early|AM", "{s.first} // {s.full}"), ("Late|PM", "{x.first} // {x.full}"), ("Cover|Reserve", "{y.first} // {y.full}"), ("?Ring", "{s.mobile}")], 4, 14, "Library volunteers, {town}")),
        ("interpreters_booked", "interpreter", sheet([("Date", "{date}"), ("Interpreter", "{s.full}"), ("Language", "«Polish|Urdu|Arabic|Cantonese|BSL|Welsh|Twi»"), ("Client|For", "{x.full} // {x.initial}"), ("Mob", "{s.mobile}"), ("Where", "{gp} // {road} office"), ("?Fee", "{money}")], 4, 16)),
        ("foster_carers_list", "children", sheet([("Carer 1", "{+CHILD}{s.full}"), ("Carer 2", "{t.full}"), _STREET, _TEL, ("Placed|Child in placement", "{c.first} // {c.full}"), ("Review", "{date}"), ("?SSW", "{o.full}")], 3, 14)),
        ("library_fines", "library", sheet([("Ticket|Card no", "{s.pupil}"), ("Borrower|Member", "{s.rev} // {s.full}"), ("Owes|Fine", "{money}"), ("Since", "{date}"), _MAIL], 5, 22)),
        ("pest_bookings", "job_sheet", sheet([("Job", "{six}"), ("Customer|Cust", "{s.formal} // {s.last}"), _STREET, _TEL, ("Pest", "«rats|wasps|bedbugs|mice»"), ("Slot", "{date} {time}")], 4, 18)),
        ("user_passwords", "password", sheet([("Name|Staff", "{s.full} // {s.first}"), ("Login|User", "{s.user}"), ("Password|Pwd|PW|pass", "{s.secret}"), ("?System", "«Northgate|Agresso|Capita|Civica»")], 4, 14)),
        ("headless_contacts", "contacts", sheet([("-", "{s.full} // {s.rev}"), ("-", "{s.phone}"), ("-", "{s.email}"), ("?-", "{s.street}")], 4, 20, headed=0)),
        ("allotment_holders", "contacts", sheet([("Plot", "{num}«a|b|»"), ("Plot holder|Tenant", "{s.initial} // {s.full}"), _TEL, ("Rent paid", "{date}"), ("?Notes", "«key no {num}|shares w {x.first}|water butt|»")], 5, 25, "{road} allotments")),
        ("procurement_cards", "finance", sheet([("Cardholder|Name on card", "{s.full^} // {s.full}"), ("Card number|PAN", "{s.card}"), ("Exp", "0{few}/{yy}"), ("Limit", "{money}")], 3, 9)),
        ("right_to_work", "hr", sheet([_WHOLE, ("Passport|Passport no.", "{s.passport}"), ("Checked by", "{o.initial} // {o.full}"), ("Seen", "{date}"), ("?Visa expiry", "{date}")], 3, 15)),
        ("door_access", "hr", sheet([_WHOLE, ("Template held|Biometric", "{+BIOMETRIC}«Fingerprint R index|Fingerprint L thumb|Face»"), ("Enrolled", "{date}"), ("Site", "{road} depot")], 4, 14)),
    )
)  # fmt: skip
