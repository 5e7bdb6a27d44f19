"""Hand-made word lists of the attribution rules: what kind of word each English word can be.

Written from general knowledge of newspaper English; nothing in here was counted or learned from texts.
``tag(word)`` gives all kinds of a word as bits; ``cue(word)`` tells whether it can report speech, and how.
"""

from functools import lru_cache
from typing import Literal, NamedTuple

from searchapp.analysis import fold

# The kinds of a word, as bits. The first ones follow from its letters, the others from the lists below.
CAPITAL, ACRONYM, POSSESSIVE, NUMBER = 1 << 0, 1 << 1, 1 << 2, 1 << 3
PREPOSITION, DETERMINER, AUXILIARY, BE, ADVERB, CONJUNCTION, SUBORDINATOR = (1 << n for n in range(4, 11))
PRONOUN, TITLE, ROLE, GROUP, PLACE, NATION, TIME, PARTICLE, GIVEN, COMMON = (1 << n for n in range(11, 21))
CUE, DOMAIN, ABBREVIATION, SUFFIX, MALE, FEMALE, NAMED, STOP, OPEN, CLOSE, QUOTE = (1 << n for n in range(21, 32))
PLURAL, VERB, THING, DOCUMENT, STARTER = (1 << n for n in range(32, 37))
FUNCTION = PREPOSITION | DETERMINER | AUXILIARY | BE | CONJUNCTION | SUBORDINATOR | PRONOUN
PREPOSITIONS = """
about above across after against along alongside amid among around as at before behind below beneath
beside besides between beyond by concerning despite down during except for from in inside into like near
of off on onto outside over past regarding since through throughout to toward towards under underneath
unlike until unto up upon versus via with within without
"""
DETERMINERS = """
a an the this that these those his her its their our my your some any no every each another both neither
either all many most several few other such what which whose various numerous
"""
AUXILIARIES = """
has have had do does did will would can could may might must shall should not cannot didn't doesn't don't
won't wouldn't can't couldn't hasn't haven't hadn't shouldn't mustn't having
"""
BE_FORMS = "is are was were be been being am isn't aren't wasn't weren't get gets got gotten"
ADVERBS = """
also not never ever even just still then once twice again soon often always sometimes later earlier too
only already now here there further instead perhaps maybe rather quite very almost since ago meanwhile
thereby thus thereafter afterward afterwards however nonetheless nevertheless moreover furthermore
likewise otherwise together himself herself themselves itself myself ourselves yet long seldom back first
finally nearly more much all both each outright flat aloud alike
"""
NOT_ADVERBS = """
family ally rally reply supply assembly bully july italy anomaly fly apply comply imply homily jelly belly
daily weekly monthly monopoly butterfly elderly friendly likely only early ugly lovely deadly costly
unlikely lonely
"""
CONJUNCTIONS = "and or but nor & yet"
SUBORDINATORS = """
that because although though while whereas when whenever where wherever if unless whether how why until after
before since as than so once lest
"""
PRONOUNS = "he she they i we it you who both everyone everybody someone somebody nobody"
TIMES = """
monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
september october november december jan feb mar apr jun jul aug sept sep oct nov dec today yesterday
tomorrow tonight morning afternoon evening night week weekend month year day days weeks months years hours
minutes ago recently weekday spring summer autumn fall winter noon midnight a.m. p.m. mon tue tues wed thu
thur thurs fri sat sun
"""
TIME_LEADS = "on in last this next late early earlier that the same later at past during over since"
# How words for persons end ("midfielder", "violinist").
PERSON_ENDINGS = "er or ist man men woman ian eer ee ant ess wife mother father girl boy person ot ete key"
ABBREVIATIONS = """
mr mrs ms dr prof sen sens rep reps gov govs gen lt col maj capt sgt cpl adm cmdr rev fr hon pres st ste
jr sr vs etc inc ltd co corp bros dept est no vol pp fig messrs mme mlle sec amb atty supt det insp pvt
ariz ala ark calif colo conn del fla ga ill ind kan ky la mass md mich minn miss mo mont neb nev okla ore
pa tenn tex va vt wash wis wyo jan feb mar apr jun jul aug sept sep oct nov dec mt ft ave blvd rd approx
a.k.a cllr brig smt
"""
TITLES = """
mr mrs ms miss dr prof professor sen sens senator senators rep reps representative gov govs governor
president presidents vice-president premier chancellor minister ministers secretary undersecretary
ambassador chairman chairwoman chairperson chair speaker leader whip congressman congresswoman mayor judge
justice general gen lieutenant lt colonel col major maj captain capt sergeant sgt admiral adm commander
cmdr corporal officer detective inspector sheriff chief deputy reverend rev pastor bishop archbishop
cardinal pope father sister brother rabbi imam sheikh shaikh ayatollah king queen prince princess emperor
lord lady sir dame baron count pm fm vp ceo director commissioner councilman councilwoman councillor
councilor alderman assemblyman assemblywoman delegate attorney counsel prosecutor coach envoy consul
marshal comrade spokesman spokeswoman spokesperson pres hon superintendent supt administrator treasurer
chairs coordinator laureate ombudsman solicitor magistrate abbot chaplain crown co-anchor co-host co-chair
co-chairman co-founder co-author moderator host anchor cllr det insp brig maj-gen lt-gen lt-col shri smt herr frau
senor senora datuk dato seri alhaji
"""
HONORIFICS = """
mr mrs ms miss dr prof sir dame lord lady messrs mme shri smt herr frau senor senora datuk dato seri alhaji
"""
REGNAL = "pope king queen prince princess emperor cardinal sheikh lord lady saint"
TITLE_PARTS = """
former then acting interim deputy assistant associate vice prime foreign first senior junior permanent
special chief majority minority house senate state party interior finance defense defence justice health
education labor labour treasury energy agriculture commerce trade transport transportation homeland
security environment culture home external exterior economy planning industry affairs general executive
managing incoming outgoing ex retired national supreme democratic republican communist conservative
liberal presidential gubernatorial opposition congressional federal district county city police army navy
air force marine governing ruling royal late campaign press communications budget intelligence election
elections science climate con
"""
ROLES = """
spokesman spokeswoman spokesperson spokespeople spokesmen official officials minister ministers president
premier chancellor senator senators lawmaker lawmakers governor governors mayor mayors ambassador
ambassadors diplomat diplomats envoy counterpart counterparts leader leaders head heads chief chiefs
chairman chairwoman chair chairperson director directors manager managers executive executives officer
officers adviser advisers advisor advisors aide aides analyst analysts expert experts economist economists
professor professors researcher researchers scientist scientists scholar scholars historian historians
author authors writer writers columnist columnists commentator commentators journalist journalists
reporter reporters correspondent editor editors publisher anchor host hosts pundit pundits blogger
strategist strategists consultant consultants pollster pollsters operative operatives activist activists
advocate advocates organizer organizers organiser organisers campaigner campaigners supporter supporters
backer backers critic critics opponent opponents rival rivals candidate candidates nominee contender
contenders frontrunner front-runner challenger incumbent delegate delegates voter voters resident
residents neighbor neighbors neighbour neighbours witness witnesses victim victims survivor survivors
relative relatives friend friends brother sister father mother son daughter wife husband widow parents mom
dad uncle aunt cousin colleague colleagues lawyer lawyers attorney attorneys prosecutor prosecutors judge
judges justice justices investigator investigators detective sheriff policeman doctor doctors physician
surgeon nurse nurses psychologist psychiatrist teacher teachers principal student students pupil coach
player players captain founder founders co-founder cofounder owner owners ceo businessman businesswoman
businessmen entrepreneur billionaire tycoon mogul developer investor investors banker bankers trader
traders farmer farmers worker workers driver engineer engineers actor actress singer musician artist
comedian filmmaker producer novelist poet priest pastor bishop archbishop cardinal pope imam rabbi cleric
king queen prince princess sultan emir general colonel commander admiral soldier soldiers veteran veterans
sergeant secretary deputy pm fm prime-minister congressman congresswoman representative representatives
member members participant participants source sources observer observers negotiator negotiators mediator
politician politicians democrat democrats republican republicans conservative conservatives liberal
liberals socialist communist independent man woman men women boy girl person people others speaker
speakers treasurer coordinator administrator superintendent commissioner inspector ombudsman intellectual
theorist physicist biologist chemist astronomer climatologist geologist architect designer lobbyist
ex-president ex-minister ex-wife insider insiders loyalist surrogate surrogates staffer staffers employee
employees customer customers patient patients protester protesters protestor demonstrator demonstrators
rebel rebels militant militants refugee refugees migrant migrants immigrant neurosurgeon star partner
partners associate associates assistant fellow specialist practitioner vice-president spokespersons crew
master masters skipper skippers duo pair trio sides co-anchor co-host co-chair co-chairman co-author moderator
constituent acquaintance constituents pilot pilots firefighter firefighters paramedic paramedics chef chefs plumber
electrician mechanic mechanics carpenter miner miners fisherman fishermen sailor sailors accountant accountants
librarian librarians pharmacist therapist therapists dentist curator translator interpreter broker brokers
lobbyists trustee trustees regent landlord tenant tenants homeowner homeowners retiree retirees commuter commuters
tourist tourists panelist panelists biographer publicist auditor auditors forecaster forecasters meteorologist
seismologist epidemiologist virologist statistician mathematician philosopher theologian sociologist
anthropologist psychologists climatologists biologists physicists demographer criminologist
family families passenger passengers motorist motorists rescuer rescuers herder herders grower growers dealer dealers
exporter exporters importer importers shipper shippers trucker truckers shopkeeper shopkeepers inmate inmates media
prisoner prisoners detainee detainees hostage hostages medic medics shoppers hikers drivers commanders
surveyor surveyors inspectors producers deputies
"""
GROUPS = """
ministry department government administration company firm corporation agency party committee commission
council board group organisation organization union association federation foundation institute university
college school campaign team court police army military navy force forces authority authorities office
embassy consulate bank parliament congress senate house assembly bureau service newspaper magazine paper
network station channel website outlet coalition alliance bloc movement side sides delegation countries
nation nations states city country state kremlin pentagon vatican white-house church mosque
panel tribunal jury watchdog regulator regulators think-tank
ministries companies agencies parties governments club chamber confederation syndicate secretariat
presidency cabinet
hospital hospitals airline airlines airport centre center coastguard charity charities factory retailer carmaker
automaker manufacturer operator broadcaster museum zoo laboratory lab utility supplier insurer lender brokerage startup
theatre theater prison railway shipyard brigade militia junta clinic league cooperative co-operative consortium fund
nonprofit ngo television radio unions banks subsidiary giant conglomerate inquiry orchestra diocese brewery
"""
# What says something without being anybody ("the report said"); by whom it is, if that is told, is the speaker.
DOCUMENTS = """
statement release report study survey poll letter memo memorandum communique indictment affidavit lawsuit
complaint
"""
GROUP_NAMES = """
ministry department government administration inc corp co ltd llc llp plc gmbh ag sa group holdings
company corporation agency party committee commission council board organisation organization union
association federation foundation institute university college school academy court police army navy force
forces guard authority office embassy bank parliament congress senate house assembly bureau service
services times post news journal tribune herald gazette chronicle magazine press radio television tv
network channel coalition alliance movement league center centre club church capital partners fund trust
airlines airways lines ferries railways shipyard motors electric industries systems technologies society media
foods stores mines chemicals pharmaceuticals petroleum insurance logistics shipping textiles robotics software ventures
electronics aerospace telecom telecommunications minerals metals resources products solutions brands breweries farms
securities investments networks aviation railway
review watch project campaign
building hotel hall airport island islands street
county district province city town village region state states kingdom republic nation nations
convention conference summit forum meeting festival show caucus super pac pacs
program programme initiative subcommittee republicans democrats
conservatives liberals voters americans supporters policy affairs rights security matter lives chamber baseball football
secretariat ministries command corps brigade squad workers teamsters brotherhood nazis nazi taliban front
liberation palace museum library theater theatre stadium arena hospital clinic medical laboratory labs
observatory syndicate consortium enterprises international communications studios pictures records
entertainment sports tonight live daily weekly post-gazette examiner inquirer observer standard telegraph
guardian independent mirror express mail sun star globe dispatch register record monitor bulletin ledger
courier sentinel advocate enquirer parenthood beast hill
"""
# What a name ends in that is of no person, but of nobody who speaks either.
THINGS = """
report poll survey act bill law deal accord treaty agreement pact war avenue road park tower square plaza bridge
river lake mountain mountains valley sea ocean bay beach games cup championship prize award day week month night year
tour primary election elections debate amendment constitution declaration doctrine plan strategy
"""
NAMED_GROUPS = """
reuters afp bloomberg cnn nbc cbs abc fox msnbc bbc npr pbs politico breitbart buzzfeed vox slate google
facebook twitter apple amazon microsoft boeing toyota samsung ibm intel walmart goldman citigroup nasdaq
kremlin pentagon vatican nato asean opec unesco unicef interpol europol mercosur brics hamas hezbollah
fatah xinhua tass interfax kyodo yonhap vna nhk gop rnc dnc nra fbi cia nsa un eu uk us usa u.s. u.n. u.k.
e.u. dhs doj wto imf oecd isis isil daesh brussels washington moscow beijing youtube instagram snapchat
netflix spotify uber airbnb tesla disney exxon chevron pfizer moderna merck gallup quinnipiac rasmussen
wikipedia wikileaks congress parliament senate republicans democrats americans conservatives christians
muslims jews evangelicals internet web medicare medicaid obamacare brexit islam christianity catholic god
bible quran christmas easter thanksgiving covid covid-19 english french spanish
"""
COUNTRIES = """afghanistan:afghan albania:albanian algeria:algerian angola:angolan argentina:argentine,argentinian
armenia:armenian australia:australian austria:austrian azerbaijan:azerbaijani,azeri bahrain:bahraini
bangladesh:bangladeshi belarus:belarusian belgium:belgian benin:beninese bolivia:bolivian bosnia:bosnian
botswana:botswanan brazil:brazilian britain:british brunei:bruneian bulgaria:bulgarian burkina:burkinabe
burundi:burundian cambodia:cambodian cameroon:cameroonian canada:canadian chad:chadian chile:chilean china:chinese
colombia:colombian congo:congolese croatia:croatian cuba:cuban cyprus:cypriot czechia:czech denmark:danish
ecuador:ecuadorian egypt:egyptian england:english eritrea:eritrean estonia:estonian ethiopia:ethiopian
europe:european finland:finnish france:french gabon:gabonese gambia:gambian georgia:georgian germany:german
ghana:ghanaian greece:greek guatemala:guatemalan guinea:guinean haiti:haitian honduras:honduran hungary:hungarian
iceland:icelandic india:indian indonesia:indonesian iran:iranian iraq:iraqi ireland:irish israel:israeli
italy:italian jamaica:jamaican japan:japanese jordan:jordanian kazakhstan:kazakh,kazakhstani kenya:kenyan
korea:korean kosovo:kosovar kuwait:kuwaiti kyrgyzstan:kyrgyz laos:lao,laotian latvia:latvian lebanon:lebanese
liberia:liberian libya:libyan lithuania:lithuanian luxembourg:luxembourgish madagascar:malagasy malawi:malawian
malaysia:malaysian mali:malian malta:maltese mauritania:mauritanian mexico:mexican moldova:moldovan
mongolia:mongolian montenegro:montenegrin morocco:moroccan mozambique:mozambican myanmar:burmese namibia:namibian
nepal:nepali,nepalese netherlands:dutch nicaragua:nicaraguan niger:nigerien nigeria:nigerian norway:norwegian
oman:omani pakistan:pakistani palestine:palestinian panama:panamanian paraguay:paraguayan peru:peruvian
philippines:philippine,filipino poland:polish portugal:portuguese qatar:qatari romania:romanian russia:russian
rwanda:rwandan salvador:salvadoran saudi:saudi scotland:scottish senegal:senegalese serbia:serbian
singapore:singaporean slovakia:slovak slovenia:slovenian somalia:somali spain:spanish sudan:sudanese
sweden:swedish switzerland:swiss syria:syrian taiwan:taiwanese tajikistan:tajik tanzania:tanzanian
thailand:thai togo:togolese tunisia:tunisian turkey:turkish turkmenistan:turkmen uganda:ugandan ukraine:ukrainian
uruguay:uruguayan uzbekistan:uzbek vatican:vatican venezuela:venezuelan vietnam:vietnamese wales:welsh
yemen:yemeni zambia:zambian zimbabwe:zimbabwean america:american africa:african asia:asian soviet:soviet
arab:arab timor:timorese u.s:american"""
# What follows a hyphen in an adjective made of a name ("Torv-led").
ADJECTIVE_TAILS = """
led based backed style era like born endorsed aligned friendly run owned hosted related supporting hating loving
leaning controlled brokered appointed sponsored turned bashing only ish esque
"""
DEMONYMS_OF_STATES = """
texan texans iowan iowans floridian californian californians ohioan ohioans virginian virginians mainers
tennessean hoosier kentuckian minnesotan alaskan hawaiian
"""
PLACES = """
alabama alaska arizona arkansas california colorado connecticut delaware florida hawaii idaho illinois
indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi
missouri montana nebraska nevada hampshire jersey york carolina dakota ohio oklahoma oregon pennsylvania
rhode tennessee texas utah vermont wisconsin wyoming ontario quebec alberta viet nam emirates arabia
zealand lanka leone rica verde london paris berlin rome madrid vienna geneva brussels moscow kiev kyiv
minsk warsaw prague budapest athens ankara istanbul cairo tehran baghdad damascus beirut jerusalem gaza
riyadh doha dubai kabul islamabad karachi delhi mumbai dhaka beijing shanghai tokyo seoul pyongyang hanoi
bangkok jakarta manila phnom penh yangon canberra sydney melbourne wellington ottawa toronto washington
boston chicago philadelphia baltimore cleveland detroit houston dallas denver seattle miami atlanta
orlando charlotte nairobi lagos abuja accra johannesburg pretoria addis buenos aires santiago bogota lima
quito caracas havana crimea donbas chechnya kashmir tibet kong manhattan brooklyn hollywood queens bronx
pacific atlantic mediterranean arctic antarctic earth mars west east north south northern southern eastern
western central middle mideast balkans baltic nordic latin caribbean virginia sacramento berkeley oakland
albany annapolis augusta birmingham boise buffalo cheyenne cincinnati dayton durham
fresno hartford honolulu indianapolis jacksonville juneau knoxville lansing laredo louisville
memphis milwaukee minneapolis nashville newark norfolk omaha pasadena phoenix pittsburgh
portland providence raleigh richmond rochester scranton spokane springfield tacoma tallahassee tampa
toledo topeka trenton tucson tulsa wichita worcester yonkers harrisburg youngstown benghazi tripoli aleppo
mosul kandahar peshawar lahore jaipur kolkata chennai bangalore hyderabad colombo kathmandu ulaanbaatar
haiphong danang saigon vientiane mandalay naypyidaw surabaya bandung osaka kyoto nagoya yokohama
fukushima hiroshima busan incheon shenzhen guangzhou wuhan chongqing tianjin nanjing taipei macau hamburg
munich frankfurt cologne stuttgart dresden leipzig zurich basel bern milan naples turin florence venice
barcelona seville lisbon porto lyon marseille toulouse strasbourg antwerp bruges amsterdam rotterdam
hague copenhagen stockholm gothenburg oslo bergen helsinki tallinn riga vilnius krakow gdansk lviv odessa
kharkiv donetsk luhansk mariupol sevastopol kazan novosibirsk vladivostok tbilisi yerevan baku astana almaty
tashkent bishkek dushanbe ashgabat manchester liverpool glasgow edinburgh cardiff belfast dublin reykjavik
kinshasa kampala kigali harare lusaka luanda maputo windhoek gaborone dakar bamako niamey khartoum juba
mogadishu djibouti tunis algiers rabat casablanca tangier antananarivo freetown monrovia lome cotonou
montevideo asuncion brasilia medellin guayaquil cartagena managua tegucigalpa kingston nassau montreal
vancouver calgary edmonton winnipeg brisbane perth adelaide auckland hobart
""".replace("\n", " ")
COMMON_CAPITALS = """
new first united white black red green blue great high grand big super planned social islamic christian jewish
muslim catholic protestant evangelical democratic republican american international national federal
supreme public private human general central local global world cold civil holy old young royal real free
open wall main air marine second third fourth fifth last next good bad happy dear hot affordable common
climate gold silver iron steel breaking related read more photo image video source editor note update
watch see brexit twitter facebook google tea republicans democrats independents conservatives voters
reporters critics supporters lawmakers officials americans europeans experts analysts police campaign
convention obamacare internet capitol oval dr. tax gun lives matter swing rust bible ivy deep electoral
democrats' bush-era trump-like pro-trump anti-trump yes no ok okay thank thanks hello please god jesus
lord stock exchange market wholesale retail abortion hell heaven constitution monument declaration
independence foreign domestic strategic military nuclear economic financial political medical digital
artificial
""".replace("\n", " ")
STARTERS = """
according speaking asked meanwhile however still instead indeed perhaps today yesterday earlier later
recently now then here there yes no well also moreover furthermore additionally finally second third
last next even just only not never such many most some few several all both each every another one two
three four five six seven eight nine ten during despite amid among nevertheless nonetheless likewise
similarly otherwise overall including following given because although though while when where what who
why how which whose if unless whether until after before since as so yet and or but nor for to from in on
at by with without under over about against between through like unlike per via the a an this that these
those his her its their our my your he she they we you i it once again let did do does is are was were has
have had will would can could should may might must having being got get call see look read watch remember
sure maybe more less much very too back up down out off people men women everyone everybody someone nobody
nothing something anything everything none others other neither either along apart aside together ahead
rather quite almost nearly exactly clearly obviously sadly happily hopefully reportedly allegedly
apparently notably specifically generally typically usually often sometimes always responding referring
citing noting saying asking calling pointing turning looking coming going using taking making critics
supporters voters reporters officials lawmakers experts analysts researchers aides advisers
""".replace("\n", " ")
PARTICLES = "van von der den de del della di da dos das du la le el al bin ibn bint abu ben ter ten zu af av y e"
SUFFIXES = "jr sr ii iii iv esq"
# Vietnamese family names, which stand first.
FAMILY_NAMES = """
nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dao doan dinh trinh truong luong mai cao lam
"""
POST_NOMINALS = "MP MEP MSP KC QC OBE MBE CBE PhD MD"  # behind a name, and no part of it
MEN = """
aaron abdul abdullah abraham adam adrian ahmad ahmed alan albert alberto alejandro alex alexander alexei
alexey alfred ali allen alvin amir anatoly anders andre andrei andrew andrey andy angel angelo anthony
anton antonio antony arjun arnold arthur ashraf austin barack barry bart ben benjamin bernard bernie bill
billy bob bobby boris brad bradley brandon brendan brent bret brett brian bruce bruno bryan byron calvin
carl carlos cesar charles charlie chen chester chip chris christian christopher chuck clarence claude clay
clint cliff clifford clinton clyde cody colin connor corey cory craig curtis dale damian damon dan daniel
danny darren darrell dave david dean denis dennis derek derrick diego dimitri dirk dmitri dmitry dmytro
don donald donnie doug douglas drew duncan dustin dwayne dwight earl ed eddie edgar edmund eduardo edward
edwin eli elias elijah elliot elliott emanuel emil emilio emmanuel enrique eric erik ernest ernesto ethan
eugene evan evgeny felipe felix fernando fidel floyd francesco francis francisco franco frank franklin
fred frederick gabriel garrett gary gavin gene geoffrey george gerald gerard gerhard giovanni giuseppe
glen glenn gordon graham grant greg gregory guillermo gus gustavo guy hamid hank hans harold harry harvey
hassan hector henri henrik henry herb herbert herman howard hugh hugo hussein ian ibrahim igor ilya imran
isaac ismail ivan jack jackson jacob jacques jaime jake jamal james jamie jan jared jason javier jay jeb
jeff jeffrey jens jeremy jerome jerry jesse jesus jim jimmy joao joaquin joe joel john johnny jon jonathan
jordan jorge jose josef joseph josh joshua juan julian julio julius justin kamal karim karl keith ken
kenneth kent kenny kevin khalid kirk klaus konstantin kurt kyle lance larry lars laurence laurent lawrence
lee leo leon leonard leonid leroy leslie lester levi lewis liam lindsey lloyd lorenzo lou louis lucas
luciano luigi luis luke mahmoud malcolm manuel marc marcel marco marcos marcus mario marion mark marlon
marshall martin martyn marvin massimo mateo mathew matt matteo matthew maurice mauricio max maxim maxime
maxwell mehmet mel melvin michael michel miguel mike mikhail milan miles mitch mitchell mohamed mohammad
mohammed morgan morris moses muhammad murray mustafa nasser nate nathan nathaniel neil nelson nicholas
nick nicolas nigel nikita nikola nikolai norman oleg oleksandr oliver omar orlando oscar osama otto owen
pablo paolo pascal pat patrick paul pavel pedro percy perry pete peter petro phil philip philippe phillip
pierre rafael rajesh ralph ramon rand randall randy rashid raul ravi ray raymond recep reggie reid reince
rene rex ricardo richard rick ricky rob robert roberto robin rod rodney rodrigo roger roland rolf roman
ron ronald ronnie ross roy ruben rudolph rudy rupert russ russell ryan salman salvador sam samir samuel
sanjay santiago scott sean sebastian serge sergei sergey sergio seth shane shaun shawn shimon sidney
silvio simon stan stanley stefan stephen steve steven stewart stuart sylvester tariq ted terence terrence
terry theo theodore thomas tim timothy tobias todd tom tommy tony travis trent trevor trey tyler ulrich
vadim valentin vance vernon victor viktor vincent vincenzo vitaly vladimir volodymyr wade wallace walter
warren wayne wendell wesley wilbur wilhelm will willard william willie winston wolfgang xavier yasser
yevgeny yousef yuri yusuf yves zachary zack jonah jeremiah dominic marek piotr tomasz jiri jaroslav istvan
laszlo bogdan ion radu goran dragan zoran kofi kwame olusegun muhammadu cyril thabo uhuru raila hun wen
lech andrzej janos narendra rahul amit ashok vijay anil sunil shinzo yoshihide fumio taro kenji hiroshi
takeshi tayyip binyamin benyamin ehud yitzhak moshe avi
"""
WOMEN = """
abigail ada adele adriana agnes aisha alexandra alice alicia alison allison alma alyssa amanda amber amina
amy ana anastasia andrea angela angelica anita ann anna anne annette annie antonia april ariana arlene
ashley audrey barbara beatrice becky bella bernadette bernice bertha beth bethany betsy betty beverly
bonnie brenda brianna bridget brittany camille candace cara carla carly carmen carol carole caroline
carolyn carrie catherine cathy cecilia celia charlene charlotte chelsea cheryl christiana christina
christine cindy claire clara claudia colleen connie constance courtney crystal cynthia daisy dana daniela
danielle dawn debbie deborah debra delia denise diana diane dianne dolores donna dora doris dorothy edith
edna eileen elaine elena eleanor elizabeth ella ellen elsa emily emma erica erika erin esther ethel eva
evelyn fatima federica felicia fiona florence frances francine gabriela gabrielle gail geraldine gertrude
gina giorgia gladys glenda gloria grace greta gretchen gwen hannah harriet hazel heather heidi helen
helena helga hilary hillary holly hope huma ida ilhan inez ingrid irene iris irina isabel isabella ivanka
jacqueline jamila jan jane janet janice janine jasmine jean jeanne jenna jennifer jenny jessica jill jo
joan joanna joanne jocelyn jodi joni josephine joy joyce juanita judith judy julia juliana julie june
kamala kara karen kate katherine kathleen kathryn kathy katie katrina kay kayla keiko kelly kellyanne
kerry kim kimberly kirsten kirstie kristen kristin kristina laila lara laura lauren laurie layla lea leah
leila lena leslie leticia lillian lily linda lindsay lisa lois lola lorena loretta lori lorraine louise
lucia lucille lucinda lucy lydia lynn mabel mackenzie madeleine madeline maggie malala malia marcia
margaret margarita marguerite maria mariam marian marianne marie marilyn marina marine marissa marjorie
marlene marsha martha mary maureen maxine megan meghan melania melanie melinda melissa mercedes meredith
mia michaela michele michelle mildred mimi mindy miranda miriam molly mona monica nadia nadine nancy naomi
natalia natalie natasha nichole nicole nina nora norma olga olivia olympia pamela patricia patsy patti
paula pauline pearl peggy penelope penny petra phyllis priscilla priya rachel ramona rebecca regina renee
retno rhonda rita roberta rosa rosalind rose rosemary rosie roxanne ruth sabrina sadie sally samantha
sandra sara sarah shannon sharon sheila shelby shelley sheri sherry shirley sofia sonia sophia sophie
stacey stacy stella stephanie sue susan susanna susie suzanne svetlana sylvia tamara tammy tania tanya
tara tatiana teresa terri tess thelma theresa tiffany tina tonya tracy trudy ulrike ursula valentina
valerie vanessa vera veronica vicki victoria viola violet virginia vivian wanda wendy whitney wilma
yolanda yulia yvette yvonne zainab zoe
""".replace("\n", " ")
NICKNAMES = """
donald don; michael mike mick; james jim jimmy jamie; robert bob rob bobby robbie; william bill will
billy; joseph joe; thomas tom tommy; timothy tim; edward ed ted eddie; charles chuck charlie; richard rick
dick ricky; christopher chris; daniel dan danny; bernard bernie; katherine catherine kate kathy katie;
elizabeth liz beth betty betsy; rafael ted; lawrence larry; patrick pat; samuel sam; steven steve stephen;
anthony tony; david dave; matthew matt; andrew andy drew; benjamin ben; alexander alex; gregory greg;
jeffrey jeff geoffrey; kenneth ken; ronald ron; nicholas nick; joshua josh; jonathan jon; peter pete;
philip phil phillip; raymond ray; frederick fred; gerald jerry gerry; leonard len; douglas doug; donna;
susan sue; deborah debbie deb; margaret maggie peg peggy; patricia pat patty; jennifer jen jenny; rebecca
becky; pamela pam; victoria vicky; theodore ted; harold harry hal; john jack johnny; henry hank; eugene
gene; albert al bert; alfred al fred; abraham abe; vincent vince; nathan nate; nathaniel nate; mitchell
mitch; randall randy; russell russ; walter walt; stanley stan; zachary zach
"""
# Verbs that report, in their base form. SAY takes a clause or a quotation ("said that"), ACT says something by
# being done ("praised", "accused", "invited"), INNER is a state of mind: too weak a sign of
# speech to make a statement, but its subject can be shared by a verb behind it.
SAY = """
say add state declare announce explain note argue claim insist maintain contend assert affirm reaffirm
confirm reiterate repeat stress emphasise emphasize underline underscore highlight warn caution predict
suggest acknowledge concede admit deny reply respond answer counter retort quip joke write tweet retweet
post comment remark observe conclude recall recount relate reveal disclose report testify allege complain
lament boast brag vow pledge promise propose recommend exclaim proclaim profess confess posit speculate
tell ask agree opine muse swear vouch attest verify clarify hint imply insinuate indicate signal advise
estimate forecast venture interject intone reflect reason theorize theorise surmise deadpan rejoin
volunteer elaborate stipulate ponder preach plead bemoan rejoice pronounce inform notify assure reassure
remind brief guarantee threaten counsel echo reckon demand request consent concur vent tout postulate
hypothesise hypothesize prophesy summarise summarize reassert restate narrate interrupt protest object
wonder gloat enthuse confide jest kid wager specify editorialize bluster whine fret relay mumble
murmur stutter crow prophesize conjecture
""".replace("\n", " ")
# MANNER is how something was said; it reports only beside a quotation.
MANNER = """
shout yell scream whisper mutter sigh cry beam growl snap gush fume thunder roar rant tease moan
groan grumble scoff sneer chuckle laugh smile marvel chirp bellow bark hiss stammer boom continue
read lecture blog text grin shrug nod
crack riff sniff drawl rave wail scrawl chant purr rasp grunt squeal spit sob weep
"""
INVERTING = """
say add write ask reply respond explain note warn argue declare tweet insist recall joke conclude counter
quip observe comment remark continue agree announce claim assert contend maintain confess admit concede
acknowledge state complain lament beam shout yell exclaim cry predict report muse recount testify caution
suggest stress emphasise emphasize affirm boast scream fume snap retort tease opine marvel read echo
chuckle laugh underline underscore commend reiterate confirm vow reveal exhort urge recommend criticize
criticise
""".replace("\n", " ")
ACT = """
debate charge value praise laud applaud commend hail thank congratulate welcome criticise criticize condemn denounce
decry deplore slam blast attack assail rip mock ridicule deride accuse blame fault chide chastise rebuke
scold berate lambast lambaste bash rap skewer excoriate challenge question dispute reject dismiss rebut
refute disavow repudiate disown renounce endorse back support oppose favor favour defend advocate champion
urge encourage exhort implore beg appeal invite offer disagree refuse decline discuss
describe characterise characterize portray depict label brand dub liken compare cite quote mention refer
reference address promote pitch float outline detail express voice convey intimate apologise
apologize mourn pray salute honor honour credit inveigh rail vent advise instruct
retract recant dodge sidestep deflect petition call tout trumpet extol extoll vilify
disparage demean insult belittle malign smear denigrate taunt heckle needle jab hammer pummel pillory
castigate censure admonish reprimand scorn lampoon satirise satirize joke gripe grouse quibble
balk bristle quarrel wrangle argue pan trash downplay minimise minimize exaggerate overstate oversell
embrace eschew sympathise sympathize empathise empathize commiserate toast demand solicit beseech entreat
invoke inquire enquire touted proposed reaffirm recommit recommended allege predict banter
reiterate acknowledge reassure promise pledge testify tweet post reprove bemoan rue forswear disclaim
reveal threaten dare counter elaborate peddle assert vow contradict rephrase explain dissent demur abstain
object consent refrain concede capitulate compliment flatter hope esteem prize push herald telegraph
deem rubbish knock articulate espouse spurn rebuff upbraid order lobby react cheer term equate
contrast attribute enumerate alert greet summon eulogize eulogise clash goad prod pressure grill quiz query
savage torch eviscerate roast troll badmouth slander revile regret exonerate plug expand apprise
caricature equivocate waffle evade parry stonewall pen publicize plead swipe decree pronounce proclaim
reprise recite paraphrase define portend second-guess demonize demonise lionize lionise glorify
trivialize mischaracterize misrepresent debunk discredit disprove fact-check chastize disapprove unveil
identify name
"""
INNER = """
think believe feel want hope wish fear worry expect doubt suspect regard appreciate respect admire
envision foresee anticipate
"""
# What a verb must not be followed by to report speech ("adding to its lead", "called off").
EXCLUDED = """
add: to up; call: off up home; report: to for from back; push: ahead through; answer: to;
set: up; back: into onto; relate: to; maintain: its their a an his her; explain: away; post: a an its; volunteer: for
at; hope: to
"""
# What persons utter, as nouns ("Lee's claim that"), with the words of which one must follow.
UTTERANCES = """
assertion: that of; claim: that; claims: that; statement: that; suggestion: that; contention: that; warning: that
to; accusation: that; allegation: that; promise: to that; pledge: to that; vow: to that; call: for; calls: for;
criticism: of; criticisms: of; denunciation: of; condemnation: of; attack: on; attacks: on; broadside: against;
opposition: to; praise: for of;
defense: of; defence: of; declaration: that of; insistence: that on; argument: that;
endorsement: of; rejection: of; threat: to; invitation: to; admission: that of; description: of; prediction: that of
"""
# Verbs whose "it" speaks; of others it may be an event ("it suggests that").
IT_SAYS = """
say add tell report note announce warn explain argue declare state deny claim confirm predict promise propose recommend
pledge insist acknowledge admit reply respond conclude estimate forecast accuse urge decline blame apologise apologize
condemn dismiss reject criticise criticize welcome describe refuse
"""
# Verbs whose "to" goes on to report: "used the occasion to thank".
CONTROLS = """
went go goes continue continued continues sought seek seeks tried try tries began begin begins used use
uses took take takes paused proceeded managed appeared appears seemed seems started starting stopped
struggled rushed moved
""".split()
# Verbs that report only with one of these words among the next few.
PHRASES = """
make: clear case plain point appeal plea pitch argument promise promises reference fun mention remark remarks
comment comments statement announcement claim claims clear-eyed known declaration allegation accusation
suggestion; take: twitter issue aim shot shots swipe swipes exception credit stand jab jabs stance pains
questions facebook note position; give: speech assurance assurances address interview warning statement
account answer credit reason reasons thanks advice briefing details signal; deliver: speech address message
remarks rebuke warning statement; issue: statement warning apology call appeal declaration rebuke; extend:
invitation congratulations condolences thanks greetings sympathy; send: condolences congratulations message
letter invitation tweet email; put: forward it pressure forth; lay: out blame; set: out forth; lash: out;
fire: back off; shoot: back down; hit: back out; strike: tone note back out; weigh: in; chime: in; double:
down; walk: back; come: out; rule: out that; pay: tribute homage; cast: doubt blame as; turn: down; brush: off
aside; shrug: off; laugh: off; wave: off; pile: on; draw: contrast parallel comparison distinction attention;
share: view views opinion opinions concern concerns; attach: importance; press: for to about case; accept:
invitation offer apology responsibility nomination premise verdict; hold: talks discussions forth press;
exchange: views opinions notes ideas; speak: highly out about of to against; talk: about of; point: out to;
dig: in; zero: in; stand: by with; step: up; tear: into; light: into; lean: on; raise: question questions
concern concerns prospect issue issues doubt doubts possibility alarm; sound: alarm note; break: with; lend:
support; throw: support weight; pour: scorn; heap: praise scorn; find: fault; release: statement video memo
letter; read: from aloud; tick: off; sum: up; open: up; shed: light; bring: up; single: out; spell: out; sing:
praises; play: down up; go: after on public; side: with; level: charge charges criticism accusation
accusations; lodge: complaint protest; launch: attack attacks tirade broadside diatribe; unleash: attack
attacks barrage tirade broadside; mount: defense defence; frame: as; paint: picture as; pose: question
questions; field: questions question; look: forward; commit: to; pounce: on; root: for; tamp: down; clap:
back; allude: to; expound: on; harp: on; dwell: on; warm: to; bid: farewell; wax: poetic; egg: on; chalk: up;
pin: blame
"""
IRREGULAR = """
say said said; tell told told; write wrote written; speak spoke spoken; swear swore sworn; think thought
thought; feel felt felt; know knew known; understand understood understood; see saw seen; make made made;
take took taken; give gave given; send sent sent; put put put; lay laid laid; set set set; shoot shot
shot; hit hit hit; strike struck struck; go went gone; come came come; pay paid paid; cast cast cast; draw
drew drawn; hold held held; read read read; find found found; mean meant meant; beg begged begged; lend
lent lent; stand stood stood; tear tore torn; throw threw thrown; break broke broken; foresee foresaw
foreseen; shed shed shed; forswear forswore forsworn; bring brought brought; spell spelled spelled; sing
sang sung; dig dug dug; light lit lit; lean leaned leaned; rip ripped ripped; step stepped stepped; slam
slammed slammed; brag bragged bragged; snap snapped snapped; plug plugged plugged; spar sparred sparred;
rap rapped rapped; admit admitted admitted; concur concurred concurred; refer referred referred; demur
demurred demurred; commit committed committed; recommit recommitted recommitted; pen penned penned; ban
banned banned; chat chatted chatted; blog blogged blogged; quip quipped quipped; pan panned panned; quiz
quizzed quizzed; prefer preferred preferred; dub dubbed dubbed; confer conferred conferred; jab jabbed
jabbed; abstain abstained abstained; rebut rebutted rebutted; learn learned learned;
trot trotted trotted; shun shunned shunned; fan fanned fanned; stump stumped stumped; sum summed summed;
label labeled labelled; rue rued rued; vie vied vied; lie lied lied
"""
OTHER_VERBS = """
began came went took gave made got saw met left led won lost ran sat stood held kept brought bought caught
drew drove fell felt found flew fought grew heard hit knew laid let lay meant paid put read rode rose sent
set shook shot sought sold spent spread struck stuck swept swung taught thought threw told understood used
wore wrote goes does makes takes gives gets sees meets leaves leads wins loses runs stands keeps brings
seems appears remains becomes continues tries plans faces hopes needs became spoke seemed
"""
# Spellings of one given name that no rule of letters joins.
TRANSLITERATIONS = """
mohammed mohamed muhammad mohammad mohamad muhammed mohamud; ahmed ahmad; hussein husain hussain husein;
yusuf yousef youssef yousuf yusef; khalid khaled; omar umar; osama usama; vladimir wladimir; alexander
aleksandr aleksander alexandr; evgeny yevgeny evgeni yevgeni evgenii; natalia natalya nataliya; tatiana
tatyana tatjana; maria mariya marija; yulia julia yuliya; ekaterina yekaterina; elena yelena; gaddafi
qaddafi kadhafi gadhafi; abdullah abdallah; mustafa mustapha; ibrahim ebrahim; ismail esmail; zhou chou;
andrei andrej; sergei serguei sergej; mikhail mikhael; nikolai nikolaj; dmitri dimitri; volodymyr
volodimir; oleksandr olexander
"""
Form = Literal["base", "present", "past", "participle", "gerund"]


