"""Common forenames of the people British councils write about."""

from __future__ import annotations

_ENGLISH = """
aaron abigail ada adam adele adrian agnes aidan aileen alan alana albert albie alec alex alexander alexandria alexis
alfie alfred algernon alice alicia alina alison alma amanda amber amelia amelie amos amy anastasia andrea andrew
angela angelina angie angus anita ann anna annabel annabelle anne annette annie anthony anton antonia antony april
arabella archibald archie ariana arlo arnold arron arthur ash ashley aston aubrey audrey august austin ava avril
bailey barbara barnaby barney barry bart basil bea beatrice beau becky belinda bella ben benedict benjamin bernard
bernice bert bertha bertram beryl bessie beth bethany betty bev beverley bianca bill billie billy blake blanche bob
bonnie boris bradley brandon brenda brian bridgette briony bronte brooke bruce bruno bryan bryony caleb callie callum
cameron camilla candice cara carl carla carlos carlton carly carmen carol caroline carolyn carrie casey caspar
cassandra cassie catherine cathy cecil cecilia cedric celeste celia chantelle charlene charles charley charlie
charlotte charmaine chelsea cherie cherry cheryl chester chloe chris chrissie christian christie christina christine
christopher cindy claire clara clare clarence clarissa claudia clement clifford clint clinton clive cody colette colin
connie connor constance cora coral corey corinne courtney craig cressida curtis cynthia cyril cyrus daisy dale damian
damien damon dan dana daniel danielle danny daphne darcy darren darryl daryl dave david davina dawn dean deanna debbie
deborah debra deirdre delia denise dennis denzil derek derrick desmond dexter diana diane dickon digby dinah dominic
dominique donald donna dora doreen dorian doris dorothy dottie douglas drew dulcie duncan dustin dwayne dylan earl
ebony eddie eddy eden edgar edith edmund edna edward edwin edwina effie eileen elaina elaine eleanor elena eli elias
elijah elise eliza elizabeth ella ellen ellie elliot elliott ellis elodie elsie elspeth elton elvira emery emilia
emily emma emmanuel enid ephraim eric erica ernest ernie errol esme esmee esmeralda estelle ethan ethel etta eugene
eugenie eunice eustace eva evan evangeline evelyn everett evie ewan ezra fabian faith fay faye felicity felix fenella
fergus fern ffion finlay finley finn fiona fletcher fleur flo florence florrie floyd frances francis frank frankie
franklin fraser fred freda freddie freddy frederick freya frieda gabriel gabriella gaby gail gareth garry garth gary
gavin gaynor gemma gene genevieve geoff geoffrey george georgia georgina gerald geraldine gerard germaine gertie
gertrude gideon gilbert giles gillian gina ginny giselle gladys glen glenda glenn glenys gloria glyn godfrey goldie
gordon grace graeme graham grant greg gregory greta gretchen griff griffin guinevere guy gwen gwendoline gwyneth hal
hallie hamish hank hannah harley harmony harold harriet harrison harry harvey hattie hayden hayley hazel heather hebe
hector heidi helen helena henrietta henry herbert herman hermione hester hettie hilary hilda hillary hollie holly
homer honey honor horace hortense howard hubert hugh hugo humphrey iain ian ida ignatius igor imelda imogen ina india
indie indigo ines ingrid iona irene iris irma irvin irving isaac isabel isabella isabelle isadora isaiah isla isobel
isolde issac issy ivan ivor ivy jacinta jack jackie jackson jacob jacqueline jacqui jade jaden jago jaime jake james
jamie jan jana jane janelle janet janette janice janie janine jared jarvis jasmine jason jasper jayden jayne jazmin
jean jeanette jeannie jed jeff jefferson jeffrey jemma jenna jennie jennifer jenny jeremiah jeremy jermaine jerome
jerry jess jesse jessica jessie jethro jill jim joan joanie joanna joanne jocelyn jodie jody joe joel joey johanna
john johnnie johnny jolene jon jonah jonas jonathan jonny jordan jordana jordy joseph josephine josette josh joshua
josiah josie joss joy joyce jud judd jude judi judith judy julia julian julianne julie juliet juliette june juno
justin kai kane kara karen karina karl kasey kat kate katerina kath katharine katherine kathie kathleen kathryn kathy
katie katy kay kaye kayla kayleigh keeley keely keira keith kelly kelsey kelvin ken kendal kendra kenneth kenny kent
kerri kerrie kerry kester kev kevin kian kiera kieran kiki kim kimberley kimberly kip kira kirk kirsten kirstie kirsty
kit kitty kris kristen kristian kristina kyle kylie lacey laila lana lance lara larissa larry laura laurel lauren
laurence lauri laurie lavinia lawrence layla leah leanna leanne lee leigh lena lennox lenny lenora leo leon leona
leonard leonie leonora leopold leroy lesley leslie letitia lettie lewis lex lexi lexie liam libby lilah lilian lilith
lillian lilly lily lincoln linda lindsay lindsey linus linzi lionel lisa lisbeth liz liza lizzie lloyd logan lois lola
loraine loretta lori lorna lorraine lottie louis louise lucas lucia lucian lucille lucinda lucy luella luis luke luna
luther lydia lyle lynda lyndon lyndsey lynette lynn lynne lyra mabel mackenzie maddie maddison madeleine mae magda
maggie maia maisie malachi malcolm mallory mandy mara marcel marcella marcia marcus margaret margery margo margot
maria mariam marian marianne marie marilyn marina marion maris marissa marjorie marjory mark marlene marlon marlowe
marnie marsha marshall martha martin martina marty martyn marvin mary mason mathew matilda matt matthew maud maude
maureen maurice mavis max maxim maxine maxwell maya megan melanie melissa mercedes meredith merle merlin mervyn meryl
mia micah michael michelle mick mickey mikaela mike mildred miles millie milo mimi mina mindy minnie mira miranda
miriam mitchell moira mollie molly mona monica morag morgan morris morwenna moses muriel murray mya myles myra myrtle
nadine nan nancy nanette naomi natalia natalie natasha nathan neil nell nellie nelson nerys nessa nettie neve neville
nia niall nicholas nick nicky nicola nicolas nicole nigel nigella nikki nina noa noah noel noelle nola nora noreen
norma norman norris nova nyla octavia odette olga olive oliver olivia ollie omar oona opal ophelia orla orlando orson
osborne oscar oswald otis ottilie otto owen pablo paige paloma pam pamela pascal pascoe patience patricia patrick
patsy paul paula pauline pearce pearl peggy penelope penny percy perdita perry peter petra petula phil philip philippa
phillip phillipa philomena phineas phoebe phyllis pierce piers pippa polly poppy porsha preston priscilla prudence
quentin quincy quinn rachael rachel rae rafe ralf ralph ramona randall randolph raphael ray raymond reagan rebecca
reece reggie regina reginald reid rena rene renee reuben rhea rhoda rhona rhys ria ricardo richard richie rick ricky
riley rita rob robbie robert roberta robin rochelle rocky roddy roderick rodger rodney roger roisin roland rolf roma
roman romeo romy ronald ronan ronnie rory rosa rosalie rosalind rosaline rosalyn rosamund rosanna roscoe rose roseanna
rosemary rosetta rosie roslyn ross rowan rowena roxanne roxy roy rube ruby rudi rudolph rudy rufus rupert russell
rusty ruth ryan sabina sabrina sadie saffron sage sally salome sam samantha sammy samson samuel sandie sandra sandy
santiago sara sarah sasha saskia saul savannah saxon scarlett scott sean seb sebastian selena selina seth shana shane
shania shannon shari sharon shaun shaunie shaw shay sheila shelagh shelby sheldon shelley sherri sherry shirley sian
sid sidney sidonie sienna silas silvia simon simone skye sly sol solomon sonia sonny sonya sophia sophie spencer
stacey stacie stan stanley stefan stefanie stella stephanie stephen steve steven stevie stewart stu stuart sue suki
summer susan suzanna suzanne suzie sybil syd sydney sylvia tabitha talia tallulah tamara tammy tamsin tania tansy
tanya tara taryn tasha tate tatiana taylor teddy tegan terence teresa terri terry tess tessa thaddeus thea thelma theo
theodora theodore theresa thom thomas tia tiana tiffany tilly tim timmy timothy tina tobias toby tod todd tom toni
tony torquil tracey tracie tracy travis trent trevor tricia trina trish trisha tristan trixie troy trudi trudy truman
tyler tyrone tyson ulysses una unity ursula valentina valentine valerie vanessa vaughan velma venetia vera verity
vernon verona veronica vicki vickie vicky victor victoria vincent viola violet virgil vivian vivien vivienne von
wallace wally walter wanda warren warwick wayne wendy wesley wilbur wilfred wilfrid will willa william willow wilma
winifred winona winston woodrow wyatt xanthe xavier yasmin yolanda yvette yvonne zac zach zachary zack zak zander zane
zara zelda zena zeph zoe
"""
_SOUTH_ASIAN = """
aadil aalia aaliyah aamir aamna aarav aaron aarti aasha aayan aayush abbas abdul abdur abha abid abida abrar adeeba
adeel adil aditi aditya adnan afifa afsana afshan afzal ahmad ahmed ahsan aisha ajay ajit akash akbar akeel akhil
akhtar akram aktar aleem aleena ali alia alisha aman amandeep amar amara amarjit amarpreet ambreen ameena ameer amina
amir amira amish amit amjad amol amreen amrit anam anand anas aneesa anil anisa anish anita anjali ankit ankita anmol
anu anup anuradha anusha anwar anwara anya aqeel aqib archana areeba arfan arham aria arif arjun armaan arnav arshad
arslan arti arun aruna arvind aryan asad asha ashok asif asim asiya aslam asma asmat ateeq atif atul avinash avneet
avtar aya ayaan ayaz ayesha ayub azad azeem azhar aziz azra babar badar balbir baldev baljit balraj balwinder bano
basharat bashir begum bhavesh bhavin bhavna bhupinder bibi bilal bilquis bina binita bipin brij bushra chandra
charanjit chetan chirag daljit daniyal darshan davinder dawood deepa deepak deepali deepika dev devi devika dhara
dharmesh dhruv dilip dilraj dinesh dipak dipali dipika divya ehsan eisha eshal faheem fahim fahmida faisal faiz faiza
faizan farah farhan farhana farheen farid farida farooq farooqi farrukh farzana fatima fawad fazal fazila fiaz fiza
gagandeep ganesh ganga gaurav gauri geeta ghazala ghulam girish gita gobind gopal govind gul gulshan gurcharan gurdeep
gurinder gurjit gurmeet gurmit gurpal gurpreet gurvinder haaris habib habibur hafeez hafsa haider haji hameed hamid
hamza hana haneef hania harbans harbhajan hardeep hari haris harish harjinder harjit harleen harman harminder haroon
harpreet harsh harsha harshad harvinder hasan hasina hassaan hassan heena hemant hemlata himanshu hina hira hiren
hitesh humaira humza hussain ibrahim ifra iftikhar ihsan ijaz ikram ila imran imtiaz inaya inayat inderjit indira
iqbal irfan irum isha ishaan ishrat ishtiaq ismail ismat israr jabeen jagat jagdish jagjit jahanara jahangir jahid jai
jamil jamila jamshed janaki jasbir jasmin jaspal jaspreet jasvinder jaswant jaswinder javaid javed jawad jaya jayesh
jayshree jaz jignesh jitendra jitesh jyoti kabir kailash kainat kajal kalpana kalsoom kamal kamaljit kamran kanta
kanwal karan karanjit karim karishma karthik kashif kashmir kaur kaushik kavita kavya keerat kehkashan ketan keval
khadija khadijah khalid khalida khalil khatun khurram kinza kiran kirandeep kirti kishan komal kripa krishna kuldeep
kulwinder kumar kunal kusum laiba laila lakshmi lalit lalita lata latif laxmi leela lubna maham maheen mahendra mahesh
mahira mahmood mahnoor maimoona majid maliha malik mamta manav mandeep mandip maneesha manish manjinder manjit manjula
manoj mansoor manu maria maroof maryam masood mateen mayur meena meenakshi meera mehboob mehmet mehmood mehnaz mehreen
mehul milan minal minaz misbah mishal mitesh mizanur mohamed mohammad mohammed mohan mohit moin moinul mona monika
monir mubarak mubashir mudassar muhammad mukesh mumtaz munazza muneer munir murad muzaffar nabeel nabila nadeem nadia
naeem naeema nafeesa nagina nahid naila naina naman nandini narayan narendra naresh narinder naseem nashit nasim nasir
nasira nasreen nauman naushad navdeep naveed naveen navjot navraj nazia nazir nazma nazmul neelam neena neeraj neeta
neha nidhi nihal niharika nikhil nila nimesh nimra niraj nirav nirmal nirmala nisha nishant nita nitesh nitin noman
noor noreen nuzhat omair omar osama osman padma palak palvinder pankaj param paramjit paras parminder parveen parvez
parvin pavan payal perveen pinky pooja poonam prabha prabhjot prachi pradeep pradip praful prakash pramod pranav
pranjal prashant pratap pratik praveen preet preeti prem prerna pritam priti pritpal priya priyanka puja punam purvi
qadir qaiser qamar qasim quddus rabeena rabia rabina rachna radha radhika rafiq rafiqul raghav rahat raheem rahila
rahim rahima rahul raihan raina raj raja rajan rajdeep rajendra rajesh rajinder rajiv rajni raju rajvinder rakesh
rakhee rakshanda ram raman ramandeep ramesh ramneek rana ranbir raneem rani ranjan ranjit rasheed rashid rashida
rashmi ratan raveena ravi ravinder ravindra rayan razaq razia reema reena reeta rehan rehana rehman rekha renu renuka
reshma riaz ridhi rimsha rina rishi ritesh ritu riya riyaz rizwan robina rohan rohit rokeya roma roshan roshni rubab
rubeena rubina ruhi ruhul rukhsana rukhsar rukmini rupa rupal rupinder rushna saad sabeena sabiha sabir sabrina sachin
sadaf sadaqat sadia sadiq saeed saeeda safia safina safiya sahar sahib sahil saif saima sajid sajida sakina sakshi
salahuddin saleem salim salima salma sameena sameer sami samia samina samiya samreen sana sandeep sandhya sandip
sangeeta sangita sania sanjay sanjeev sanjiv santosh sapna saqib sara sarbjit sardar sarfraz sarika sarita sarwar
sathish satinder satish satnam satvinder satwant saurabh savita seema sehrish shabana shabbir shabir shabnam shadab
shafiq shafiqul shagufta shah shahana shahbaz shaheen shaheena shahid shahida shahnaz shahzad shahzaib shaista shakeel
shakila shakir shakuntala shalini shama shamas shamim shamsher shanti sharad sharif sharmila sharmin shaukat shazia
shaziya sheela sheetal sheraz sherin shilpa shirin shiv shivani shoaib shobha shreya shruti shubham shumaila sidra
simran simranjit sita smita sneha sobia soha sohail sohan sonal sonali sonam sonia sophia subhash sucha sudha sudhir
sufyan sujata sukhbir sukhdev sukhjit sukhpreet sukhraj sukhwinder suleman sultana sumaira suman sumera sumit sunaina
sunil sunita sunny suraj surekha suresh surinder surjit sushil sushila swati syed syeda tabassum tahir tahira tahmina
taimur taj talat talha tanisha tanveer tanvir tanya tara tariq tarlochan tarun tasawar taslima tasneem tauseef tayyab
tayyaba tehmina tejinder thakur tina toqeer touqeer trisha tushar ubaid uday ujala uma umair umaira umar umera umesh
upasana urooj urvashi usha usman uzair uzma vandana vanisha vanita varsha varun vasant veena vibha vidya vihaan vijay
vikas vikash vikram vikrant vimal vimala vinay vineet vineeta vinod viraj viren virender vishal vishnu vivek waheed
wahid wajid waleed waqar waqas waseem wasim yaqoob yash yashpal yasin yasmeen yasmin yogesh younis yousaf yunus yusuf
zafar zaheer zahid zahida zahra zaib zaina zainab zakia zakir zakiya zaman zara zareen zarina zayn zeenat zeeshan zia
ziaur zohra zoya zubaida zubair zulfiqar zunaira
"""
_POLISH = """
ada adam adelina adrianna agata agnes agnieszka albert aldona aleksander aleksandra alfred alicja alina amelia
anastazja andrzej aneta angelika ania anita anna antoni antonina apolonia arkadiusz arleta artur asia augustyn barbara
bartosz basia beata beatrycze benedykt bernard blanka blazej bogdan bogna bogumil bogumila boguslaw boguslawa bolek
boleslaw borys bozena bronislaw bronislawa celina cezary czeslaw czeslawa dagmara damian daniel danuta daria dariusz
dawid diana dobrawa dominik donata dorian dorota edmund edward edyta ela eliza elzbieta emil emilia ernest eryk
eugenia eugeniusz ewa ewelina fabian felicja feliks ferdynand filip florian franciszek fryderyk gabriela genowefa
gerard gertruda gosia gracjan grazyna grzegorz gustaw halina hanna helena henryk henryka hieronim hilary hubert ida
iga ignacy igor ilona ines inga irena ireneusz irmina iwo iwona iwonka izabela izabella jacek jadwiga jagoda jakub jan
janina janusz jaromir jaroslaw jaroslawa jedrzej jerzy joachim joanna jola jolanta jowita jozef jozefina judyta julia
julian julianna juliusz jurek justyna kacper kaja kalina kamil kamila karina karol karolina kasia kasper katarzyna
kazimiera kazimierz kinga klara klaudia klaudiusz klemens konrad kornel kornelia krystian krystyn krystyna krzysztof
krzysztofa ksawery kuba laura lech lena leokadia leon leonard leszek lidia liliana lucja lucyna ludmila ludwik ludwika
luiza lukasz maciej magda magdalena maja makary maksymilian malgorzata malwina marceli marcelina marcin marek maria
marian marianna marianne marika mariola mariusz marlena marta martyna maryla marzena mateusz matylda maurycy melania
michal mieczyslaw mieszko mikolaj milena milosz mira miroslaw miroslawa monika nadia nadzieja natalia natan nikodem
nikola nina norbert oksana oktawia ola olga olivier oliwia oliwier oskar otylia pamela patrycja patryk paula paulina
pawel pelagia piotr pola przemek przemyslaw radek radoslaw radoslawa rafal regina remigiusz renata robert roksana
roman roza rozalia ryszard ryszarda sabina sandra sara sebastian sergiusz seweryn slawek slawomir slawomira sonia
stanislaw stanislawa staszek stefan stefania sylwester sylwia szczepan szymon tadek tadeusz tamara tatiana teodor
teofil teresa tobiasz tomasz tomek tymon tymoteusz tytus urszula violetta waclaw waclawa waldemar walentyna walery
wanda weronika wieslaw wieslawa wiktor wiktoria wilhelm wincenty wiola wioletta witek witold wladyslaw wladyslawa
wlodzimierz wojciech wojtek zbigniew zbyszek zdzislaw zdzislawa zenon ziemowit zofia zosia zuzanna zuzia zygfryd
zygmunt zyta
"""
_ARABIC = """
aaliyah aamir abbas abdallah abdel abdelaziz abdelkader abdi abdifatah abdihakim abdikadir abdinasir abdirahman
abdirashid abdiwahab abdo abdul abdulaziz abdulkadir abdullah abdullahi abdulrahman abeer abla abu adeeb adel adham
afaf afnan ahlam ahmad ahmed aiman aisha aiysha akram alaa alia aliyah almas amal amani ameena amel amer amin amina
amira ammar amr anab anas anisa anoud anwar ardo arwa asad asha ashraf asiya asma asmaa asmahan aswad ataa athir atiya
awad aya ayaan ayaanle ayad ayah ayan ayat ayesha ayman azhar aziz aziza badr bahaa bahar bana bandar basel bashir
basil basim basma batoul bayan besma bilal boutros bushra camelia dalal dalia dana dania danya daoud deeqa deqa dhia
diana dima dina djamila dua dunya ebtisam ehab elham elias emad eman enas essam fadel fadhil fadi fadia fadil faduma
fadumo fahad fahd fahima fahmi faisal faiz faiza farah farduus farid farida faris farouk fartun fathi fathia fathiya
fatima fatma fawzi fawzia fayza ferial firas fouad fuad ghada ghaida ghaith ghassan ghazi guled habib habiba hadi
hafsa haider haifa haitham hajar hakim hala halima halimo hamad hamda hamdan hamdi hamid hamida hamza hana hanadi
hanan hani hanif hanin hannan haroun harun hassan hatem hatim hawa hayat haytham hazem heba hersi hiba hibaq hibo
hikmat hind hinda hisham hoda hodan hodo hossam houda huda husam husna hussam hussein ibrahim ibtisam idil idris ifrah
ihab ikhlas ikram ilham ilyas iman inas ines insaf intisar iqra irfan isa isam ishaq ismahan ismail israa issa issam
jaber jabir jad jafar jalal jama jamaal jamal jamila jana jassim jawad jawaher jihad joud jumana kamal kamil kareem
karim karima kassem kawthar khadiga khadijo khadra khaled khalid khalifa khalil khaula khawla khayal kinda kulthum
laila lamia lamis lana lara latifa layal layla laylah leena leila liban lina lojain louay loubna luay lubna lulwa mada
maha mahad mahdi maher mahmoud mai maisa majed majid malak maliha malik manal manar mansour marah mariam marwa marwan
maryam maryan masud mayada maysa mazen mehdi meriem mervat mina miriam mohamad mohamed mohammed mohamud mohanad mona
moncef mounir mourad moussa muhammed muna munir munira muntaha muntasir murad musa musab muslim mustafa muzna nabeel
nabil nabila nada nadia nadim nadir naeem nahla naima najah najib najla najma najwa naseem nashwa nasim nasr nasra
nasrin nasser nawaf nawal nayef nazar nazik nehad nesreen nidal nimco nimo nisreen noha noor nora norah nour noura
nouran nuha nujood nur nura nuraddin nusaybah omaima omar omer osama osman othman qadir qais qamar qasim rabab rabia
rachid rada radwan rafa raghad rahaf rahma raida raja ramadan rami ramzi ramzy rana randa rania ranim rasha rashid
rasmi rayan rayhan razan reem rida rim rima riyad riyadh rowan ruba ruqaya ruqayya saad saadia sabah sabri sabrin
sabrina sadiq safa safaa safwan sagal sahal sahar sahra said saida sakariya salah saleem saleh salim salma salman
salwa samah samar samer sami samia samiha samir samira sana sanaa sara sarah saud sawsan seham shadi shadia shahd
shaima shams shamsa sharif sherif sherin shukri siham sihem sondos soraya souad suad sufian suha suhaib suhair suhayla
sulaiman suleiman suleyman sultan sumaia sumaya sumayya taha tahani tala talal tamara tamer tarek tarik tayeb thamer
tufik ubah umar umayma usama uthman wadha wael wafa wafaa wahid wajdi walaa waleed walid warda wardah warsame wassim
wesam widad xasan yahia yahya yara yasin yasir yasmeen yasser yassin yazan yazid younes younis yousef yousif yousra
youssef yusra yusuf zahid zahir zahra zaid zaina zainab zakaria zakariya zamzam zaynab zeina zeinab zena ziad ziyad
zohra zuhair zuhra
"""
_CHINESE = """
aiguo ang bai bao bei binbin bing biyu bo boqin cai caihong chan chang changming chao chaoxiang chaoyang chen chen-yu
cheng cheuk chi chi-ming ching chiu chow chuan chui chun chun-hei chung chungwai chunhua chunli cui dai daiyu dan
dandan dawei dehua delun deming dewei ding dong dongmei fai fang fangfang fei feifei feiyan feng fong fuhua fung gang
guang guanting guo guoliang guozhi hai haitao haiyan han hao haoran haoyu heng hoi hong hongmei hongyu hsin hua huan
huang hui huifang huifen huiling huimin huiying huizhong jia jiabao jiahao jiahui jialing jiaming jian jiang jianguo
jianhong jianhua jianjun jianming jianping jiao jiaxin jiayi jiayu jie jin jinfeng jing jingjing jingyi jinhai jun
jun-wei junfeng junjie ka-fai ka-ho ka-lok ka-man ka-ming ka-wai ka-yan ka-yee kai kam kang keung kin kin-man king kit
kuan kui kun kwan kwok kwok-wah kwong kwun lai-ming laifong lam lan lanfen lau lei leung li lian liang lifen lihua
lijuan liling liming lin lina ling linlin liping liqiang liqin lixin liying lok long long-wei longwei lulu lun luo
man-kit man-wai mei mei-ling meifang meifen meihua meilin meiling meixiang meiyu meng mengyao mengyu min ming ming-wai
mingming mingxia mingyu mingzhu mui na nan nian ning ningning niu nuan pak pei pei-ling peiyu peng pengfei pik ping
pinghua poh-ling pui qian qiang qiaoling qing qinghua qiu qiuyue quan qun renshu rong rou rui ruifang ruolan ruoxi
ruyi sau shan shan-shan shanshan shaoqing shaoying shen sheng shih shihong shiu shiying shu shuang shuchun shufang
shufen shui shuk-yee shuling shun shuyi shuying sihan sijia silin sing siting siu siu-fong siu-ling siu-ming siu-wai
siyu song suet suk suk-yin sung suyin sze tak tak-wah tao tian ting ting-ting tingting tong tsang tsz tsz-ho tsz-yan
tung tze wai wai-lam wai-ming wai-yin wang wanyi wei weihong weijian weimin weiming weiping weiqiang weiwei weixin
weizhe wen wenbin wencheng wenjing wenjun wenli wenqian wenwen wenyan wenyi wing wing-yan wong xia xian xiang xiao
xiaobo xiaodan xiaofeng xiaohong xiaohua xiaojun xiaolan xiaolei xiaoli xiaoling xiaolong xiaomei xiaoming xiaoping
xiaoqing xiaowei xiaoxia xiaoyan xiaoyu xin xin-yi xinyi xinyu xinyue xiu xiulan xiumei xiuying xiuzhen xuan xue
xuefeng xuehua xueling xuemei xueqin xuewen xueying xun yan yan-ling yanfang yang yanhong yanli yanling yanmei yanping
yanqing yanyan yao yaqin yating yee yi yi-jun yichen yifan yifei yihan yijun yik yilin yimin yiming yin yin-ling ying
yingying yitong yiwen yixin yiyi yizhe yong yongjun yongqiang yu yu-yan yuan yuanyuan yuchen yue yue-yan yuefang
yueling yuet yuhan yuhong yuhua yujie yuk yuk-ling yulan yuling yumei yumin yun yun-fat yuping yuqi yusheng yuting
yutong yuwei yuxin yuxuan yuyan yuying yuzhen zedong zeng zhan zhang zhao zhe zhen zheng zhengyi zhenyu zhi zhihao
zhihong zhihua zhijian zhilan zhiming zhiqiang zhiwei zhixin zhiyong zhiyuan zhong zhongwei zhou zihan zijian zimo
ziqi zixin zixuan ziyi zongmei zuo
"""
_WEST_AFRICAN = """
abayomi abdoulaye abebi abena abeni abeo abiade abimbade abimbola abiodun abiola abiona abioye aboderin abosede
abraham acheampong adaeze adaku adanna adaobi ade adebayo adebimpe adebola adebowale adedayo adedeji adekunle adeleke
adenike adeola adeolu aderonke adesola adesuwa adetola adewale adewunmi adeyemi adisa adjoa adjua adunni adwoa afia
afolabi afoma afua agnes agyei ahmadu aissatou ajani ajoke akin akinola akintunde akinwale akinyemi akosua akpan akua
akuba akwasi akwete alaba alhaji alieu alioune alusine ama amadi amadou amaka amarachi aminata amma amoako ampofo anan
ania aniekan anita anuli anuoluwapo araba aramide arinze asabi asamoah asana asante asari ashanti assefa ato atsu
augustina awa awero awo ayinde ayo ayoade ayobami ayodele ayokunle ayomide ayoola ayotunde azubuike azuka baba
babajide babatope babatunde baboucarr bamidele bankole baraka beatrice bimbo bimpe binta bisi bisola blessing boakye
boateng bola boladale bolaji bolanle bolatito bosede bukky bukola bunmi busola charity chiamaka chibueze chibuike
chibuzo chidera chidi chidiebere chidinma chidubem chiemeka chigozie chijioke chika chikere chikodi chima chimamanda
chimezie chinaza chinedu chinelo chinenye chineze chinonso chinwe chinyere chioma chizoba chukwudi chukwuemeka
chukwuma chukwunonso clement comfort cosmas dada damilola dapo daramola dauda dayo debo dele demba diallo dimeji dokun
dolapo doyin duro ebele ebere ebrima ebube ebunoluwa edem edet efosa efua ejike ejiro ekene ekow ekua ekundayo elikem
emeka emmanuel eniola enitan enoch enyinnaya erinma eseoghene esi esi-ama essien esther etim evans eyitayo ezekiel
ezinne fadekemi faith fanta fatou fatoumata fatoumatta faustina favour femi femi-ade festus fifi fiifi foday fola
folake folarin folasade folasayo foluke fortune fredrick friday fumilayo funke funmi funmilayo funsho gaddo gbenga
gideon gift gilbert gloria godfrey godspower godwin grace habiba haddy happiness hauwa hawa henrietta hope ibidun
ibironke ibrahima ibukun ibukunoluwa idowu idris ifeanyi ifedayo ifeoluwa ifeoma ifeyinwa ifunanya igwe ihuoma ijeoma
ike ikechukwu ikenna imoh innocent isaac isatou isioma itoro iyabo iyanu iyiola jainaba jaja jelili jide joke jumoke
kadiatou kadija kafui kalu kamara kayode kebba kehinde kelechi kemi keziah khadijatou kikelomo kobina kodwo kofi kofo
kojo kojo-mensah koku kolade kolawole kole korede kosi kudirat kukua kunle kwabena kwabena-ofori kwadjo kwadwo kwaku
kwaku-manu kwame kwame-nkrumah kwasi kwasi-boateng kwesi lami lamin lamin-jallow lanre lateef latifat lekan leke linda
lola lukman maame mabel mama mamadou mansa manu mariama mariatu mary-jane mawuli mensah mercy miracle modou modupe
mohamed-lamin mojisola momodou monday morayo moses moyosore mudasiru musa musah mustapha naa nana nanyamka ndey ndidi
ndubuisi nene nenna ngozi nimi nkechi nkeiruka nkem nkemdilim nkiru nkiruka nmesoma nnaemeka nnamdi nneka nnenna
nneoma nonso nosa nwachukwu nwando nyamekye nyarko obafemi obi obiageli obinna obioma obiora oche odion ofori ofure
ogechi ogechukwu oghenekaro okechukwu okon okwudili ola olabisi oladapo oladele oladimeji oladipo olajide olajumoke
olakunle olamide olaniyi olaoluwa olatunde olatunji olawale olawunmi olayinka olisa olivia ololade olu olubunmi
olufemi olufunke olugbenga olukayode olumide olumuyiwa olusegun olusola oluwadamilola oluwafemi oluwakemi oluwaseun
oluwaseyi oluwatobi oluwatosin oluwole omolade omolara omotayo omotola omowunmi onome onyeka onyekachi onyinye
opeoluwa opeyemi osagie osas osaze osei oseni osinachi osita osman osundu otobong ousainou ousman ousmane ousseynou
owusu oye oyewale oyin oyinkansola paapa papa patience peace peju philomena pius precious prince princess prosper
queen rachael rafiu rasheedat raymond regina remi rita rotimi ruth sade saheed saidou saidu sainabou salimata samba
samson sanni sefunmi segilola segun sekinat sekou selasi selorm senam sesan sessou seun seyi shade sheku shola sikiru
simisola sodiq sola solape somto sorie sulayman sunday taibat taiwo tamuno taofeek tayo tejan teju temi temidayo
temitayo temitope teni thelma theophilus titi titilayo titilola tiwa tobechukwu tobi tochi tochukwu tokunbo tolani
tolu tolulope tomi tope toyin tunde tunji uche uchechi uchenna udo uduak uju ukamaka unoma uzochukwu uzoma victor wale
wande wasiu wemimo wole wunmi yaa yaa-asantewaa yaba yahaya yakubu yankuba yao yaovi yaw yejide yemi yemisi yesufu
yetunde yewande yinka yomi yusufu zainabu zubairu
"""
_IRISH = """
aengus aidan ailbhe ailish aine aisling aislinn alannah aodhan aodhán aoibheann aoibhinn aoife assumpta attracta
bairbre barra bernadette bernie bláithín bláthnaid breandán brendan brian bridget brigid bronagh bronwyn bríd brídín
bríona caitlin caitriona caitríona caoilfhionn caoilte caoimhe caolan carmel cathal cathaoir ceallach cian cianán
ciara ciaran ciarán cillian cliona clodagh clíona colleen colm colman colum conall concepta conn connla conor cormac
criostóir cuan dairíne daithi daithí damhnait dara darragh deaglán deborah declan deirdre delia dermot dervilla dervla
diarmaid diarmuid doireann donagh donal donnacha donncha dympna dónal eabha eadaoin eamon eamonn eileen eilis eilish
eimear eithne emer emmet enda eoghan eoin eunan eóin fachtna feargal fearghal feargus fergal fergus fiach fiachra
fidelma finbar finbarr fineen finn finnian fintan fiona fionn fionnbharr fionnuala fionnán féilim garrett garvan gavan
gearoid geraldine gerry gobnait grainne gráinne iarlaith ide imelda ita jarlath kathleen keelin kevin kieran killian
laoise lorcan lorcán maebh maeve maire mairead mairéad malachy marian maura maureen mella michael micheál moira
muireann muiris murphy murtagh myles máire máirín mícheál móna naoise naomi neasa neil niall niamh nollaig nora noreen
nuala odhran odhrán oisin oisín oliver ona oonagh orla orlaith oscar padhraic padraig patricia patrick peadar phelim
philomena proinsias pádraic pádraig pádraigín rioghnach riona roisin roisín ronan rory rua ruadhán ruaidhri ruairi
ruairí ríona róisín rónán sadhbh saoirse seamus sean seanán senan seosamh seán shane shauna shay sheena sheila sibéal
sinead sinéad siobhan siobhán sorcha séamas séamus séan síle síofra tadhg tara teresa tiarnán tiernan tierney tomás
treacy treasa turlough ultan una ursula áine éabha éadaoin éamonn éanna éilis étain órla órlaith úna
"""
_WELSH = """
aeron aeronwen aled alis alun alwen alwena alwyn amlyn andras aneira anest aneurin angharad anna-mair annest anwen
arial arianwen arthen arvel arwel arwen awel awen beca bedwyr bethan bethany beti betsan bleddyn blodeuwedd blodwen
brangwen branwen brengain briallen bronwen bronwyn bryn brynmor buddug cadi cai caleb caradog caren cari caron carwen
carwyn carys catrin ceinwen ceiri ceirios celyn cemlyn cenwyn ceri cerian ceridwen cerys cledwyn clwyd clydwen colwyn
crisial cynan cynfael cynwrig daffyd dafina dafydd dai daniel deiniol delun delwyn delyth derec dewi dilwyn dilys
dwynwen dyddgu dyfan dyfrig dylan ebrill ednyfed edryd edwyn efa efan efion efrog eiddwen eifion eifiona eigra eilir
eilwen einion einir eirian eirianwen eiriol eirlys eirwen eirwyn eirys elain elan eleanor eledi elenid eleri elfed
elffin elgan elidyr elin elinor elis elliw eluned elwen elwyn emlyn emrys emyr enfys enid enlli erin ernest erwyd eryl
esyllt eurgain eurig euros eurwen eurwyn evan ffion fflur ffraid ffred ffreuer gareth garmon garnet gaynor geinor
geraint gerallt gerwyn gethin glain glanville glenda glenwen glenys glesni glyn glyndwr glynis gronw gruff gruffudd
gruffydd grug guto gwallter gwawr gwen gwenan gwenda gwendolen gwener gwenfair gwenfor gwenhwyfar gwenith gwenllian
gwenllïan gwenno gweno gwent gwerfyl gwilym gwion gwladus gwladys gwyn gwynedd gwyneira gwyneth gwynfor gwynn haf
hafwen hawys hedd heddwyn heddyr heilyn heini heledd helen henri heulwen heulyn hopcyn huana huw hywel iago ianto
idris idwal iestyn ieuan ifan ifanwy ifor ilan illtud illtyd indeg ioan iola iolo iona ioreth iorwerth islwyn ithel
iwan jac jenkin kerys leusa lewys lili lisa lleucu lleuwen llew llewelyn llian llinos llio llion lliwen lloyd llyr
llywarch llywela llywelyn lona lowri luned lyn mabli madog mael maelgwyn magi mai mair mairwen maldwyn mali mallt
manod manon mared maredudd marged mari marian mathias mati mattie medi medwyn megan meilir meilyr meinir meinwen meira
meirion meirwen melangell meleri menai menna meredith meredydd mererid merfyn meri merlin merlyn merrion meryl meurig
mihangel mirain modlen moelwyn moli morfudd morfydd morgan morgana morwen morwenna morys mwynwen myfanwy myfyr myrddin
nansi nefyn nel nerys nesta nia noa non nora ogwen olwen olwenna osian owain owen owena padrig pawl pedr penri petra
prysor rebeca rees rhain rheinallt rhian rhianedd rhiannon rhianwen rhidian rhirid rhisiart rhobert rhodri rhona
rhonwen rhun rhydian rhydwen rhys robat robyn roderic rosemari sali saran seimon seiriol selwyn sian sioned sionyn
siriol siwan siân siôn steffan stiffan sulien sulwen sulwyn swyn tal talfan talfryn taliesin tanwen tarian tecwyn
tegan tegid tegwen tegwyn teifion teleri tesni tirion tomos trahaearn trefor trystan tudful tudor tudur tudwal twm
urien vaughan wena wil winifred wyn wynfor wynn wynne ynyr
"""
_OF_ELSEWHERE = """
aanya abdikarim abdinasir abdulaziz abdulkadir abdur abukar adriana aftab agnes agris agron ahmad aigars akinyi albert
alessandra alessandro alexandru amandeep aminul amrita ana anaya andreas andreea andrei andris andriy andré anesu
anisa anju ankur anmol annelies anouk anoushka anwara arabella arafat arben arif arshdeep arturas asad ashish ashlee
ashleigh aslam atif attila aubree awais ayanda aylin ayse azhar babar babs balazs baljinder bally barb bartlomiej baz
beatriz becky bence benji benny besnik bev bex bikash bilan billie-jo billy binod biodun bishnu bjorn blerim blessmore
bobbie bobby bongani bujar burak burhan busisiwe carlo catalin catarina cath cathie cem chaz chenai chiamaka chiara
chike chipo chloë chrissy chukwudi chukwuka cristian cuong dace daniela danish danni danny dave davey daz deb debs
deeqa delilah delroy deniz denny despina devinder diego dieter dimitris dino diogo dipa dirk diya dmytro dolma
dominika donna donny drita dritan duc ebrahim ebuka edita egle ehsan elen eleni elif elira elisa ellie-mae elodie
emeline emre esra eszter evita fabio fahad faizan farai farirai fatma fatmir fayyaz federico femke ferenc ferhana
florin flutura fowzia francesca gabor gagandeep garret garry gary gav gaz ged georgios geri gezim gheorghe ghulam
giannis giedre gino giovanni gita giulia habiba habon hafsa hakan haleema hallie hammad hanh hans harbir hardeep
harjit haroon hayleigh hazza hefin hema hendrik hien hoa hodan hudson humaira hunter huong idman iffat ifrah ijaz
ikram ilaria ildiko ilir ilze inese inga ioana ionut iqra iryna ishan ishfaq ishtiaq istvan jacqui jaden jagdeep
jahmal jaki jamie jan janis jaqui jase jasleen javaid javier jax jaxon jaz jenson jerrold jez jimmy jo joao jock
johannes jolita jonno jonny joost jose josé joël judit jules junaid jurgen jurgita juris kadeem kagiso kaleem kaltun
kamau kamlesh karamjit kat katalin katerina kateryna kathy katya kayden kees keisha kel kelv kenny ketul kev kez
khadeeja khanh khurram kim kimmy kirandeep kirst klaus komal kostas kristina kudzai kuldip kulsoom kulwant kyra kyran
lacie ladan laima lakhbir lars laszlo laxmi leigh-anne lenny lerato les lexi-mae liaqat liga lina lindiwe lindy linh
lorenzo lorna lorrie lotte lou lovepreet loz luca luka luljeta lyla lyn lynsey maaike mabel mags mandy manju manny
manpreet mantas maqsood marco marge margi margot marija marijke maris marius marj martina masood massimo matteo mattie
matty mawusi maxie may maya maz meg mehmet mehwish mel merve michalina mick mickey micky miguel mihaela mihai mike
mila mimi mindaugas minh mirela mitch mo mohammad mohammed mohamud mohinder moll momtaz monowara mostafa mthunzi
mudassar muhammad munashe munir murat mushtaq mustafa mykola mylo nabila naheed naila najma nasima nasra natalya nate
nath navdeep navjot naz nazir neil nerijus nev ngoc nguyen nicky nige nighat nikita nikki niko nikos nilesh njeri nkem
nkosana nomsa nomvula nora normunds nosheen nurul nusrat nyasha oksana oleksandr olena olha orlaith orville otieno
ottilie ovidiu ozgur palesa pammy panagiota paolo paresh pat patsy patty paulius paulo pedro pema pete phil phuong
pieter pilar pip prabhjot prakash precious pritika qaiser qasim quang rab radu raff rafferty rafiqul raheel rahela
raimondas rajendra ralph raluca ramandeep ramune rashida raya razvan rehman reka remi renato renée rhonda riad ricky
riffat ritchie rizwan rizwana robbie robbo roberta robina rodica rokas rokeya romana ron roni ronke ros rosalyn
rosalynd rosie roz rubina rudo rukhsar rupert rupinder ruqaya russ ruta rutendo sabeena sabina sadaf safeena safia
safina sagal saira sal salem samira sammy sandie sandis sanju sanne saoirse saqib sarfraz sarita saskia satwinder
saulius seb serena sergio serhiy serkan shabana shafiq shafiqul shagufta shaheen shahid shahnaz shakeel shakila
shanelle shanice shaniqua sharda shaz shehzad shell sherry shirin shirl shpresa sian sibusiso sid sidra sigita simona
simran simranjit sipho sizwe sofia sohail somto sonam sonny sonya stavros stefano stell steph stevie stu sukhi sukhjit
sukhpreet sultana sumaya sumera sunil susanna sushma susie suze sven svitlana sylv tabassum takudzwa tallulah tam
tanveer tanvi tanzeela tapiwa taranjit tariq tarsem tash tatenda tawanda tayyab taz ted tendai tenzin terri tess
tetiana tez thabo thaddeus thandeka thandi thandiwe thanh thao themba thuy tiago tomas tommo tommy tonderai toni tori
trang trev trish trudi trudy trupti tsepo tuan tuyet tyrell ugne ugo ujjal umair umar umut urvi usman vaida val
valbona valdis valentina varinder vasiliki vasyl vic vicky vilma vince vinny violeta viorica vittoria viv vlad
volodymyr vytas vytautas waheed wajid wally wanjiku waqas wes wilf wilhelmina willem willie winnie winsome wren xander
yaqub yas yasmine yaz yiannis yousaf yulia yuriy yusra yusuf zafar zahid zahida zain zainabu zainul zak zaki zanele
zaynab zeb zeenat zeeshan zeinab zena zeynab zeynep zita zoey zofia zoltan zoë zsofia zubaida zulfiqar
"""
FIRST_NAMES = frozenset(
    " ".join((_ENGLISH, _SOUTH_ASIAN, _POLISH, _ARABIC, _CHINESE, _WEST_AFRICAN, _IRISH, _WELSH, _OF_ELSEWHERE)).split()
)
"""In lower case; by origin English, South Asian, Polish, Arabic and Somali, Chinese, West African, Irish, Welsh, and of
later years and from elsewhere.

A share of a column's cells, never a cell by itself, is judged by them: many are also words, places or surnames.
"""
