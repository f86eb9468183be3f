import { fold } from '../../book/fold.ts'
import { latinKey, latinKeys } from '../../book/transliterate.ts'

// Each line is one name: as it is spelled in several languages, and what those who bear it are called. A
// short form may stand in several lines. Written from general knowledge of common given names in English,
// German, Romance, Slavic and Greek usage, and checked against no published list: it is incomplete, and a
// name that is missing means a pair that is not found by its names.
const lines = `
abigail abby abbie gail
abraham abe avraham ibrahim ibro ібрагім
adelaide adele addie heidi adelheid adela
agnes agnieszka aga agata agneszka ines inés aggie
albert al bert bertie alberto albrecht
alexander alex al sandy xander sasha sascha aleksandr oleksandr aleksander alessandro alejandro alexandre alexandros sandro ale álex alekos олександр александр александър саша сашко сашка олесь шура саня сашо αλέξανδρος αλέκος
alexandra alex sandra sandy sasha sascha aleksandra oleksandra alessandra alejandra alexandrine ola ale олександра александра саша леся шура саня αλεξάνδρα
alexis alex alexei aleksey oleksii alexej олексій алексей льоша лёша лёха алёша олекса
alfred alf fred freddie alfredo alfie
alice alicia alisa ali аліса алиса
alistair alasdair al
amanda mandy
amelia amy millie amélie mélie
anastasia nastya stacy ana anastasiia anastasiya анастасія анастасия настя стася ася αναστασία νατάσα
andrew andy drew andreas andi andrei andrey andrii andrzej andrés andrea andreu anders андрій андрей ανδρέας
angela angie angelika angelina ангеліна
anne anna ann annie anya ania hanna ganna hannah nan nancy anja anita anuschka anushka änne ганна анна аня аннушка галя нюра άννα
anthony tony anton antonio antoine antonin toño toni antoni антон антоній антоша тоха αντώνης αντώνιος
antonia toni tonia antonina antonella nella антоніна антонина тоня
archibald archie
arthur art artie artur arturo артур
athanasios thanasis nasos sakis αθανάσιος θανάσης σάκης
augustus gus august augustin augusto
barbara barb babs basia bärbel barbie варвара варя
bartholomew bart bartosz bartek bartłomiej
beatrice bea trixie beatriz beatrix bice
benedict ben benedikt benedetto
benjamin ben benny benji benjamín beniamino
bernard bernie bernhard bernd bernardo berni
bertha berta bertie
bohdan bogdan bodya danya богдан бодя богдась
boris borya борис боря
brigitte gitte gitti birgit bridget biddy brigida
bronisław bronek bronislav
calvin cal
cameron cam
caroline carol carrie caro carolina karolina karoline lina
catherine katherine kathryn katharine cathy kathy kate katie kit kitty katharina katarina katerina kateryna ekaterina yekaterina katarzyna kasia kaśka käthe kathi kati karin katja katya katia catalina catarina caterina rina trina ekaterini aikaterini катерина екатерина катя катруся катька катюша αικατερίνη κατερίνα καίτη
cecilia cecily celia sissy cécile
charles charlie chuck chas carl karl carlos carlo charly karel karol carlitos lito
charlotte lottie charlie lotte carlotta
christian chris christiane kristian
christina christine chris tina christa christl chrissy kristina kristin kirsten cristina khrystyna христина кристина христя тіна χριστίνα
christopher chris kit topher christoph christophe cristóbal cristoforo krzysztof krzysiek krzyś christoforos stoffel toph христофор χριστόφορος
clara claire klara chiara clare
concepción concha conchita conchi
cornelius neil con kees
cynthia cindy
daniel dan danny danilo daniele danylo dani danek данило даниил данила даня
daria dasha daryna darya дарина дарія дарья даша
david dave davy davide dawid dovid давид
deborah debbie deb debra débora
demetrius dmitri dmitry dmytro dimitrios dimitris dimitar mitko dima mitya dimi дмитро дмитрий димитър діма дима митя митко δημήτριος δημήτρης μήτσος
denis dennis denny den денис
desislava desi десислава деси
dolores lola loli
dominic dom nick dominik domenico dominique mimmo domingo
donald don donny
dorothy dot dottie dolly dorothea dora thea dorota
douglas doug
edmund ed eddie ned ted edmundo
edward ed eddie ted teddy ned eduard eduardo edoardo edek lalo edu edouard едуард эдуард едик эдик
eleanor ellie nell nellie nora eleonora elinor lenore
elizabeth liz lizzie beth betty bess betsy eliza lisa libby elsie elise elisabeth elisabetta elżbieta ela elka elisa isabel isabella isabelle bella isa lisbeth liesel lilibet sissi elli lise babette liza yelyzaveta єлизавета елизавета ліза лиза ελισάβετ
emily em emma emilia emilie millie emmy
emmanuel manny emanuel manuel manolo manu manolis εμμανουήλ μανώλης
ernest ernie ernst ernesto
eugene gene yevhen evgeny yevgeny eugen eugenio eugenia zhenya євген евгений женя євгенія евгения ευγένιος
evangelia lia litsa eva ευαγγελία λίτσα εύα λία
evangelos vangelis ευάγγελος βαγγέλης
felicity fliss flick
ferdinand ferdi fernando nando hernando
florence flo flossie
frances fran fanny francie françoise francesca franca franziska franzi franka francisca paca paquita frankie
francis frank frankie fran francesco franco franz francisco paco pancho françois franek franciszek ciccio kiko
frederick fred freddie freddy fritz friedrich frédéric federico fede rico fryderyk
frederica freddie friederike rike federica fede
gabriel gabe gabriele gábor
gabriela gabrielle gaby gabi
gennady gena генадій геннадий гена геннадій
geoffrey geoff jeffrey jeff gottfried
george georgie georg jorge giorgio yuri yurii georges jerzy jurek georgi georgios giorgos jörg jürgen yorgos gosho юрій юрий юра георгій георгий георги гоша жора гошо γεώργιος γιώργος
georgia georgie gina γεωργία γωγώ
gerald gerry jerry gerhard gerd gerardo gérard
gertrude trudy gert gertie gertrud trude gerti
gillian gill jill juliana gilly
giuseppina pina giusy pinuccia
gregory greg gregor grzegorz grzesiek grześ gregorio hryhorii grigory grisha grigoris григорій григорий гриша гриць γρηγόρης γρηγόριος
guadalupe lupe lupita
gwendolyn gwen wendy
hanna hannah johanna hanne joanna asia jo joan johanne giovanna vanna juana иоанна йоанна ιωάννα
hannelore hanne lore
harold harry hal harald
harriet hattie henrietta
hedwig hedi jadwiga jadzia
helen helena ellen nell nellie elena lena olena alyona alena eleni leni hélène elenka ilona jelena yelena lenka олена елена лена лєна лёна оленка альона алёна ελένη λένα
henry harry hank hal heinrich heinz enrique henri enrico quique kike henryk heiko
herbert herb bert herbie
hildegard hilde hilda
howard howie
hubert hugh bert hugo
humphrey humph
ignatius ignacio nacho ignacy ignatz iñaki
irene ira iryna irina rena irenka arina ірина ирина іра ира іринка ειρήνη ρένα
isaac ike zak
isidore izzy isidro
ivan vanya vania іван иван ваня іванко ванко
jacob jake jakob jakub kuba jacobo jaap яків яков яша
jacqueline jackie jacquie jacotte
james jim jimmy jamie jem jaime giacomo jacques diego
jan janek janusz jasiek jasio
jane janie jenny janet
janet jan jen
jasmine jaz yasmin
jeannette jean jenny
jennifer jen jenny jenni
jeremy jerry jeremiah jem
jerome jerry jérôme geronimo hieronymus
jessica jess jessie
joachim jochen achim jo joaquín quino chimo joaquin gioacchino
john johnny jack johannes hans hannes jean giovanni gianni nanni juan juanito ian sean ioannis giannis yannis jens juhani joão иоанн ιωάννης γιάννης
jonathan jon jonny jonathon nathan johnny
joseph joe joey josef giuseppe beppe peppe pino josé pepe józef józek jupp sepp seppl josip yosyp osip youssef yusuf yousef йосип иосиф осип ιωσήφ σήφης
josephine jo josie josefa pepa josefina fina joséphine
joshua josh
joyce joy
judith judy judi jutta
julia julie jules yulia yuliia giulia juliane юлія юлия юля юлька ιουλία
julian jules giuliano julien
justin just justyn
kenneth ken kenny
konstantin kostya konstantinos kostas costas constantine kostis dinos konstanty kostek константин костянтин костя κωνσταντίνος κώστας κωστής ντίνος
larissa lara larysa лариса лара
laura laurie lora
lawrence larry laurence lars laurie lorenzo lorenz laurent wawrzyniec renzo
leo leon leonid leonard lenny len leonardo leonhard лев леонід леонид льоня лёня
leopold leo poldi leopoldo poldo
lewis lou louis ludwig luigi luis gigi lutz lucho ludovic
lillian lily lil lilly
louise lou lulu luisa luise louisa
lubomir lubo lyubo любомир любко любо
lucia lucy lucie lucía łucja lulu люся lucille
ludmila lyuda liudmyla lyudmila mila ludmyla людмила люда люся мила
lukas luke luca łukasz lucas лука
lydia lida lidiia лідія лидия ліда лида
magdalena magda lena madeleine mado magdalene madalena maggie leni
malcolm mal
marcus mark marc marek marco marcos markus марк μάρκος
margaret maggie meg peggy marge margie madge daisy rita greta gretel grete margarete margarethe margarita margherita marguerite małgorzata gosia małgosia gretchen margit megan mags маргарита рита μαργαρίτα
maria mary marie molly polly mae mia mitzi marysia mariya mariia marichka masha manya marusya miriam mariam maryam marika мария марія марійка марічка маша маруся маня μαρία μαίρη
martha marty marta patty
martin marty martín martino marcin мартин
mathilda tilly mattie matilda
matthew matt matty matthias mateo matteo mathieu matthieu mateusz matze mats hias matvii матвій матвей мотя ματθαίος
maurice maury moritz mauricio maurizio
maximilian max maxi maximiliano massimiliano maxim maksym максим макс
mercedes merche
michael mike mick mickey mikey michel michele miguel michał mikhail mykhailo misha michi mischa michalis mihalis miki михайло михаил міша миша мишко михась μιχάλης μιχαήλ
michelle shelly mich micheline
mildred millie milly
mohamed mohammed muhammad mohammad mehmet muhammed mo محمد
monica mona monika moni
nadia nadya nadiia nadezhda надія надежда надя надійка
natalia natalie nataliia natasha nat nata talia natalya наталія наталья наталя наташа ната
nathaniel nat nathan nate nathanael
nicholas nick nicky nico nicolas nikolaus klaus claus niklas nikolai nikolay mykola nicola niccolò mikołaj nikos nikolaos kolya niki микола николай коля миколка ники νικόλαος νίκος
nicole nicky nikki nicola nicolette coco
norbert norb bert
oksana ksenia xenia oxana ksenya оксана ксенія ксения ксюша ксеня
oleg oleh олег олежка
oliver ollie olly olivier oliviero
olga olya olha helga ольга оля леся
orest orko орест
oscar ossie oskar
pamela pam pammy
panagiota giota yota παναγιώτα γιώτα
panagiotis panos takis notis παναγιώτης πάνος τάκης
patricia pat patty tricia trish patti patrycja
patrick pat paddy rick patrice patricio patryk pádraig
paul paulie paolo pablo paweł pavel pavlo pál павло павел паша παύλος
paula pauline polly paola paulina pavlina
penelope penny πηνελόπη πόπη
peter pete pierre pedro pietro piotr petro petr petar petros pit petya piet петро петр пётр петър петя петрик пешо πέτρος
philip phil pip philippe felipe filippo philipp filip філіп филипп φίλιππος
philippa pip pippa
rafael rafa raphael raffaele rafał
raymond ray ramón raimondo reimund
rebecca becky becca beck reba
regina gina reggie queenie
reginald reg reggie rex reinhold
richard dick rick ricky rich richie ricardo riccardo ryszard rysiek
robert bob bobby rob robbie bert berto roberto rupert ruprecht beto robi роберт
rodney rod
roger rog rodger rüdiger ruggero rogelio
roland rollo rolando orlando
roman romek romain romano роман рома ромко
ronald ron ronnie
rosario charo chayo
rose rosie rosa rosalind roza róża роза
rosemary rosie rosemarie romy
rostyslav rostik slava ростислав ростик слава
rudolf rudy rudi rodolfo rolf
ruth ruthie
salvatore totò turi salvador sal
samantha sam sammy
samuel sam sammy samuele самуїл
sarah sally sadie sara zara
sebastian seb basti bastian wastl bastien sébastien sebastiano
serhii sergey sergei sergio serge seryozha sergiy сергій сергей серьожа серёжа сергійко серж
siegfried sigi siggi sigurd
simon si simón szymon семен семён сеня
solomiia solya соломія соля
sophia sophie sofia sonia sonya zofia zosia sofija софія софия соня σοφία
spyridon spyros σπυρίδων σπύρος
stanislav stan stas stanisław staszek stach stanislaus slava станіслав станислав стас славко
stella estelle estrella
stephanie steph steffi stefanie stefania
stephen steve steven stefan stephan stevie stefano esteban étienne stefanos szczepan steffen stepan степан стефан στέφανος
susan sue susie suzy susanna susanne suzanne sanne suzanna susi zuzanna zuzia
svitlana svetlana sveta lana світлана светлана світа света лана
sylvia sylvie silvia syl silke
tatiana tanya tetiana tania tatyana tetyana тетяна татьяна таня танюша
terence terry terrence
theresa teresa terry tess tessa resi therese tere thérèse terezia тереза
theodore ted teddy theo theodor teodoro fedor fyodor fedir feodor федір федор фёдор федя θεόδωρος θοδωρής
thomas tom tommy thom tomás tommaso tomasz tomek maso хома фома θωμάς
timothy tim timmy timotheus tymofii timofey тимофій тимофей тіма тима
tobias toby tobi tobiah
tsvetelina tsveti цветелина цвети
ursula uschi ulla urszula ula orsola
valentina valya tina valentyna валентина валя
valerie val valeria valérie lera валерія валерия лера
vasily vasyl basil vasilis vassilis vasileios vasya vasil vasko василь василий васил вася васько βασίλειος βασίλης
vasiliki vaso vicky βασιλική βάσω βίκυ
veronica ronnie vera verónica véronique véro nika weronika roni вероніка вероника ніка
vera vira віра вера вірочка верочка
viacheslav vyacheslav slava вячеслав в'ячеслав слава славік славик
victor vic vik víctor vittorio viktor wiktor віктор виктор вітя витя
victoria vicky vikki tori vic vika viktoria viktoriia vittoria wiktoria вікторія виктория віка вика
vincent vince vinny vincenzo enzo vicente vinzenz chente wincenty
virginia ginny ginger
vitaly vitalii vitalik віталій виталий віталік виталик
vladimir volodymyr vova volodya wladimir włodzimierz włodek vlad володимир владимир вова володя вовка
vladyslav vladislav vlad władysław władek владислав влад
walter wally walt wat walther gualtiero
wilhelmina mina billie minnie willa
william bill billy will willie liam wilhelm willi willy guillermo guglielmo guillaume memo guille vilhelm wim wilmo
winifred winnie fred freda
wojciech wojtek adalbert
yaroslav yarik slava jarosław jarek slavko ярослав ярик слава ярко
zachary zach zack zak zachariah
zbigniew zbyszek zbych
przemysław przemek przemko
sławomir sławek slavomir
stanisława stasia staszka
grażyna grażka
bożena bożenka
bogusław boguś bogdan
krystyna krysia
zdzisław zdzich zdzisiek
tadeusz tadek thaddeus tadeo
ryszarda rysia
ewa ewka eve eva evita
mustafa mostafa
yasmin yasmine yasemin
fatima fatma fatimah
ahmed ahmad ahmet
khaled khalid halit
omar umar ömer
layla leila laila
hüseyin hussein hossein
ali aly
ibrahim ibo ibrahima
`