class Cue(NamedTuple):
    """A form of a reporting verb. ``partners`` are the words one of which must follow, or nothing."""

    base: str
    form: Form
    weight: float  # how surely it reports speech, 0..1
    clausal: bool  # takes what was said as a clause, so that other speakers in it are nested
    inverts: bool  # stands before its subject ("said Lee")
    partners: frozenset[str]
    beside_quote: bool  # reports only in a sentence with a quotation
    excluded: frozenset[str]  # words that must not follow


def _inflected(base: str) -> dict[str, Form]:
    """Return the forms of a verb. A past form that is also the participle counts as past."""
    forms: dict[str, Form] = {base: "base"}
    doubled = base
    if base in _IRREGULAR:
        past, participle = _IRREGULAR[base]
        forms[participle], forms[past] = "participle", "past"
        if past.endswith("ed") and past[:-2] != base and past[:-2].startswith(base):
            doubled = past[:-2]
        elif base in ("put", "set", "hit", "beg", "dig", "shed"):
            doubled = base + base[-1]
    elif base.endswith("e"):
        forms[base + "d"] = "past"
    elif base.endswith("y") and base[-2] not in "aeiou":
        forms[base[:-1] + "ied"] = "past"
    else:
        forms[base + "ed"] = "past"
    if base.endswith("y") and base[-2] not in "aeiou":
        forms[base[:-1] + "ies"] = "present"
    elif base == "go" or base.endswith(("s", "sh", "ch", "x", "z")):
        forms[base + "es"] = "present"
    else:
        forms[base + "s"] = "present"
    if base.endswith("e") and not base.endswith(("ee", "ye", "oe")):
        forms[base[:-1] + "ing"] = "gerund"
    else:
        forms[doubled + "ing"] = "gerund"
    return forms


