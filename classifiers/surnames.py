"""Common surnames of the people British councils write about."""

from __future__ import annotations

_ENGLISH = """
abbott abrahams adams adamson addison adkins ainsworth aitken alcock alderson aldridge alexander allan allcock allen
allison allsop allsopp ambler amos anderson andrews ansell anthony appleby appleton archer armitage armstrong arnold
arrowsmith arthur ash ashby ashcroft ashley ashton ashworth askew aspinall astley aston atherton atkin atkins atkinson
attwood austin avery ayres babbage backhouse bagley bagshaw bailey bainbridge baines baird baker baldwin balfour ball
ballard bamford bancroft banks bannister barber barclay barker barlow barnard barnes barnett barr barraclough barratt
barrett barrington barron barrow barry bartlett barton barwick bassett bateman bates batty baxter bayliss beadle beale
beard beattie beaumont beck beckett beddoes bedford beech beeston bell bellamy bennett benson bent bentley beresford
berry best beswick betts bevan beveridge bibby bickerstaffe biddle biggs billings bingham birch birchall bird birkett
birtwistle bishop black blackburn blackman blackmore blackshaw blackwell blackwood blair blake blakemore bland blewitt
bloomfield blount blundell blythe boardman bolton bond bone bonner booker boon boot booth bostock boulton bourne
bowden bowen bowers bowes bowker bowler bowles bowman boyce boyd bracewell bradbury bradford bradley bradshaw brady
bragg braithwaite bramley branch brand brandon bray brearley brennan brett brewer brewster bridges bridgewater
brierley briggs bright brindley briscoe bristow britton broadbent broadhurst brockbank bromley brook brooke brooker
brookes brooks broomfield brough brown browne browning brownlow bruce brunt bryan bryant bryce buchanan buck
buckingham buckland buckley budd bull bullen bullock burch burdett burgess burke burkinshaw burnett burnham burns
burnside burrell burrows burton busby bush butcher butler butterfield butterworth buxton byrne byron calder caldwell
callaghan calvert cameron campbell cann cannon capper cargill carlisle carlton carmichael carpenter carr carrington
carroll carruthers carson carter cartwright carver cassidy castle cattermole caulfield chadwick chalmers chamberlain
chambers champion chandler chaplin chapman chappell charles charlesworth charlton charnley chatterton cheeseman
cheetham cheshire chilton chivers cholmondeley christie church churchill clark clarke clarkson clay clayton clegg
clements clifford clifton clough coates cobb cochrane cockcroft coker colclough cole coleman coles collard collett
colley collier collinge collings collingwood collins collinson conway cook cooke cookson coombes coombs cooper cope
copeland copley corbett corcoran cork cornish cornwell cotterill cotton couch coulson coulter court cousins cowan
coward cowell cowley cox coyle crabtree craddock craig cramp cranston craven crawford crawley creighton cresswell
crisp critchley croft crofts crompton crook crosby cross crossland crossley crouch crowe crowther croxford cruickshank
cullen cumming cummings cundall cunliffe cunningham curran currie curry curtis cuthbert dale dalton daly dalziel
daniels darby darlington darwin davenport davey davidson davies davis davison dawes dawkins dawson day deakin dean
deane dearden dempsey dempster dennis dent denton derbyshire devereux devlin dewhurst dickens dickenson dickinson
dickson dixon dobbs dobson dodd dodds dodson doherty dolan donald donaldson dorsey douglas dowling downes downing
downs drake draper drew driver drummond drury duckworth dudley duffield duffy dugdale duke duncan dunford dunkley
dunlop dunn dunning dunstan durham durrant dutton dyer dyson eagle earl earnshaw eastman easton eastwood eaton ebdon
eccles eccleston eddy eden edgar edmonds edmondson edmunds edwards egan eldridge elliot elliott ellis ellison ellwood
elsworth elton emerson emery emmerson emmett england entwistle erskine evans eve everett everitt eyre fairbairn
fairbrother fairclough fairhurst faraday farley farmer farnworth farr farrar farrell farrow faulkner fawcett fearnley
fell fellows felton fenton fenwick ferguson fernley ferris field fielden fielder fielding fields finch findlay finlay
finlayson finney firth fisher fitch fitton fitzgerald fitzpatrick flack flanagan fleming fletcher flint flood flower
floyd flynn foley ford fordham foreman forrest forrester forshaw forster forsyth foster foulkes fountain fowler fowles
fox foxton frampton francis franklin fraser freeman french friend frost fry fuller fulton furness furniss gale
gallagher galloway gamble garbutt gardiner gardner garland garner garnett garrett garrity garside garvey gaskell gates
gaunt geary gee geldard gent gibb gibbons gibbs gibson gifford gilbert gilchrist giles gill gillespie gillett gilmore
gilmour gladwin glass gleave gledhill glenn glover godby goddard godfrey godwin golding goldsmith gooch goodall
goodchild goode goodfellow goodman goodwin gordon gorman gosling gough gould grace graham granger grant gratton graves
gray grayson greatorex greaves green greene greenfield greenhalgh greenhill greenwood gregg gregory gregson greig grey
grice grierson griffin griffith griffiths griggs grimes grimshaw groves grundy guest gunn guthrie guy hackett hadfield
hadley hague haigh haines hale hales hall hallam halliday halliwell halstead ham hamer hamilton hammersley hammond
hampson hampton hancock handley hanley hanna hannah hansen hanson harcourt hardacre hardaker hardcastle harding
hardman hardwick hardy hargreaves harkness harland harley harman harmer harper harries harrington harris harrison
harrop hart hartley harvey harwood haslam hastings hatton hawker hawkes hawkins hawkinson hawksworth hawley haworth
hawthorne hay haycock hayden haydock hayes haynes hayward haywood hazell headley healey heap heaps heath heathcote
heaton hebden hedges helliwell hemingway hemsley henderson hendry henry henshaw hepburn hepworth herbert heron herring
hewitt hewlett hewson heywood hibbert hickey hickman hicks higginbotham higgins higginson higgs hildreth hill hillier
hills hilton hinchcliffe hinchliffe hindle hindley hinds hirst hitchcock hobbs hobday hobson hodge hodges hodgkins
hodgkinson hodgkiss hodgson hodson hogan hogg holbrook holden holder holdsworth holgate holland holliday hollingsworth
hollingworth hollins hollis holloway holman holme holmes holroyd holt hood hooper hope hopkins hopkinson hopper
hopwood horn hornby horne horner horrocks horsfall horsfield horton hough houghton houlton house howard howarth
howcroft howe howell howells howes howie howitt howlett hoyle hubbard hudson huggins hughes hull hulme humble hume
humphrey humphreys humphries hunt hunter huntley hurley hurst hussey hutchings hutchins hutchinson hutchison hutton
hyde ibbotson illingworth ince ingham ingle ingleby inglis ingram innes ireland ironside irvine irving irwin isherwood
ives jackson jacobs jagger jaggers james jameson jamieson jardine jarman jarrett jarvis jay jefferies jefferson
jeffery jeffrey jeffreys jenkins jenkinson jennings jessop johns johnson johnston johnstone jolley jolly jones jordan
joseph jowett joyce judd judge jukes kane kavanagh kay kaye keane kearney keating keegan keeling keen keeton kelly
kelsall kemp kendall kendrick kennedy kenny kent kenyon kermode kerr kershaw kettle kettlewell key keys kidd kilburn
kilner king kingsley kingston kinsella kirby kirk kirkbride kirkham kirkland kirkpatrick kirkwood kitchen kitching
kite knight knights knott knowles knox lacey laidlaw laing lake lamb lambert lamont lancaster landon lane lang langdon
langford langley langton larkin last latham latimer lavender law lawler lawless lawrence lawson lawton laycock layton
lazenby leach leadbeater leadbetter leader leary leather leaver ledger lee leech lees leese leigh leighton lennon
lennox leonard leslie lester lever levy lewin lewis leyland liddell liddle light lightfoot lilley lindley lindsay
lindsey ling lister little littlewood livesey livingstone llewellyn lloyd lock locke lockett lockwood lodge lofthouse
logan lomas lomax long longbottom lord lovatt love lovell lovett low lowe lowes lowry lowther lucas luckett lumb
lumley lund lunn lyle lynch lynn lyon lyons lythgoe mace mack mackay mackenzie mackie mackintosh maclean macleod
madden maddock maddocks maddox maguire maher major malcolm malkin mallett mallinson mann manners manning mansell
mansfield marlow marples marriott marsden marsh marshall marsland marston martin martindale maskell mason massey
masters masterson mather mathers matheson mathews mathieson mathison matthews maude maughan maxwell may mayer mayes
maynard mayor mays mead meadows mears medley melia mellor melville mercer merrick merritt metcalf metcalfe michael
middleton midgley milburn miles millar millard miller millington mills millward milne milner milton minshull mitchell
mitchinson moffat moffatt mole molloy molyneux monaghan monk montague montgomery moody moon mooney moore moores
moorhouse moran moreton morgan morley morrell morris morrison morrissey morton moseley moses moss mott mottram mould
moulton mounsey mountain muir mulholland mullen mulligan mullins munday mundy munn munro murdoch murphy murray
musgrave mutch myers nash naylor neal neale needham neill nelson nesbitt nettleton neville newbold newby newell newman
newsome newton nicholas nicholls nichols nicholson nicol nightingale nixon noakes noble nolan noon norman norris north
northcote norton nowell nugent nunn nuttall oakes oakley oates ogden oldfield oldham oldroyd oliver ollerenshaw
openshaw ormerod orr osborn osborne osbourne oswald otley ottley outram overton owen oxley packer padgett page paige
paine painter palfreyman palin palmer parfitt park parker parkes parkin parkinson parks parnell parr parris parrott
parry parsons partington partridge pascoe pate paterson paton patrick patten patterson pattinson patton paul pawson
paxton payne peace peach peacock peake pearce pearson peck peel pegg pemberton pendlebury penfold penn pennington
penny pepper percival percy perkins perrin perry petch peters peterson pettigrew petty phelps philips philipson
phillips phipps pick pickard pickering pickersgill pickett pickford pickles pickup pierce piggott pike pilkington
pilling pinder piper pitman pitt pitts plant platt playford plumb plummer pointer pollard pollitt pollock poole pope
porter postlethwaite potter potts poulter poulton povey powell power powers pratt prescott preston price prichard
priestley prime prince pringle prior pritchard procter proctor prosser proudfoot provost pryce pryor pugh pullen
purcell purdy purvis putnam pye pyke quayle quick quinn radcliffe radford rae railton raine rainford ramsay ramsbottom
ramsden ramsey randall rankin ransome ratcliffe raven rawcliffe rawlings rawlinson rawson ray rayner raynor read
reader reay reddy redfearn redfern redhead redman redmond reece reed rees reeve reeves regan reid reilly relph render
renshaw revell reynolds rhodes rice rich richards richardson riches richmond rickards ricketts riddell ridge ridgway
ridings ridley rigby riggs riley rimmer ring ripley ritchie roach robb robbins roberts robertson robins robinson
robson roche rochester rodgers rodwell roe rogers rogerson rolfe rollins rooke rooney roper rose ross rossiter rostron
rothwell round rourke rouse routledge rowan rowbotham rowe rowell rowland rowlands rowley rowlinson rowntree royal
royle rudd rush rushton rushworth russell rutherford rutter ryan ryder sadler sagar sage salisbury salmon salt salter
sampson samson samuel samuels sanders sanderson sandford sandham sands sanford sargent saunders savage savill saville
sawyer saxton sayer sayers schofield scholes scott scrivener seabrook seal searle seaton seddon sefton selby sellars
sellers senior severn seward sewell sexton seymour shackleton shakespeare shannon sharman sharp sharpe sharples
sharrock shaw sheard shearer sheehan sheen sheldon shelley shelton shenton shepherd shepherdson sheppard sheridan
sherratt sherwood shipley shipman shore short shotton shutt siddall siddle sidebottom silcock silver simcock simm
simmonds simmons simms simon simons simpkins simpson sims sinclair singleton skelton skidmore skinner skipper slack
slade slater sleigh sloan sloane small smalley smallwood smart smedley smethurst smith smithies smithson smyth smythe
snaith snell snow snowden soames somers southall southern southgate southwell southworth sowden sowerby spark sparkes
sparks sparrow speakman spears speed speight spence spencer spiers spooner sprague spring springer squire squires
stacey stafford staley stamp standish stanfield stanford stanger stanley stansfield stanton stanway staples stark
starkey starling stead steadman stedman steel steele stenson stephens stephenson sterling stevens stevenson steward
stewart stirling stobart stock stockdale stocker stockley stocks stockton stoddart stoker stokes stone stonehouse
stoner storey stott stout strachan strange stratton street stretton stringer strong stuart stubbs sturgess styles
sudworth sugden sullivan summers sumner sunderland surtees sutcliffe sutherland sutton swain swales swallow swan swann
sweeney sweet swift swinburne swindells sykes sylvester symonds tait talbot tallis tanner tansey tarrant tasker tate
tattersall taylor tempest temple tennant terry tetley thackeray thackray thomas thomason thompson thomson thorburn
thorn thorne thornhill thornley thornton thorp thorpe threlfall thurston thwaite thwaites tighe tilley tillotson
timmins timms tinker tinsley titterington todd tolley tolson tomkins tomlin tomlinson tompkins toner tong tonge
tootill topham topping tordoff tovey towers towler townend townley townsend tracey travers travis treadwell treharne
trent trevor trickett trimble trotter trueman truman tubb tucker tuckwell tudor tunnicliffe turnbull turner turnock
turton tweddle twigg twist tyler tyrrell tyson underhill underwood unsworth unwin upton urquhart usher varley vaughan
venables vernon vickers vickerstaff vincent vine viney waddington wade wadsworth wagstaff wainwright waite wake
wakefield wakeford walden walkden walker wall wallace waller wallis wallwork walmsley walsh walsham walter walters
walton warburton ward warden wardle ware waring warner warren warwick washington wass waterhouse waterman waters
waterworth watkin watkins watkinson watson watt watts waugh weatherall weatherill weaver webb webber webster weeks
weir welch weldon wells welsh west westbrook weston westwood whalley wharton wheatcroft wheatley wheeldon wheeler
wheelhouse whelan whitaker whitby white whitehead whitehouse whitehurst whiteley whitfield whiting whitlock whitman
whitmore whittaker whittington whittle whitty whitworth whyte wickens widdowson wiggins wigglesworth wilby wilcock
wilcox wild wilde wildman wildsmith wiles wilkes wilkie wilkins wilkinson wilks willcox willett willetts williams
williamson willis willmott willoughby wills wilmot wilson wilton winder windle windsor wing winn winspear winstanley
winter winterbottom winterbourne winterburn winters wiseman wolfe wolstenholme womersley wood woodall woodburn
woodcock woodhead woodhouse woodley woodruff woods woodward woolf woolford woolley woolnough wooton wootton wordsworth
worrall worsley worth worthington wragg wray wren wright wrigley wyatt wylie wynne yardley yarwood yates yeates yeo
yeoman yorke young younger
"""
_SCOTTISH_AND_IRISH = """
ahearne ahern aird baillie barrie begley behan bell binnie boyle bradigan brannigan breen brennan breslin broderick
brogan brosnan bruton buckley burke byrne cafferky cahill callaghan callan campbell canavan carey carmody carney
carroll casey cassidy clancy cleary clery coady coffey coghlan colgan colleran collins comerford conaty concannon
condon conlon connaughton connell connelly connolly connor conroy considine conway coogan cooney corbett corcoran
corrigan corry cosgrave cosgrove costello costigan coughlan cowie coyle coyne crawley cremin cronin crotty crowley
cullen cullinane cunnane curley curran curtin cusack daly darcy deasy deegan deeney delahunt delaney delap dempsey
dermody desmond devane devine devlin diamond dillon dineen dinneen diver docherty doherty dolan donaghy donegan donlon
donnellan donnelly donoghue donohoe donohue donovan doogan dooley doonan doran dougan dowd dowdall dowling downey
doyle driscoll drummond duff duffin duffy dugan duggan duignan dundas dunleavy dunne dwyer egan ennis enright fagan
fahey fahy fallon fanning farrell farrelly feehan feeney fennell fennelly finan finegan finn finnegan finnerty
finucane fitzgerald fitzgibbon fitzmaurice fitzpatrick fitzsimmons fitzsimons flaherty flanagan flannery flavin flood
flynn foley forde fox furlong gaffney gallacher gallagher galligan galvin gannon garrigan garvey gaughan gavin
geoghegan geraghty gibney gilchrist gilhooly gillen gillespie gilligan gilmartin gilroy glancy gleeson glynn gogarty
gormally gormley grady grehan griffin guinan hackett halligan hallinan halloran halpin hanlon hannigan hannon hanrahan
hanratty harkin harnett harney harrington hartigan hartnett haughey hayden healy heaney heffernan hegarty henchy
hennelly hennessy heraghty herlihy hession hickey higgins hoban hogan holohan horan horgan houlihan hourihan hughes
hurley hussey hyland hynes irvine joyce judge kane kavanagh keady keane kearney kearns keating keaveney keegan keelan
keenan kehoe kelleher kelliher kelly kenneally kennedy kenny keogh keohane kerrigan kerrison kiely kiernan kilbane
kilbride kilcoyne kilgallon kilkenny killeen kinnear kinsella kirwan lacey lafferty laffey laird lally lanigan lannon
larkin lavelle lavery lawlor leahy leavy leddy lenihan lennon leonard liddy logue lonergan loughlin loughnane loughran
lowry lucey lundon lynagh lynch lyons madden madigan magee magennis magill maginnis maguire mahaffy maher mahon
mahoney mahony malone maloney mangan manley mannion markey martyn meade meagher meaney meehan melia merrigan milligan
minihan minogue moffett mohan molloy moloney monaghan mongan mooney moran moriarty moroney morrissey moynihan mulcahy
muldoon mulhall mulhern mulholland mullally mullan mullane mullaney mullen mulligan mullin mullins mulqueen mulrooney
mulroy mulryan mulvey mulvihill munnelly murnane murphy murray murtagh nagle nairn naughton nealon neary neeson
neilson nestor nolan noonan nugent nulty phelan pitcairn plunkett power prendergast prunty purcell quigg quigley
quinlan quinn quirke rafferty raftery ramage reddan reddington redmond regan reidy reilly renehan reynolds riordan
roache roarty robertson roche rodden rogan ronan ronayne rooney roughan rowan ruane ruddy ryan sammon scally scanlan
scanlon scully shanahan shanley shannon sharkey shaughnessy shea sheedy sheehan sheehy sheeran sheils shelly sheridan
sherlock shiel shields shine shortall sinnott slattery slevin smyth spain spillane stack stapleton stewart sugrue
sullivan swan sweeney taaffe talty tansey tarpey tiernan tierney timmons timoney tobin togher toland toner toolan
toomey trainor traynor treacy tuohy twomey tynan vallely waldron wallace walsh ward weldon whelan whelehan woulfe
"""
_WELSH = """
anwyl beddow bevan beynon bowen breeze cadwaladr cadwallader charles craddock daniel davies eckley edwards ellis evans
eynon foulkes gethin gittins gower griffith griffiths gwilliam gwilym gwynne hanmer harries harry hopkin hopkins
howell howells hughes humphreys ithell james jarman jehu jenkins john jones kyffin lewis llewellyn llewelyn lloyd
lougher maddocks meredith merrick meyrick morgan morgans morris mostyn nicholas onions owen owens parry pask penry
phillips powell price prichard pritchard probert prosser prothero protheroe prydderch pugh rees rhys richards roberts
roderick rogers rosser rowlands samuel thomas treharne trevor tudor vaughan watkin watkins williams wynn wynne yale
yorath
"""
_SOUTH_ASIAN = """
abbasi acharya adhikari afridi afzal agarwal aggarwal agha agnihotri ahmad ahmed ahuja aithal akhtar akhter akram
akter alam ali alvi amarasinghe amin anand anjum ansari anwar apte arora arshad arya ashraf aslam atwal awan ayub aziz
babar badhan bagchi bains bajaj bajwa bakhsh balakrishnan bandara banerjee bangar bano bansal baral barua basak basra
basu batra bawa begum bhakta bhalla bhambra bhandari bhanot bhardwaj bhargava bhasin bhatia bhatt bhatta bhattacharya
bhatti bhogal bhuiyan bhullar bibi birdi biswas bose butt chahal chakrabarti chakraborty chana chanda chander chandra
chatha chatterjee chaturvedi chaudhari chaudhary chaudhry chaudhuri chauhan chawla cheema chhabra chohan chopra
choudhary choudhry choudhury chowdhury dad dahal dalal dar das dasgupta dass datta deb debnath deo desai deshmukh
deshpande dev devi dewan dhaliwal dhami dhanda dhanjal dhar dhawan dhesi dhillon dhindsa dhir dissanayake dogra doshi
dubey dutt dutta farooq farooqi fernando gaba gandhi ganesh ganguly garg gautam ghafoor ghai ghani ghosh ghuman gill
gohil gokhale gopal goraya gosal goswami goyal grewal guha gul gulati gunawardena gupta gurung hafeez haider halder
hameed hanif haq haque hasan hashmi hassan hayat hayer heer hossain hundal husain hussain imran iqbal irfan ishaq
ismail iyengar iyer jafri jaggi jain jamil janjua jassal jaswal javed javid jayasinghe jayasuriya jha jhaj johal joshi
juneja kabir kadam kaif kakar kalsi kamal kamran kandola kang kapadia kapil kapoor kapur karim karki kashyap kataria
kaur kaushal kazi kazmi khadka khaliq khan khanna khanum khatoon khatri khatun khawaja khokhar khosla khurana kohli
kotecha kothari krishnamurthy krishnan kulkarni kumar kumari kundu lad lakhani lal lalli lamba lata latif limbu lodhi
lone madan mahajan mahal mahato mahendra maheshwari mahmood mahmud maity majid majumdar malhotra malik mallick mandal
mander mangat mann manzoor masih masood matharu mathur mehmood mehra mehta menon miah mian minhas mir mirza mishra
misra mistry mitra modi mohanty mondal mughal mukherjee multani munir murthy mustafa nadeem nadkarni nagpal nagra
nahar naidu naik nair nambiar nanda nandi narang narayan narayanan naseem nasir nath natt naveed nawab nawaz nayak
nayar nayyar nazir nehra niazi nijjar obhi padda pai pal panda pandey pandit pandya panesar pannu parekh parikh parmar
parveen parvin parwaz patel pathak pathan patil paudel perera pillai pirzada prabhu pradhan prasad prashar purewal
puri qadir qadri qasim qayyum qureshi rafiq rafique raghavan rahim rahman rai raina raj raja rajan rajput raju
ramachandran ramakrishnan raman ramanathan ramaswamy ramgarhia rana randhawa rani rao rashid rasool rathod rathore
rauf raval ravi rawal rawat raza razaq razzaq reddy rehman riaz rizvi roy saha sahni sahota saini sajid salam saleem
sami sandhar sandhu sanga sangha sanghera saqib saran sarkar sarwar satti saxena seehra sehgal sekhon selvaraj sen
sengupta seth sethi shafi shafiq shafique shah shahid shahzad shaikh sharif sharma shaukat sheikh sherazi shetty
shinde shoaib shrestha shukla siddique siddiqui sidhu sihota silva singh singhal sinha sivakumar sodhi sohal sohi
solanki soni sood srinivasan srivastava subramaniam sultana sundaram sunner suri swaminathan syal syed tahir tailor
takhar talwar tamang tandon taneja tank tanveer tanwar tariq thakkar thakur thandi thapa thapar tharoor thiara tiwari
toor trivedi tyagi uddin uppal vaid vaidya varma vasudevan venkataraman venkatesan verma virdee virk vora vyas waheed
wahid walia waqar waseem wickramasinghe wijesinghe yadav yaqoob yasin younas younis yousaf yousuf zafar zaheer zahid
zaidi zaman
"""
_POLISH = """
adamczak adamczyk adamski andrzejewski antczak augustyniak bak balcerzak banach banas baran baranowska baranowski
bartczak bartkowiak bartosik bednarczyk bednarek bednarz bielecki bieniek bienkowski blaszczyk bogucki bogusz bojarski
borkowska borkowski borowski brzezinski brzozowski buczek bukowski burzynski chmiel chmielewski chojnacki chrzanowski
cichon ciesielski cieslak czaja czajka czajkowski czarnecka czarnecki czech czerwinski czyz dabrowska dabrowski debski
domagala domanski drozd duda dudek dudzik dziedzic filipek filipiak filipowicz frankowski gajda gajewska gajewski
gajos galazka gawron gawronski gil glowacka glowacki golebiewski gorecki gorka gorska gorski grabowska grabowski
graczyk grochowski grzelak grzybowski gutowski gwozdz herman jablonska jablonski jackowski jagodzinski jakubiak
jakubowski janczak janiak janicki janik janiszewski jankowska jankowski jaros jarosz jasinski jaskulski jaworski
jedrzejewski jozwiak jurek kaczmarczyk kaczmarek kaczor kaczynski kalinowski kaluza kaminska kaminski kania karpinski
kasprzak kasprzyk kazmierczak kedzierski klimczak klimek klos kmiecik kocur kolasa kolodziej kolodziejczyk konieczny
kopec kos kosinski kostrzewa kot kowal kowalczuk kowalczyk kowalewski kowalik kowalska kowalski koza kozak koziol
kozlowska kozlowski krajewski krakowiak krawczyk krawiec krol kruk krupa krzeminski kubacki kubiak kubicki kucharski
kujawa kukla kulesza kurek kurowski kwasniewski kwiatkowska kwiatkowski kwiecien lach laskowski leszczynski
lewandowska lewandowski lipinski lis lisowski lukasik maciejewska maciejewski madej maj majchrzak majewski makowski
malec malecki malinowska malinowski marchewka marciniak marcinkowski markiewicz markowski marszalek matuszak
matuszewski matysiak mazur mazurek mazurkiewicz michalak michalik michalska michalski mielczarek mierzwa mikolajczak
mikolajczyk milczarek milewski mroczek mroz mucha murawski muszynski nawrocki niedzwiecki niemiec nowacki nowak
nowakowski nowicka nowicki olczak olejniczak olejnik olszewska olszewski orlowski orzechowski osinski ostrowska
ostrowski owczarek paluch pasternak pawlak pawlik pawlowska pawlowski piatek pietrzak pietrzyk piotrowska piotrowski
piwowarczyk podgorski polak popiel przybyla przybylski ptak pyrek radomski rak rogalski rogowski rojek romanowski
rozanski rudnicki rutkowska rutkowski rybak rybicki rzepka sadowska sadowski sawicki serafin siedlecki sienkiewicz
sikora sikorski siwek skiba skowronek skowronski skrzypczak slowik smolinski sobczak sobczyk sobolewski socha sokol
sokolowski sosnowski sroka stachowiak staniszewski stankiewicz stasiak stefanski stepien stolarczyk strzelecki surma
swiatek swiderski swierczynski szczepaniak szczepanski szczesny szewczyk szulc szwed szymanska szymanski szymczak
tkaczyk tomaszewski tomczak tomczyk trojanowski turek tworek urban urbaniak urbanowicz urbanski walczak walczyk wasik
wasilewski wawrzyniak wesolowski wieczorek wierzbicki wilczek wilk wisniewska wisniewski witek witkowski wlodarczyk
wojciechowski wojcik wojtas wojtowicz wolinski wolski wozniak wozniakowski wrobel wroblewski wrona wysocki zaborowski
zajac zak zakrzewski zalewska zalewski zaremba zawada zawadzki zieba zielinska zielinski zimny ziolkowski znojek zuk
zurawski zych zygmunt
"""
_ARABIC = """
abbas abdallah abdelrahman abdi abdo abdulkarim abdulla abdullah abdullahi abdulrahman abed aboud adan adem ahmadi
akbari al-amin al-bakri al-hashimi al-jabouri al-masri al-najjar al-sayed al-tikriti alami ali amini ansari arab
asghari awad awadi ayad ayoub azimi aziz azzam badawi baghdadi bakr bakri barakat barzani bashir bayat bazzi bishara
boutros bukhari dabbagh daher darwish daud dawood dirie dogan ebrahimi el-masri el-sayed elmi elsayed faisal fakhoury
farah fares farhat farouk fawzi fayed gamal ghanem ghazali habib habibi haddad hadi hadid hagi hajjar hakim hakimi
halabi hamad hamdan hamdi hamid hamidi hammoud hanna harb hariri haroun hasan hashemi hashi hashimi hassan hassani
hassoun hijazi hosseini hussein husseini ibrahim ibrahimi idris iman isa ismail issa jabbar jaber jabir jafari jama
jamal jamali jaziri jibril jumaa kader kamal kamali karam karimi kassem kazemi kazim khaled khalid khalidi khalifa
khalil khatib khouri khoury kilani kurdi lahoud mahdi mahfouz mahmoud makki mansoor mansour marouf masoud masri
mikhail mohamed mohammadi mohammed mohamud moradi morsi mousa moussa mubarak muhumed mukhtar musa muse mustafa nabil
nadir nagi naser nasir nasr nassar nasser nazari noor nouri nur omar osman othman qasim qassem rabbani rahimi rahmani
ramadan rashed rashidi rezaei rostami saab saad saadi sabbagh sabry sadeghi sadiq saeed safadi said salah salama
salameh saleh salem salih salim salman samatar sayed sayegh selim shaheen shaker shakir shalabi shami shamoun sharif
sharifi shawki shire suleiman suliman taha tahan taher taleb tawfik tikriti wahab warsame yacoub yassin yilmaz younes
youssef yusuf zaher zaidan zaki zein zidan
"""
_CHINESE = """
au-yeung bai bao cai cao chai chan chang chao chau chen cheng cheong cheung chiang chin ching chiu cho choi chong chow
choy chu chua chui chun chung cui deng ding dong du duan fan fang feng fok fong foo fu fung gao goh gong gu guan guo
han hao he heung ho hong hou hsu hu hua huang hui hung huynh ip jia jiang jin kam kan khoo kong koo kwan kwok kwong
lai lam lau law leong leung liang liao lim lin ling liu lo loh loke loo lou lu lui luk luo lv ma mak mao meng miao mo
mok moy mui ng ngai ngan ngo nguyen nie ning ou ouyang peng pham phan poon qian qiao qin qiu qu quan ren ruan seto
shao shek shen sheng shi shum sin siu song su suen sun sung sze szeto tam tan tang tao teo thai tian ting to tong tran
tsai tsang tse tseng tsoi tsui tung wan wang wei wen wong woo wu xia xiang xiao xie xin xing xiong xu xue yam yan yang
yao yap yau ye yee yeo yeung yi yin ying yip yiu yu yuan yue yuen yun yung zeng zhan zhang zhao zheng zhong zhou zhu
zhuang zou
"""
_WEST_AFRICAN = """
abah abara abatan abiodun abiola aboagye abubakar acheampong achebe acquah adams addae addo addy adebayo adebisi
adedeji adegoke adekunle adelaja adeleke adeniran adeniyi adeoye adepoju adesanya adetunji adewale adeyemi adigun
adjei adomako adu aduba afolabi afolayan afrifa agbaje agbonlahor agu aguilar agyapong agyei agyeman agyemang aidoo
ajayi akande akani akinola akintola akinwande akinyemi akoto akpan akufo alabi alade aliyu amadi amankwah ametepey
amissah amoah amoako ampadu ampofo anane aning ankrah annan anokye ansah antwi anyanwu appiah arthur aryee asamoah
asante ashong asiamah asiedu atta attah ayeni ayew ayodele azikiwe baah babatunde bah baidoo bakare baldeh balogun
bamba bamgbose bangura banjoko bankole barrie barrow bassey bello boadu boakye boamah boateng bonsu botchway brobbey
camara ceesay chukwu chukwuma cisse cole conteh coulibaly dabo danjuma danquah danso dapaah darboe darko debrah diallo
diarra diop diouf donkor dosunmu doumbia drammeh duah edem effah effiong egbe ehiogu eke ekwueme elumelu emecheta
enahoro essien etim eze ezeh fadipe fall fashola fatunla fawole fofana fofanah frimpong gaye gomez gyamfi gyan gyasi
gyimah hagan ibe ibeh ibironke idowu ifeanyi ige igwe iheanacho ikpe inyang iroha iwobi iwu jagne jalloh jallow jammeh
jarju jatta jawara jimoh johnson joof kabba kallon kamara kargbo karikari keita koffi konadu kone konneh koomson
koroma kouyate kuffour kumah kuti kwakye kwarteng lamptey lawal leigh macauley madu mahama mansaray manu mbah mbaye
mends mensah mohammed momoh musa nana-yaw ndiaye ndongo ngom njie njoku nkansah nkrumah nnadi nnamani nsiah nwachukwu
nwankwo nwosu nyarko obaseki obeng obi obiora ocansey odukoya odunsi oduya ofori ofosu ogbonna ogunbanjo ogundipe
ogunleye ogunsola ojo okafor okeke okereke okoli okon okonkwo okorie okoro okoye okpara okunola olabode oladipo
olaniyan olatunji olawale olayinka oliseh olowu olusanya omolade omotayo onuoha onyango onyekachi onyema opoku oppong
osei oshodi osibanjo osinaike osman otoo otu owolabi owusu oyebanji oyedele oyelaran oyewole oyinlola peprah poku
quansah quartey quaye sackey saliu sane sani sankoh sanneh sanyang sarpong sarr savage senghor sesay sey shittu sillah
sissoko sonko sowah sowe soyinka sule suleman sulemana tagoe takyi tamba taylor-kamara tetteh thiam tijani touray
toure traore turay tutu ude udo ugwu umeh usman uzoma uzor wiafe williams yakubu yaro yeboah yusuf
"""
_OTHER = """
abebe abreu achieng almeida alvarez alves andrade angelov antoniou baptista barbosa bauer becker bekele bianchi bogdan
bondarenko borges botha brandt bruno cardoso carvalho castro chikwanha christodoulou ciobanu constantinou correia
costa cruz cunha de-souza dias diaz dimitrov dimitrova dinu dobre dube dumitru esposito fernandes fernandez ferrari
ferreira fischer fonseca freitas garcia gebre georgiev georgiou gheorghe girma gomes goncalves gonzalez gumbo
gutierrez haile hoffmann horvat horvath ilie ioannou ionescu ivanov ivanova jansen jensen jovanovic kaczka kamau
kaplan kariuki kaya kiplagat klein kovac kovacs kowalenko kruger larsen lopes lopez lungu marchetti marin marinov
marques martinez martins melo mendes mensink meyer molnar moreira moreno moyo mukherji muller munteanu mutasa mutesi
mwangi nagy ncube ndlovu neves nielsen nikolov njoroge novak nunes odhiambo okello oliveira olsen onyango otieno
papadopoulos pavlov pereira perez petrov petrova pinto pires popa popescu popov popova pretorius radu ramirez ramos
reis ribeiro ricci rocha rodrigues rodriguez romano romero rossi ruiz russo sanchez santos schmidt schneider schulz
schwartz sharpe-jones shevchenko silva soares sousa souza stan stefanov stoica stoyanov szabo tavares teixeira tekle
tesfaye todorov torres toth varga vasile vasilev vaz vieira visser wagner wanjiru weber yildiz yilmaz zimmermann zulu
"""
SURNAMES = frozenset(
    " ".join(
        (_ENGLISH, _SCOTTISH_AND_IRISH, _WELSH, _SOUTH_ASIAN, _POLISH, _ARABIC, _CHINESE, _WEST_AFRICAN, _OTHER)
    ).split()
)
"""In lower case, without accents; by origin English, Scottish and Irish, Welsh, South Asian, Polish, Arabic and Somali,
Chinese, West African, and from elsewhere.

Many are also words, places, makes or first names: none names anybody by itself.
"""
_ALSO_WORDS = """
achieng ali allah archer ash ashby ashford ashton austin ayer bailey bak baker bale ball bamford ban banks bannister
barber barclay barclays barnard barnes barnsley barratt barrow barry barton bassett bates baxter bean beard beaumont
beck bedford beech beeston begum bell bello bennett bent bentley beresford berry best bibi bin bingham birch bird
bishop black blackburn blackman blackwood blair blake bland bloomfield bolton bond bone booker boon boot booth boots
boston bourne bowler bradford bradley brand brandon brent brewer bridges bridgewater bright bristow britton bromley
brook brooke brooks brown bruce bryant buck buckingham buckland bull bullock burke burnham burns burnside burrows
burton bush butcher butler butt buxton byron cambridge cann cannon carlisle carlton carpenter carr carter carver
castle chamberlain chambers champion chan chandler chaplin chapman chase cheshire chester child chin chubb chun church
churchill clay clayton clifton clough cobb coker cole coleman coles collard collier collins cook cooper copeland cork
corn cornish cotton couch court cousins coward cox craven crawley crisp croft crofts crook crosby cross crouch crow
crowe cruise curry curtis dad dale dalton dan dar darby darling darlington darwin das dass dawson day deacon dean deb
deere dell dent denton derby derbyshire devi dewhurst dickens ding diver dod dodge dong dorset douglas downs drake
draper driver drummond du duda dudley duff duffy duke dunlop dunn durham dyer dyson eagle earl easton eastwood eccles
eden eke ellis elm emery england english eve everest fagan fall fan farm farmer fell fellows fen field fielding fields
finch fish fisher flack flanders fleet fleming fletcher flint flood flower flowers foo foot ford foreman forest
forrest foster fountain fowler fox foxton france franklin fraser freeman french friend frost fry fu fuller furlong
furness gal galaxy gale galloway gamble gardener gardens garland garner gates gee gent giles gill gillette girma glass
glover golding goldsmith goliath good goodall goodman goodwin goodyear gosling gould gower grace grange grant grave
graves gray green greene greenfield greenwood grey griffin grove groves guest gull gunn hague hale hall ham hamilton
hammer hammond hampton han hand hang hardy harper harrow hart hartley hastings hatton haven hawk hawker hay hayden
hays head heap heaps heath heather hedges henley heron herring hewlett hill hills hilton hind hinds ho hobbs hobby
hogg holder holiday holland holloway holly holme holmes holt home honey hong hood hook hooper hoover hope hopper horn
horne house howe hu hugo hui hull humble hume hunt hunter huntley hurst hyde imam ince ingle ip ireland iron irwin isa
ives jack jagger jain jama james jarvis jay jewel john jolly jordan joy judge kang kaplan keeling keen kendal kendall
kent kenwood kettle key keys kidd king kingsley kingston kirk kitchen kite knight knights kot lacey lad lai laird lake
lal lam lamb lan lancaster lane lang langley last latham latin latter lau laurel laurence lavender law lawn lawrence
lawson leader leather leaver ledger lee leech lees leigh lester lever levy lewis li light lilley lin lincoln lindsay
ling lis lister little liu lloyd lloyds lo lock locke lodge logan lomax lone long loo lord love low lowe lu lucas lumb
luna lund luo lynch lynn lyon lyons ma mace macmillan madeira maj mak mali mann manners mansell mansfield manu mao
maple march margate mari mark marks marlow marriott mars marsh marshall martin mason masters maxwell may mayer mayor
mead meadow meadows mellor melo melody melton melville mercer merrick middleton miles milford mill miller mills milton
ming mink mint mir mo mok mole monday monk moody moon moor moore morgan morley morris morrison morton moss mould
moulton mount mountain mui munday muse nair nash neal nelson neville new newbold newby newell newman newport newton
nightingale ning no noble noon noor norfolk norman north norton nugent nun nur oakes oakley oates obi ogden oldham
olive oliver on orange otley oxford packard packer page pai pain painter pal palace palm palmer pan pang parish park
parker parks parr parrott parsons partridge pass patch pate pathan patten patterson paxton pay peace peach peacock
peak pear peel pegg penn penny pepper perkins perry peters petty philips phoenix pick pickles pierce pike pilgrim pink
piper pitman pitt pitts plank plant platt plumb plummer plunkett point pointer polish pollard pond pool poole pope
porter post potter potts poulter pound power powers pratt prescott preston price pride priest prime prince pringle
prior proctor proof provost pry puma purdy pure qi qin quan quick quiet radcliffe radu rain raj raja ram ramos ramsey
ran rana rand rao raven raw rawson ray read reader reading redman reed reeve reeves regal reis rest rice rich richmond
ridge ridgway ridings riley ring ripley ripon river rivers roach road roberts robin robins rochester rock roe roman
romano rooney roper rose ross round rouse row rowan rowe rowntree royal royle rubin rugby ruiz rush russell sadler
sage said sale salem salisbury salmon salt salter sand sands sandy sane sani santos savage saville saw sawyer saxon
sayer scales scholar scott seal search selby seller sellers sen senior seth severn sexton shah sham shan shannon sharp
shaw shepherd sheppard sherlock sherwood shin shine shipley shire shirley shore short shot shum siemens silver simmer
simon sin sinclair sing singer singh singleton skinner skip skipper skipton sky slack slade slater small smart snow so
soil song sorrell southall southern southgate southport spain spark sparks sparrow spear spears speed spence spencer
spice spooner sprague spring springer squire squires stack staff stafford stain stamp stan standish stanford stanley
staples star stark starling stead steel steele sterling steward stewart stirling stock stockport stocks stockton stoke
stoker stokes stone storey storm stout strand strange stratford stratton street strong su sue suen sugar sum summer
summers sun sunday sunderland sung sutton swale swallow swan swann sweet swift tailor tam tamba tan tang tank tanner
tao tate taylor teal tempest temple tennant terry thai thomson thorn thorne thornton tilly timber ting tinker to todd
tom toner tong torres tower towers town townsend tran travers travis tray treasure trent trotter true tuck tucker
tudor tung turner twist tyler underwood upton urban usher vale van vane varga vaughan verma vernon victor village
vincent vine viola violet wade wain wake wakefield wales walk walker wall waller walls walsh walton wan wang ward
warden ware warren warrington warwick wash washington water waterhouse waters watson watt watts way weaver webb weber
webster weeks wei weir wells welsh wesley west westbrook western weston westwood wharf wheat wheeler whistle whitby
white whitehall whitehead whitehouse whiting wick wight wild wilde wilder williams wills wilson wilton wimpey win
winchester wind winder window windsor wine wing winner winter winters wise wolf wolfe wong woo wood woodhouse woodland
woods woodward wool woolf word work worth wren wright wu xi xu yale yam yan yang yard yardley yates yen yeoman yip
york young younger yu zeal zulu
"""
ALSO_WORDS = frozenset(_ALSO_WORDS.split())
"""Those met as often where they name nobody: words, places, makes, first names, and syllables of other languages."""
