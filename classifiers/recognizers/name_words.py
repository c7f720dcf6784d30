"""Words by which a name is told from a word: data of names.py, in lower case."""

from __future__ import annotations

_WORDS_TOO = """
abbey abbot ade adelaide ai ali ama amber ambrose amin angel april arafat aran art asia august aur aurora austin
autumn awel baba bailey baker bally ban baron basil bay begum ben benny bethany bibi bill bishop blake blessing
blossom bo bob bola bonnie boston britain brittany brook brooke buck bud buddy cadi cai carmel carol carter celyn cem
chan chance charity chase chelsea cherry chester chi china chip christian christmas clare clay clement cliff cody
comfort constance cook coral crystal dada daisy dale dallas dan danish dawn deacon dean dei dell della den denver
derry destiny devi diamond ding dolphin dong dot down drake drew duc duke earl easter ebony ebrill eden eigra eira
enfys england eve ever faith fan fang fatima favour fei fen fern finch finn fletcher flora florence florin ford forest
fortune fox frank friday gang gen gene georgia gift ginger glade glan glen gloria gong grace grant griffin guernsey
guto guy gwen gwener gwyn haf hai hale han hang happiness happy harmony hart harvest haul haven hazel heath heather
hen herb hilary hindu hoa holly honey honor honour hope houston hudson hue hui hunter imam india innocent iqra ireland
iris israel ivy jac jack jade jan jasmine jay jenny jersey jet jewel jordan joy jules jun june juniper justice kala
kali kan ken kent kenya kerry khan king kit lake lal lan lancaster lance lane lang laurel lee lei leo les liberty lily
lincoln ling linh lion lloyd llun long lourdes love madison mae mai mair major mala male mali mama man mari marina
marius mark marsh marshall martin mason max may mayo medi meg mei mel melody memphis men mercedes mercy miles min ming
minh miracle misty mitch mo monday morning morris murray muslim myrtle nan nana nate nelson nick noble noel non norm
normal nos nova oakley olive opal page pan pansy papa paris parker pat patience patty peace pearl peg pen penny pepper
phoenix pierce ping pip piper pope poppy porter precious presence preston prince princess promise prosper prudence
queen rab rafferty raj ram ran rana rani raven ray raya reed regina ren rich river rob robin rock rocky rod roma roman
ron rory ros rose rosemary rowan roz ruby rusty saffron sage said sal salem san sand sandy sang savannah scout sen
seren shah shan shane sharon sheikh shell sherry sid sienna sing sky son song sonny sparrow spencer star sterling
stone storm stu sue sul sultan summer sunday sunny swift sydney tab tan tang tanner taylor temperance ten terry tez
ting tom tong treasure trinity troy tuan tulsa twm tyrone unity van vanity verity verona victor victoria victory
violet virginia wade wan wang ward warren warwick wayne wei wen west will willow wing winter wisdom wolf wonder woody
wren wyn yan yang yen york zan zen
"""
WORDS_TOO = frozenset(_WORDS_TOO.split())
"""First names that are met as often where they name nobody: words, months, places, makes."""

_ORGANISATION_WORDS = """
academy agency alliance association authority bank board borough building business care centre charity church city
class clinic clinical college commission committee community company conference constabulary construction contract
contractors corporate corporation council county department development directorate district division education energy
environment estate executive festival finance forum foundation framework fund general group hall health highway
highways hospital hotel house housing industries infirmary information institute international investment kingdom
library limited local ltd management media ministry museum network nhs nursery office officer operations organisation
parish partners partnership people planning plc police policy practice primary procurement programme project projects
properties public railway regional report resources school schools secondary section sector service services social
society software solutions station strategy studio support surgery system systems team technologies theatre trading
training transport trust union university village ward waste works
"""
ORGANISATION_WORDS = frozenset(_ORGANISATION_WORDS.split())
"""What names of offices, firms and their parts have."""