_IRREGULAR = {base: (past, participle) for base, past, participle in
              (line.split() for line in IRREGULAR.split(";"))}  # fmt: skip
WEIGHTS = {"say": 0.95, "act": 0.8, "inner": 0.55, "manner": 0.8}


def _lists(table: str) -> dict[str, frozenset[str]]:
    """Return the words behind each head of a table "head: word word; head: word"."""
    entries = (entry.split(":") for entry in table.split(";"))
    return {head.strip(): frozenset(words.split()) for head, words in entries}


def _cues() -> dict[str, Cue]:
    inverting = frozenset(INVERTING.split())
    found: dict[str, Cue] = {}
    excluded = _lists(EXCLUDED)

    def add(bases: str, kind: str, clausal: bool) -> None:
        for base in bases.split():
            for form, name in _inflected(base).items():
                inverts = base in inverting or kind == "manner"
                found.setdefault(
                    form,
                    Cue(
                        base,
                        name,
                        WEIGHTS[kind],
                        clausal,
                        inverts,
                        frozenset(),
                        kind == "manner",
                        excluded.get(base, frozenset()),
                    ),
                )

    add(SAY, "say", True)
    for base, words in _lists(PHRASES).items():
        for form, name in _inflected(base).items():
            found.setdefault(
                form,
                Cue(base, name, WEIGHTS["act"], base in ("point", "make", "rule"), False, words, False, frozenset()),
            )
    add(ACT, "act", False)
    add(INNER, "inner", False)
    add(MANNER, "manner", False)
    return found


