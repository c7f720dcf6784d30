"""Letters to residents, and what residents write back."""

# ruff: noqa: E501, RUF001 -- a way of writing stands on one line, with the dashes and marks of its author

from __future__ import annotations

from .document import Template, prose

_HARD = "«|||{@nearly}\n\n»"
_SAID = "«||{@health}\n\n|{@nearly}\n\n»"

TEMPLATES = tuple(
    Template(name, family, True, prose(*ways))
    for name, family, *ways in (
        (
            "letter_rent_owed", "letter",
            "{@head}{@dear}\n\n«Rent account|Tenancy reference|Rent a/c no.»: {s.rent}\n\n«Your rent is behind by|You owe|Our records show arrears of» {money}"
            " «and this is our second letter|for {s.street}|as at {date}». «Please pay by {soon}|Unless {money} reaches us by {soon} we may serve notice».\n\n"
            + _SAID + "{@queries}\n\n{@close}",
            "{@head}{@dear}\n\nNOTICE OF SEEKING POSSESSION\n\nI write about {s.rent}. «You agreed with {o.full} to pay {money} a week and have not done so."
            "|The balance on your home at {s.street} has grown to {money}.» A hearing «has been listed for {date}|will be asked for».\n\n" + _HARD + "{@close}",
        ),
        (
            "letter_council_tax", "letter",
            "{@head}{@dear}\n\nCouncil tax «account number|a/c|reference» {s.ctax}\n«Property|Re»: {s.street}\n\nThank you for your call«| of {date}». "
            "«We have taken off the single person discount because {t.full} joined the household on {date}.|A discount of 25% has been granted from {date}."
            "|The reminder was sent in error and your instalments are now {money} a month.»\n\n" + _HARD + "{@queries}\n\n{@close}",
            "FINAL NOTICE\n\n{s.title} {s.rev}\n{s.block}\n\nAccount {s.ctax}\n«Liable persons|Liable»: {s.full} «and {t.full}|& {t.initial}»\n"
            "Amount outstanding {money}\nPay to sort code {sort} account {account} quoting {s.ctax}, or by telephone on {switch}\n",
            "{@head}{@dear}\n\nLIABILITY ORDER – {s.ctax}\n\nThe court granted an order for {money}. «Your employer will be told to take money from your pay.|"
            "We need your National Insurance number; we hold {s.nino}, tell us if it is wrong.» Enforcement agents ({firm}) may call at {s.street}.\n\n{@close}",
        ),
        (
            "letter_benefit_award", "letter",
            "{@head}{@dear}\n\nHousing Benefit claim {s.claim}\nNI number {s.nino}\n\n«We have looked again at|We have now decided» your claim from {date}. You «will get|are entitled to»"
            " {money} a week, paid «to your landlord, {firm}|into the account ending {few}{few}».\n\n" + _SAID + "{@queries}\n{@close}",
            "{@head}{@dear}\n\nOverpayment of benefit – claim ref {s.claim}\n\n{t.full} moved into your home on {date} and you did not tell us. We have paid {money} too much."
            "\n\n«{@crime}\n\n|||»{@close}",
        ),
        (
            "letter_blue_badge", "letter",
            "{@head}{@dear}\n\n«Blue Badge|Disabled person's parking badge» «serial|no.|number» {s.badge}\n\n{+HEALTH}«We have approved your badge because you cannot walk more than fifty metres."
            "|I am sorry that we cannot renew your badge; the assessor, {m.full}, found that you walk without help.»\n\n{@close}",
        ),
        (
            "letter_homeless_decision", "letter",
            "{@head}{@dear}\n\nHousing Act 1996, Part 7 «– your application|»\n\nYou came to us on {date} with {t.full}«| after {t.parent} asked you both to leave». "
            "«{+HEALTH}I accept that you are vulnerable, as your psychiatrist wrote to us.|I find that you are not in priority need.|{+CRIME}You told us you left prison last month.»"
            "« We have placed you at {n.street}, {n.postcode}.|»\n\nYou may ask for a review. {@queries}\n\n{@close}",
        ),
        (
            "letter_parking_appeal", "parking",
            "{s.formal}\n{s.block}\n{s.email}\n\n{date}\n\nPenalty charge notice {pcn}\nVehicle «registration|reg|reg. mark» {s.vrm}\n\nSir/Madam\n\nI «wish to appeal|contest this charge». "
            "«My {t.parent} {t.first} was taken ill and I stopped for two minutes.{+HEALTH}|The ticket machine on {road} was broken and the sign is hidden by a tree.|I had sold the car to {n.full} of {n.street} the week before.»"
            " «My number is {s.mobile}.|»\n\n{s.full}",
            "{@head}{@dear}\n\nPCN: {pcn}   VRM: {s.vrm}\n\nThank you for your «challenge|informal representations». «Having looked at the attendant's pictures I have cancelled the notice."
            "|{+HEALTH}The disabled badge {s.badge} was not on show, and the charge stands.»\n\n" + _HARD + "{@close}",
        ),
        (
            "letter_complaint_in", "complaint",
            "{s.address}\n{s.phone}\n\n{date}\n\nTo the Chief Executive\n\nI am «disgusted|writing to complain» at how {o.full} of {team} spoke to «me|my {t.parent} {t.full}». "
            "«{@ethnicity}|{@sexuality}|{@religion}|{@politics}|{@health}|{@nearly}» «I rang {switch} four times.|Nobody rang back.»\n\nI look forward to hearing from you\n{s.formal}",
            "I HAVE LIVED AT {s.street^} FOR {num} YEARS AND NEVER SEEN SUCH A MESS. YOUR MAN {o.last^} PROMISED ON {date} THAT THE BINS WOULD BE EMPTIED.\n\n{s.full^}\nTEL {s.phone}",
        ),
        (
            "letter_complaint_reply", "complaint",
            "{@head}{@dear}\n\nStage «one|two|1» «complaint|response»\n\nI have «spoken to {m.full} and read the file|looked into what you say about {m.titled}». "
            "«I am sorry that no one told you.|I find no fault.» «{@ethnicity} I take that seriously.|{@religion}|{@nearly}|{@health}»\n\n{@close}",
        ),
        (
            "letter_planning_objection", "planning",
            "{s.full}\n{s.block}\n\nApplication {planref} – {firm}, land off {road}\n\nI object. The «dormer|extension|car park» would «overlook my bedroom|take the light from our garden» "
            "and the traffic is bad. «My neighbour {n.formal} at {n.street} feels the same.|» «{@health}|{@nearly}|»\n\nYours\n{s.initial}\n{s.email}",
            "Comments for Planning Application {planref}\n\nCustomer Details\nName: {s.formal}\nAddress: {s.address}\n\nComment Details\nCommenter Type: Neighbour\nStance: Customer «objects to|supports» the Planning Application\n"
            "Comment: «We don't want more flats.|I think it is a good use of a derelict plot.» {@nearly}",
        ),
        (
            "letter_neighbour_notified", "planning",
            "{@head}{@dear}\n\nTown and Country Planning Act 1990\nReference {planref}\nApplicant: {n.formal}\nSite: {n.street}, {n.town}\n\nYour neighbour has asked for leave to «build a garage|put up a fence». "
            "You may comment by {soon} to {role}.\n\n{@close}",
        ),
        (
            "letter_asb_warning", "letter",
            "{@head}{@dear}\n\n«Noise|Behaviour» at {s.street}\n\nOn {date} {n.formal} «and others|» told us of «loud music after midnight|shouting and barking». "
            "«{@crime}|{@nearly}|Please keep the noise down.» «Your tenancy is {s.rent}.|»\n\n{@queries}\n{@close}",
        ),
        (
            "letter_school_place", "children",
            "{@head}{@dear}\n\n{+CHILD}«School admission|Dyrannu lle ysgol / School place» – {c.full}, «born|d.o.b.|DOB» {c.dob}\n\nI am «pleased|sorry» to tell you that "
            "{c.first} «has been offered a place at {school}|has not been offered {school} and is number {few} on the list». «{c.cap_his} UPN is {c.upn}.|»\n\n{@queries}\n\n{@close}",
        ),
        (
            "letter_right_to_buy", "letter",
            "{@head}{@dear} and {t.titled}\n\nRight to Buy – {s.street}\n\nWe «accept|refuse» your claim. To check who you are we looked at passport {s.passport} and driving licence {t.licence}. "
            "The price is {money}. «UPRN {s.uprn}.|»\n\n" + _HARD + "{@close}",
        ),
        (
            "letter_library_fine", "library",
            "{@head}{@dear}\n\nThe following are overdue on card {s.pupil}:\n  The Birds of Wexbourne\n  Baking for One\nFines so far: {money}. «If {s.phone} is no longer your number tell us.|»\n\n{o.first}\nLibraries",
            "OVERDUE – 2nd reminder\nBorrower {s.rev}\nTicket {s.pupil}\n{s.address}\nItems 3   Owing {money}\nRenew on {switch}",
        ),
        (
            "letter_election", "letter",
            "{@head}{@dear}\n\nWho lives at {s.street}? Our register shows:\n{s.rev}   {t.rev}   {x.rev}\nAdd, strike out, sign and send back. «Security code: 4{six}|»\n\n" + _HARD + "Electoral Services, {switch}",
        ),
        (
            "letter_pest_visit", "letter",
            "{@head}{@dear}\n\nOur man {o.full} «will call|called» at {s.street} on {date} about the «rats|bed bugs|wasps' nest». «Somebody must be in.|Ring {o.mobile} if the dog is loose.»\n\n{@close}",
        ),
        (
            "letter_bilingual", "letter",
            "{o.full}\n{o.job}\n{switch}\n\nAnnwyl {s.titled} / Dear {s.titled}\n\nDiolch am eich llythyr dyddiedig {date}. Thank you for your letter.\n\n"
            "Cyfeirnod / Reference: {s.ctax}\nCyfeiriad / Address: {s.address}\n\nMae arnoch chi {money}. You owe {money}. {@nearly}\n\nYn gywir\n{o.full}",
        ),
    )
)  # fmt: skip