_OTHER_WORDS = """
accommodation account accounts address adult adults aged agenda all almighty annual answer any app application april
area august avenue back baron benefit benefits bin black board born both buddhist budget business cabinet cache call
case category catholic chair chairman chancellor chapel chief child children christmas citizen clerk close code
colleague colleagues commissioner contact cottages council councillor councillors court crescent customer customers
cyngor data date day days december deputy description details director diwali dob document drive east easter editor
eid email employee england english event everyone faithfully fao fax february field file first folks forename
forenames form free friday friends full fund gardens give gp great grove guidance gwasanaeth hanukkah head hello hi
hindu history home householder how if important index insert interim invoice islamic item january jewish july june
justice key landlord last leader licence lieutenant line list little location lower madam madams manager map march
material mayor mayoress meeting member members message method mews mobile monday month months mount muslim name new
next nhs no none north not note notes november number occupier october office officer old one order other our owner
page parade parent parents part passover payment percentage permit phone photo please postcode president price private
privy product property protestant provost purpose quarter question queue ramadan re read ref reference regards
register registered regulations request required resident residents retry review road role room rule sant saturday
scheme secretary section see september sheet sikh sincerely sir sirs site south speaker square standard start status
street subject sunday supplier surname table tax tbc teacher team tel telephone tenant tenants term terrace test text
thank thanks the this thursday title to today total town treasurer tuesday type unknown update upper user vacancy
vacant version vice villas virgin volunteer way wednesday week weeks welcome west who will with word work year yes yom
you your yours ysgol
"""
OTHER_WORDS = frozenset(_OTHER_WORDS.split())
"""What no name of a person has."""

_TRADES = """
advice afc agents aid architects athletic bakers bakery band bank betting bikes blinds boats bookmakers books bookshop
boutique brewery brick bricks bros brothers brownies builder builders butchers cabs cafe caravans cards carpets cars
caterers catering chemist chemists chiropody choir cider cleaners cleaning clothing co coaches coatings computers
computing concern conservatories consultancy consultants consulting creative crisps cycles dairies dairy dairyfarm
decorators deli dental design designs developments diner drainage driving dyno electrical electricals electronics
employment engineering engineers enterprises equestrian equipment estates events excavations exports farmers farms
fashions fc fencing films finance fish fishmongers fitness flooring florist florists foods foundries freight fruit
funerals furniture galleries garage garages gardening glaziers glazing graphics greengrocers groundworks guides
hairdressing haulage healthcare hire holdings homes hospice hospitality icecream imports innovations insurance
interiors ironmongers jewellers jewellery joiners joinery kitchens labels landscapes landscaping laundry lawyers
leasing lettings lift lifts lighting llc llp locksmiths logistics machinery marketing marquees masonry meats merchants
metals minibuses minimarket mortgages motors newsagents nurseries opticians orthodontics outfitters packaging paints
paper papers parcels partitions pest pets pharmacies pharmacy photography physiotherapy pies pizza plant plasterers
plastics playgrounds plc plumbing press printers produce publishing pubs pumps quarries racing records recruitment
recycling refrigeration removals rentals restaurant restorations retail roofers roofing rovers saddlery safety salon
salons scaffolding scientific scouts security shipping shoes shop shops signs skip skiphire skips solicitors sons spa
sports stables stationers storage stores supermarket supermarkets suppliers supplies supply surveyors sweets tackle
tailors takeaway tavern taxis telecoms textiles tiles timber tools tours towing toys traders travel tree trees
trophies tyres undertakers united upholstery utilities vans vending veterinary vets wanderers wholesale wholesalers
windows wines wool yachts
"""
TRADES = frozenset(_TRADES.split())
"""What firms call themselves by, behind the name of whoever began them."""

_PLACES = """
abbey act arms award barn bill bridge castle cathedral cemetery chapel column cup day depot disease embankment estate
farm field fields forest garden gardens grammar heath infant infants inn island isles junior juniors lake library
lodge memorial mill moor mosque museum park pavilion pier playground pool prize pub quarter regulations reservoir
river scale scheme stadium statue syndrome temple tower towers trail vale valley villa woods
"""
PLACES = frozenset(_PLACES.split())
"""What makes a name that of a place, a prize, a law or a disease."""

_BEGIN_SENTENCES = """
about above according across actually add after again against agreed ahead along also although always am among an and
another anyone anything apart apparently are around as ask asked at awaiting away because been before behind being
below beside besides between beyond but by called came can cannot cc checked clearly closed come could currently
despite did discussed do does done due during each earlier either else emailed even eventually every everyone except
finally find finished following for formerly from further furthermore gave get given go got had handed has have having
he hence her here hers herself him himself his however if in indeed inside instead into is it its itself just keep
kept lastly later leave left let like made make many may maybe me meanwhile met might more moreover most mostly much
must my myself near nearly neither never nevertheless next nobody nor not nothing now of off often on once only onto
or other otherwise ought our out outside over own per perhaps phoned possibly previously probably put quite rang
rather received regarding rest ring said same saw says seen sent several shall she should since so some somebody
someone something sometimes soon speak spoke still such take taken tell texted than that their them then thence there
therefore these they thing think this those though through throughout thus till to together told too tried try under
unless unlike until up upon us use used usually via visit visited was we went were what whatever when whenever where
whereas wherever whether which while whilst whoever whole whom whose why will with within without would wrote
yesterday yet your yours yourself
"""
BEGIN_SENTENCES = frozenset(_BEGIN_SENTENCES.split())
"""In capitals only because a sentence begins with them."""