CUES = _cues()
UTTERED = _lists(UTTERANCES)
_DEMONYMS: dict[str, str] = {}
for _entry in COUNTRIES.split():
    _country, _people = _entry.split(":")
    for _person in _people.split(","):
        _DEMONYMS[_person] = _country
COUNTRY_NAMES = frozenset(entry.split(":")[0] for entry in COUNTRIES.split())


def country_of(word: str) -> str | None:
    """Return the country of a folded word: of its name, or of its people (``russian`` -> ``russia``)."""
    return word if word in COUNTRY_NAMES else _DEMONYMS.get(word)


NICKNAME_GROUPS: dict[str, frozenset[int]] = {}
for _number, _group in enumerate(NICKNAMES.split(";")):
    for _name in _group.split():
        NICKNAME_GROUPS[_name] = NICKNAME_GROUPS.get(_name, frozenset()) | {_number}
SPELLINGS = {name: group.split()[0] for group in TRANSLITERATIONS.split(";") for name in group.split()}
TITLE_WORDS = frozenset(TITLES.split()) - frozenset((MEN + " " + WOMEN).split())


def _tags() -> dict[str, int]:
    table: dict[str, int] = {}
    for words, bit in (
        (PREPOSITIONS, PREPOSITION), (DETERMINERS, DETERMINER), (AUXILIARIES, AUXILIARY), (BE_FORMS, BE | AUXILIARY),
        (ADVERBS, ADVERB), (CONJUNCTIONS, CONJUNCTION), (SUBORDINATORS, SUBORDINATOR), (PRONOUNS, PRONOUN),
        (TIMES, TIME), (ABBREVIATIONS, ABBREVIATION), (TITLES, TITLE), (TITLE_PARTS, DOMAIN), (ROLES, ROLE),
        (GROUPS, GROUP), (GROUP_NAMES, NAMED), (NAMED_GROUPS, NAMED), (THINGS, NAMED | THING), (DOCUMENTS, DOCUMENT),
        (PLACES, PLACE), (COMMON_CAPITALS, COMMON), (STARTERS, COMMON | STARTER), (PARTICLES, PARTICLE),
        (SUFFIXES, SUFFIX), (MEN, GIVEN | MALE), (WOMEN, GIVEN | FEMALE), (" ".join(CUES), CUE), (OTHER_VERBS, VERB),
    ):  # fmt: skip
        for word in words.split():
            table[word] = table.get(word, 0) | bit
    for word in COUNTRY_NAMES:
        table[word] = table.get(word, 0) | PLACE
    for word in _DEMONYMS:
        table[word] = table.get(word, 0) | NATION
    for word in DEMONYMS_OF_STATES.split():
        table[word] = table.get(word, 0) | NATION
    for mark in ".!?…":
        table[mark] = STOP
    table |= {"...": STOP, "..": STOP, "“": QUOTE, "”": QUOTE, '"': QUOTE, "''": QUOTE, "``": QUOTE, "«": QUOTE,
              "»": QUOTE, "„": QUOTE, "‘": QUOTE, "’": QUOTE, "'": QUOTE}  # fmt: skip
    return table


