"""Common forenames of the people British councils write about."""

from __future__ import annotations

_ENGLISH = """
aaron abigail adam adrian alan albert alex alexander alfie alfred alice alison amanda amber amelia amy andrea andrew
angela ann anna anne annie anthony antony archie arthur ashley audrey ava barbara barry beatrice becky ben benjamin
bernard beth bethany betty bill billy bob bradley brenda brian bruce callum cameron carl carol caroline carolyn
catherine cathy charles charlie charlotte chelsea cheryl chloe chris christina christine christopher claire clare
clive colin connie connor craig cynthia daisy dan daniel danielle darren dave david dawn dean debbie deborah debra
denise dennis derek diana diane donald donna doreen doris dorothy douglas duncan dylan eddie edith edward eileen
elaine eleanor elizabeth ella ellen ellie elsie emily emma eric erica ernest esme ethan ethel eva evelyn evie faith
felicity fiona florence frances francis frank fred freddie frederick freya gail gareth gary gavin gemma geoff
geoffrey george georgia georgina gerald gerard gillian gladys glenn gloria gordon grace graham grant greg gregory
guy gwen hannah harold harriet harrison harry harvey hazel heather heidi helen henry hilary hilda holly howard hugh
hugo ian imogen irene iris isaac isabel isabella isla ivan ivy jack jackie jacob jacqueline jade jake james jamie jan
jane janet janice jasmine jason jasper jayne jean jeff jeffrey jemma jennifer jenny jeremy jesse jessica jill jim joan
joanna joanne joe joel john jon jonathan jordan joseph josephine josh joshua joy joyce jude judith judy julia julian
julie june justin karen karl kate katharine katherine kathleen kathryn katie kay kayleigh keith kelly ken kenneth
kerry kevin kieran kim kimberley kirsty kyle laura lauren lawrence layla leah leanne lee leo leon leonard lesley leslie
lewis liam lillian lily linda lindsay lisa logan lorna lorraine louis louise lucas lucy luke lydia lynda lynn lynne
mabel madeleine malcolm mandy marcus margaret maria marian marie marilyn marion marjorie mark martha martin martyn
mary mason matilda matthew maureen maurice max maxine megan melanie melissa mia michael michelle mick mike mildred
millie mollie molly monica muriel nancy naomi natalie natasha nathan neil nicholas nick nicola nigel noah noel nora
norma norman olive oliver olivia oscar owen pam pamela patricia patrick paul paula pauline peggy penelope penny
percy peter phil philip phillip phoebe phyllis poppy rachael rachel ralph ray raymond rebecca reece reginald rhys
richard rita rob robert robin rodney roger ronald rory rosalind rose rosemary rosie ross roy ruby russell ruth ryan
sally sam samantha samuel sandra sara sarah scarlett scott sean sebastian shane sharon shaun sheila shirley sian
sidney simon sophia sophie stacey stan stanley stella stephanie stephen steve steven stuart sue susan suzanne sybil
sylvia tanya teresa terence terry thelma theo theodore theresa thomas tim timothy tina toby tom tony tracey tracy
trevor valerie vanessa vera vernon veronica victor victoria vincent violet vivienne wayne wendy wilfred will william
winifred yvonne zachary zara zoe
"""
_SOUTH_ASIAN = """
aamir aarav aasha abdul abida adeel adil adnan ahmad ahmed aisha ajay akash akhtar akram ali alia amar amarjit amina
amir amit amjad amrit anand anil anita anjali anwar arif arjun asha ashok asif asma atif aziz balbir baljit bilal
bushra deepa deepak dev devi dinesh divya faisal farah farhan farida farooq fatima fazal ganesh geeta gita gurdeep
gurpreet habib hamid hamza harbhajan harjit harpreet hasan hassan hina hira humza hussain ibrahim imran indira iqbal
irfan isha ishaan ismail jagdish jamil jasbir jaspreet jaswinder javed jyoti kabir kajal kalpana kamal kamran karim
kashif kavita khadija khalid kiran kishan krishna kuldeep kulwinder lakshmi latif laxmi mahmood majid mandeep manish
manjit manoj maryam meena meera mohamed mohammad mohammed mohan muhammad mukesh munir nabila nadeem nadia naeem nasir
nasreen naveed navdeep neha nikhil nisha nitin noor omar osman parveen pooja prakash pramod pranav prem priya priyanka
rabia radha raheem rahim rahul raj raja rajesh rajinder raju rakesh ram raman ramesh rana ranjit rashid rashida ravi
ravinder razia reena rehana rekha riaz riya rizwan rohan rohit rubina rukhsana sadia safia saima sajid sakina salim
salma sameer samina sana sandeep sandhya sangeeta sanjay saqib sarita satnam seema shabana shabir shah shahid shahida
shakeel shamim shanti sharif sharmila shazia sheela shilpa shreya simran sita sohail sukhdev sukhwinder sultana sunil
sunita suresh sushila tahir tahira tariq tasneem uma umar usha usman varun vijay vikram vinod vishal wahid waqar
waseem yasin yasmin yasmeen yusuf zafar zahid zahra zainab zakir zeenat zia zubair
"""
_POLISH = """
adrianna agata agnieszka aleksander aleksandra alicja andrzej aneta antoni arkadiusz artur barbara bartosz beata
bogdan boguslaw bozena cezary czeslaw damian danuta dariusz dawid dominik dorota edyta elzbieta ewa filip franciszek
gabriela grazyna grzegorz halina hanna henryk hubert igor irena iwona izabela jacek jadwiga jakub jan janina janusz
jaroslaw jerzy joanna jolanta jozef julia justyna kacper kamil karol karolina katarzyna kazimierz kinga konrad
krystyna krzysztof lech leszek lukasz maciej magda magdalena malgorzata marcin marek maria mariusz marta marzena
mateusz michal mieczyslaw mikolaj miroslaw monika natalia norbert oksana olga patrycja pawel piotr przemyslaw radoslaw
rafal renata robert roman ryszard sebastian slawomir stanislaw stefan sylwia szymon tadeusz teresa tomasz urszula
wanda weronika wieslaw wiktor wiktoria witold wladyslaw wojciech zbigniew zdzislaw zofia zuzanna zygmunt
"""
_ARABIC = """
abbas abdallah abdel abdi abdirahman abdullah abdullahi abu adel ahlam alaa amal amani ammar anas asmaa ayman ayesha
bashir basma dalia dina dua eman faiza fadi fahad farid fathi ghada hadi haifa hala halima hamad hana hanan hani hawa
heba hisham hodan huda hussein ibtisam iman issa jabir jamal jamila kareem khadra khaled laila layla leila lina lubna
mahdi mahmoud maha mai malak malik manal marwa marwan mona mounir mourad mustafa nabil nada nadir nahla najwa nasra
nawal nour omer osama qasim rami rana rania rasha reem rima saad sabah said salah saleh salwa samar sami samir samira
sara sawsan shadi sherif soraya suad suha suleiman sumaya tamer tarek wael walid warsame yahya yasir yasser youssef
zahir zaid zakaria zaynab ziad
"""
_CHINESE = """
bao bo chang chao chen cheng chi ching chun chung fang feng gang guang hai han hao hong hua hui jia jian jie jin jing
jun kai kang kin kit kwok lan lei li lian liang lin ling long mei meng min ming na ning pei peng ping qian qiang qing
quan rong rui shan sheng shu siu song suk tak tao ting wai wei wen wing xia xian xiang xiao xin xue yan yang yi yin
ying yong yu yuan yue yuk yun zhen zheng zhi zhong
"""
_WEST_AFRICAN = """
abena abiola abimbola abiodun abosede ade adebayo adebola adeola adewale adwoa afia afua akosua akua akwasi ama amadi
aminata amma ayo ayodele ayomide babatunde bola bolanle bukola chiamaka chidi chidinma chiamaka chika chinedu chinwe
chioma chukwuemeka damilola dayo ebele efua ejike ekow emeka emmanuel esi fatou fatoumata femi folake folasade funke
funmilayo gbenga ibrahima idris ifeanyi ifeoma ifeyinwa ike ikechukwu isatou jide kehinde kofi kojo kwabena kwadwo
kwaku kwame kwasi kwesi lamin lanre mamadou mariama modou musa ngozi nkechi nkem nnamdi nneka obi obinna ola oladele
olamide olayinka olu olufemi olumide oluwaseun oluwaseyi onyeka ousmane patience sade segun sekou seun seyi sola
taiwo temitope tobi tolu tunde uche uchenna yaa yaw yemi yetunde yewande
"""
_IRISH = """
aidan aine aisling aoife bernadette bláthnaid brendan bríd bridget brigid caitlin caoimhe carmel cathal ciara ciaran
clodagh colm conor cormac darragh deirdre declan dermot diarmuid donal eamon éamonn eilis eimear emer eoghan eoin
fergal fergus finbar finn fionn gearoid grainne kathleen maeve mairead malachy maura niall niamh noreen nuala oisin
oonagh orla padraig pádraig patrick roisin ronan rory saoirse seamus séamus sean seán shane sinead sinéad siobhan
siobhán tadhg ursula
"""
_WELSH = """
aled alun alwyn aneurin angharad anwen arwel arwen bethan blodwen branwen bronwen bryn cadi carwyn catrin ceri cerys
clwyd dafydd dai delyth deiniol dewi dilwyn dilys dyfan dyfrig efa eifion eilir eirlys eirwen elan eleri elin elis
eluned emlyn emrys emyr enfys ffion ffred gareth geraint gerallt gerwyn gethin glenys glyn glynis gruffudd gruffydd
guto gwenda gwenllian gwenno gwilym gwladys gwyn gwyneth gwynfor haf heledd heulwen huw hywel idris iestyn ieuan
ifan ifor illtyd iolo iorwerth iwan llew llewelyn lleucu lowri mair mali manon mared mari marged meinir meirion menna
meredydd merfyn mererid meurig myfanwy nerys nia non olwen osian owain owen rhian rhiannon rhodri rhydian rhys sioned
siôn siân siwan steffan talfryn tegwen teleri tomos trefor tudur wyn
"""
FIRST_NAMES = frozenset(
    " ".join((_ENGLISH, _SOUTH_ASIAN, _POLISH, _ARABIC, _CHINESE, _WEST_AFRICAN, _IRISH, _WELSH)).split()
)
"""In lower case; by origin English, South Asian, Polish, Arabic and Somali, Chinese, West African, Irish and Welsh.

A share of a column's cells, never a cell by itself, is judged by them: many are also words, places or surnames.
"""