_RELATED = """
agent applicant applicants auditor aunt auntie baby bank bidder bidders boy boys brother brothers cabinet caller
candidate candidates carer carers church claimant client club college company complainant consultant contractor
contractors coroner court cousin crew dad daddy daughter deceased defendant delegate delegates doctor driver elector
electors everyone families family father firm friend gentleman girl girls government governor governors gran grandad
grandfather grandma grandmother granny guardian guardians guest guests hospital householder husband inspector judge
lad lady landlord learner learners leaseholder leaseholders licensee mam man manager mother mum mummy nan nana
neighbour neighbours nephew niece nobody nurse occupiers officer panel parliament participant participants partner
party passenger patient patients pedestrian people police public pupil pupils ratepayer reader readers school sister
sisters somebody son son-in-law staff stepfather stepmother stepson student students subscriber suppliers team trust
trustee trustees twin twins uncle university user users victim volunteers warden wife witness woman worker
"""
RELATED = frozenset(_RELATED.split())
"""What somebody is to others, and bodies that speak as people do."""

_OF_HISTORY = """
oliver cromwell, florence nightingale, charles dickens, winston churchill, isambard kingdom brunel, isambard brunel,
jane austen, william shakespeare, charles darwin, isaac newton, robert burns, walter scott, john wesley, guy fawkes,
mary seacole, karl marx, emmeline pankhurst, george washington, martin luther king, martin luther, nelson mandela,
rosa parks, james watt, captain cook, joseph chamberlain, robert peel, horatio nelson, anne frank, charlotte bronte,
emily bronte, william wilberforce, george stephenson, josiah wedgwood, richard arkwright, robert owen, owain glyndwr,
john constable, christopher wren, dylan thomas, lloyd george, clement attlee, aneurin bevan, neville chamberlain,
harold wilson, octavia hill, john ruskin, william morris, captain james cook
"""
OF_HISTORY = frozenset(name.strip() for name in _OF_HISTORY.split(","))
"""People long dead of whom councils write."""

_OF_THINGS_TOO = """
Grant Bill May Hope Will Mark Chase Page Rob Chance Heath Dale Forest Glen Penny Bay Sky Star Storm Summer Autumn
Winter Spring Chelsea Florence Paris Georgia Chester Kent Lincoln Preston Derby Sydney Adelaide Victoria India China
Asia Africa Israel Jordan Brittany Virginia Carolina Houston Dallas Austin Phoenix Memphis Denver Boston Lourdes
Verona Roma Savannah Jersey Guernsey Lancaster York Warwick Tyrone Ireland Iran Stanley Mercedes Alexandria Max Art
Song King Queen Prince Princess Treasure Gift Peace Love Liberty Justice Harmony Unity Trinity Pearl Crystal Coral Ivy
Holly Hazel Olive Violet Rose Basil Herb Ginger Saffron Sage Clement Noble Miles Major Sonny Jun Mae Sun Long Man Male
Men Son Pa Ma Jet Van Lance Rocky Earl Duke Baron Bishop Deacon Marshall Mason
"""
OF_THINGS_TOO = frozenset(_OF_THINGS_TOO.split())
"""First names of which all things may be told: places, makes, words."""

_ABBREVIATIONS = """
AM BT CE CV DC DI DS DX EU FC GP HM HR ID IT JP KC MP NI OK OS PA PC PE PM PO PS QC RC RE TV UK UN US VAT NHS BBC FAO
DVD CD AI AV BA BSC MA MSC PHD HND GCSE HMP HMS II III IV VI AC DIY CCTV LTD PLC LLP
"""
ABBREVIATIONS = frozenset(_ABBREVIATIONS.split())
"""No initials."""

_EPONYMS = """
addison alzheimer asperger bechet behcet bowen charcot coeliac crohn cushing down dupuytren ehlers gilbert graves
hashimoto hodgkin hunter huntington kawasaki korsakoff lewy marfan meniere munchausen osgood paget parkinson perthes
raynaud reye sjogren tourette turner wernicke wilson young simpson moore murphy hobson occam sainsbury morrison
mcdonald kellogg
"""
EPONYMS = frozenset(_EPONYMS.split())
"""Whose name a disease or a shop has."""

_NOT_BEHIND = """
king queen saint st st. pope prince princess emperor bishop great little upper lower nether much storm lake mount
apple ysgol neuadd meddygfa capel eglwys heol ffordd stryd plas parc canolfan ysbyty theatr pont llyfrgell afon cwm
coed
"""
NOT_BEHIND = frozenset(_NOT_BEHIND.split())
"""Behind these a name is that of a saint, a village or a building."""