_TABLE = _tags()
_CONTRACTED = frozenset("i you he she it we they that there here what who where how let".split())
_ADJECTIVE_TAILS = frozenset(ADJECTIVE_TAILS.split())
_NOT_ADVERBS = frozenset(NOT_ADVERBS.split())
_ROLE_PLURALS = frozenset(word for word in ROLES.split() if word.endswith("s") or word in ("men", "women", "people"))


@lru_cache(maxsize=1 << 16)
def tag(word: str) -> int:
    """Return the kinds of ``word`` (as written, without possessive ending) as bits."""
    folded = fold(word).replace("’", "'")
    bits = _TABLE.get(folded, 0)
    if word[0].isupper():
        bits |= CAPITAL
        if len(word) > 1 and word.isupper():
            bits |= ACRONYM
    elif word[0].isdigit():
        bits |= NUMBER
    elif word.endswith("ly") and len(word) > 4 and folded not in _NOT_ADVERBS:
        bits |= ADVERB
    elif len(word) > 4 and word.endswith("ed") and not bits:
        bits |= VERB
    if folded in _ROLE_PLURALS:
        bits |= PLURAL
    if bits & CAPITAL and "-" in word and _TABLE.get(folded.split("-")[0], 0) & GIVEN:
        bits |= _TABLE[folded.split("-")[0]] & (GIVEN | MALE | FEMALE)
    if "-" in word and folded.split("-")[0] in ("al", "el", "ul", "bin", "ibn") and word.split("-")[1][:1].isupper():
        return (bits | CAPITAL) & ~ADVERB
    if bits & CAPITAL and "-" in folded:
        if folded.split("-")[1] in _ADJECTIVE_TAILS:
            return COMMON
        if not word.split("-")[1][:1].isupper():
            bits |= COMMON
        for part in folded.split("-"):
            bits |= _TABLE.get(part, 0) & (PLACE | NATION | NAMED) | (COMMON if part in ("pro", "anti", "non") else 0)
    if "'" in folded and folded.split("'")[0] in _CONTRACTED:
        bits |= PRONOUN | AUXILIARY
    return bits


def cue(word: str) -> Cue | None:
    """Return the reporting verb a word can be a form of."""
    return CUES.get(word.lower())