/** Which names a part of a name may stand for, by their lines in the table. */
export type Nicknames = (folded: string) => readonly number[]

/** One name of each class of names that a short form has in common, for keys. */
export type NicknameTable = { groupsOf: Nicknames; classOf: (folded: string) => number | undefined }

/** Reads the table. It takes some milliseconds and a megabyte, so that it is made when it is needed. */
export function readNicknames(): NicknameTable {
  const groups = new Map<string, number[]>()
  const classes: number[] = []
  lines
    .split('\n')
    .filter(Boolean)
    .forEach((line, group) => {
      classes.push(group)
      for (const name of line.split(' ')) {
        for (const spelling of spellingsOf(name)) add(groups, spelling, group)
      }
    })
  for (const [first = 0, ...others] of groups.values()) {
    for (const other of others) classes[rootOf(classes, other)] = rootOf(classes, first)
  }
  const groupsOf = (folded: string) => groups.get(folded) ?? groups.get(latinKey(folded)) ?? []
  return {
    groupsOf,
    classOf(folded) {
      const [first] = groupsOf(folded)
      return first === undefined ? undefined : rootOf(classes, first)
    },
  }
}

/** As it is folded, and as it sounds in Latin letters, whatever the alphabet. */
function spellingsOf(name: string): string[] {
  return [...new Set([fold(name).replaceAll("'", ''), latinKey(name), ...latinKeys(name)])]
}

function add(groups: Map<string, number[]>, name: string, group: number) {
  const known = groups.getOrInsertComputed(name, () => [])
  if (!known.includes(group)) known.push(group)
}

function rootOf(classes: number[], group: number): number {
  let root = group
  while (classes[root] !== root) root = classes[root] as number
  return root
}
