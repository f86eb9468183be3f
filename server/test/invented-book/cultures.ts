/** The names of people who live in one country, and how they come to be written there. */
export type Culture = {
  country: string
  /** The country's code for phones, and how many digits follow it. */
  dial: {
    code: string
    trunk: string
    digits: number
    mobile: string[]
    cities: [string, string][]
  }
  women: string[]
  men: string[]
  /** Family names; where women and men have different ones, both with a slash between. */
  families: string[]
  /** What friends say: a given name, and the short ones. */
  friends: Record<string, string[]>
  /** How passports, tickets and the people themselves write a name in Latin letters. */
  latin: Record<string, string[]>
  streets: string[]
  companies: string[]
  providers: string[]
  /** Whether the family name is written first, and without a space. */
  isJoined?: true
}

const list = (text: string) => text.split(' ')

/** `Name:Short/Shorter` for each name that has any. */
function map(text: string): Record<string, string[]> {
  return Object.fromEntries(
    list(text).map((entry) => {
      const [name = '', others = ''] = entry.split(':')
      return [name, others.split('/')]
    }),
  )
}

export const cultures: Culture[] = [
  {
    country: 'GB',
    dial: {
      code: '44',
      trunk: '0',
      digits: 10,
      mobile: ['77', '78', '74', '75'],
      cities: [
        ['London', '20'],
        ['Leeds', '113'],
        ['Bristol', '117'],
        ['York', '1904'],
      ],
    },
    women: list(
      'Margaret Elizabeth Katherine Victoria Jennifer Susan Deborah Rebecca Charlotte Emily Abigail Jacqueline Philippa Harriet Josephine Gillian Samantha Olivia Grace Isla Millie Jane Jean Joan',
    ),
    men: list(
      'William Robert James Michael Christopher Anthony Edward Richard Andrew Benjamin Nicholas Alexander Jonathan Stephen Gregory Timothy Matthew Frederick Leonard Oliver Alfie Jack John Jason Dennis',
    ),
    families: list(
      'Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker White Roberts Green Hall Wood Jackson Clarke Harrison Pemberton O’Sullivan MacDonald Thornbury Ashcroft Whitfield Bannister Fairweather Cholmondeley',
    ),
    friends: map(
      'Margaret:Maggie/Peggy/Meg Elizabeth:Liz/Beth/Betty/Lizzie Katherine:Kate/Kathy/Katie Victoria:Vicky/Tori Jennifer:Jenny/Jen Susan:Sue/Suzie Deborah:Debbie/Deb Rebecca:Becky/Becca Abigail:Abby Jacqueline:Jackie Philippa:Pippa Josephine:Jo/Josie Gillian:Gill Samantha:Sam Charlotte:Lottie William:Bill/Will/Billy/Liam Robert:Bob/Rob/Bobby James:Jim/Jimmy/Jamie Michael:Mike/Mick Christopher:Chris/Kit Anthony:Tony Edward:Ted/Ed/Ned Richard:Dick/Rick/Rich Andrew:Andy/Drew Benjamin:Ben Nicholas:Nick Alexander:Alex/Sandy Jonathan:Jon/Jonny Stephen:Steve Gregory:Greg Timothy:Tim Matthew:Matt Frederick:Fred/Freddie Leonard:Len/Lenny Oliver:Ollie',
    ),
    latin: {},
    streets: list(
      'High-Street Station-Road Church-Lane Victoria-Road Park-Avenue Mill-Lane The-Crescent',
    ),
    companies: list('&-Sons Logistics-Ltd Software Bank School Plumbing-&-Heating'),
    providers: list('gmail.com btinternet.com hotmail.co.uk yahoo.co.uk icloud.com'),
  },
  {
    country: 'DE',
    dial: {
      code: '49',
      trunk: '0',
      digits: 10,
      mobile: ['151', '160', '171', '176'],
      cities: [
        ['Berlin', '30'],
        ['München', '89'],
        ['Köln', '221'],
        ['Jena', '3641'],
      ],
    },
    women: list(
      'Anna Katharina Elisabeth Ursula Gertrud Hannelore Susanne Christine Friederike Johanna Margarete Franziska Jana Lena Heike Änne Sabine Brunhilde Antje Wiebke',
    ),
    men: list(
      'Jürgen Hans Johannes Friedrich Wilhelm Maximilian Michael Matthias Thomas Andreas Jörg Stefan Christoph Sebastian Günther Joachim Ludwig Jan Jens Torsten Uwe Alexander Karl-Heinz',
    ),
    families: list(
      'Müller Schmidt Schneider Fischer Weber Meyer Maier Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein Wolf Schröder Neumann Schwarz Zimmermann Krüger Größmann Weiß Hübner von-Stetten Leutheusser Strauß',
    ),
    friends: map(
      'Katharina:Kathi/Käthe/Kati Elisabeth:Lisa/Elli/Sissi/Lisbeth Ursula:Uschi/Ulla Gertrud:Trude Hannelore:Hanne/Lore Susanne:Susi Christine:Christl/Tine Friederike:Rike Johanna:Hanna Margarete:Gretel/Grete Franziska:Franzi Jürgen:Jupp Johannes:Hannes/Hans Friedrich:Fritz Wilhelm:Willi Maximilian:Max Michael:Michi Matthias:Matze Thomas:Tom Andreas:Andi Stefan:Steff Christoph:Chris Sebastian:Basti/Wastl Joachim:Achim/Jochen Ludwig:Lutz Alexander:Alex',
    ),
    latin: {},
    streets: list(
      'Hauptstraße Bahnhofstr. Lindenweg Goethestraße Am-Markt Schillerplatz Kirchgasse',
    ),
    companies: list('Maschinenbau-GmbH AG Bäckerei Elektro-GmbH-&-Co.-KG &-Partner'),
    providers: list('gmx.de web.de t-online.de gmail.com posteo.de'),
  },
  {
    country: 'FR',
    dial: {
      code: '33',
      trunk: '0',
      digits: 9,
      mobile: ['6', '7'],
      cities: [
        ['Paris', '1'],
        ['Lyon', '4'],
        ['Nantes', '2'],
      ],
    },
    women: list(
      'Élodie Françoise Gabrielle Catherine Madeleine Geneviève Marie-Claire Jacqueline Dominique Amélie Noémie Chloé Véronique Alexandrine Célestine',
    ),
    men: list(
      'François Jean-Pierre Philippe Frédéric Guillaume Sébastien Benoît Jérôme Étienne Alexandre Nicolas Michel Théodore Dominique Rémi Augustin Loïc',
    ),
    families: list(
      'Martin Bernard Dubois Lefèvre Moreau Laurent Girard Roux Fournier Béranger Garçon Beauséjour de-La-Tour D’Aubigné Lemoine Marchand Guérin',
    ),
    friends: map(
      'Françoise:Fanchon Gabrielle:Gaby Catherine:Cathy Madeleine:Mado Geneviève:Ginette Jacqueline:Jacotte Dominique:Domi Amélie:Mélie Véronique:Véro Philippe:Phil Frédéric:Fred Guillaume:Guigui Sébastien:Seb Alexandre:Alex Nicolas:Nico Théodore:Théo Augustin:Gus',
    ),
    latin: {},
    streets: list('rue-de-la-Paix avenue-Foch rue-du-Bac place-Bellecour quai-de-la-Fosse'),
    companies: list('Boulangerie SARL et-Fils SA Conseil'),
    providers: list('orange.fr free.fr gmail.com laposte.net'),
  },
  {
    country: 'ES',
    dial: {
      code: '34',
      trunk: '',
      digits: 9,
      mobile: ['6', '65', '61'],
      cities: [
        ['Madrid', '91'],
        ['Sevilla', '95'],
        ['Bilbao', '94'],
      ],
    },
    women: list(
      'María Carmen Dolores Josefa Guadalupe Rosario Concepción Isabel Francisca Lucía Mercedes Pilar Begoña Itziar',
    ),
    men: list(
      'José Francisco Ignacio Manuel Antonio Jesús Guillermo Roberto Eduardo Rafael Alejandro Enrique Iñaki Joaquín Xabier',
    ),
    families: list(
      'García-Pérez López-Núñez Martínez-Ruiz Fernández-Gil González-Ibáñez Rodríguez-Vega Sánchez-Echeverría Romero-Mora Muñoz-Ortega Navarro-Peña Iturralde-Zubiri',
    ).map((name) => name.replace('-', ' ')),
    friends: map(
      'Dolores:Lola Josefa:Pepa Guadalupe:Lupe Rosario:Charo Concepción:Concha/Conchi Isabel:Isa Francisca:Paca/Paquita Mercedes:Merche José:Pepe Francisco:Paco/Curro/Fran Ignacio:Nacho Manuel:Manolo/Manu Antonio:Toño Jesús:Chus Guillermo:Guille Roberto:Beto Eduardo:Edu Rafael:Rafa Alejandro:Álex Enrique:Quique Joaquín:Chimo',
    ),
    latin: {},
    streets: list(
      'Calle-Mayor Gran-Vía Calle-de-Alcalá Avenida-de-la-Constitución Paseo-del-Prado',
    ),
    companies: list('Talleres-SL Aceites Clínica-Dental Grupo'),
    providers: list('gmail.com hotmail.es yahoo.es telefonica.net'),
  },
  {
    country: 'IT',
    dial: {
      code: '39',
      trunk: '',
      digits: 10,
      mobile: ['333', '347', '328'],
      cities: [
        ['Roma', '06'],
        ['Milano', '02'],
        ['Firenze', '055'],
      ],
    },
    women: list(
      'Giuseppina Francesca Alessandra Elisabetta Caterina Antonella Giovanna Margherita Federica Ornella Chiara',
    ),
    men: list(
      'Giuseppe Francesco Alessandro Giovanni Domenico Salvatore Luigi Federico Vincenzo Leonardo Gennaro Tommaso',
    ),
    families: list(
      'Rossi Bianchi Esposito Romano Ricci Marino Greco De-Luca Costa Giordano Mancini D’Angelo Lombardi Sant’Agata',
    ),
    friends: map(
      'Giuseppina:Pina/Giusy Francesca:Franca Alessandra:Ale/Sandra Elisabetta:Betta Caterina:Rina Giovanna:Vanna Margherita:Rita Federica:Fede Giuseppe:Peppe/Beppe/Pino Francesco:Franco/Ciccio Alessandro:Sandro Giovanni:Gianni/Nanni Domenico:Mimmo Salvatore:Totò/Turi Luigi:Gigi Federico:Fede Vincenzo:Enzo Leonardo:Leo',
    ),
    latin: {},
    streets: list('Via-Roma Via-Garibaldi Corso-Italia Piazza-Dante Viale-Mazzini'),
    companies: list('Officina Studio-Legale Pasticceria Ceramiche-Srl'),
    providers: list('libero.it gmail.com tiscali.it alice.it'),
  },
  {
    country: 'PL',
    dial: {
      code: '48',
      trunk: '',
      digits: 9,
      mobile: ['50', '60', '79'],
      cities: [
        ['Warszawa', '22'],
        ['Kraków', '12'],
        ['Łódź', '42'],
      ],
    },
    women: list(
      'Małgorzata Katarzyna Agnieszka Elżbieta Aleksandra Joanna Barbara Magdalena Zofia Grażyna Bożena Jadwiga',
    ),
    men: list(
      'Łukasz Stanisław Krzysztof Wojciech Grzegorz Józef Andrzej Tomasz Zbigniew Jakub Sławomir Przemysław Bogusław',
    ),
    families: list(
      'Nowak Kowalski/Kowalska Wiśniewski/Wiśniewska Wójcik Kamiński/Kamińska Lewandowski/Lewandowska Zieliński/Zielińska Szymański/Szymańska Dąbrowski/Dąbrowska Mazur Krawczyk Żukowski/Żukowska Śliwa',
    ),
    friends: map(
      'Małgorzata:Gosia/Małgosia Katarzyna:Kasia Agnieszka:Aga Elżbieta:Ela Aleksandra:Ola Joanna:Asia Barbara:Basia Magdalena:Magda Zofia:Zosia Jadwiga:Jadzia Łukasz:Łukaszek Stanisław:Staszek/Stach Krzysztof:Krzysiek Wojciech:Wojtek Grzegorz:Grzesiek Józef:Józek Tomasz:Tomek Zbigniew:Zbyszek Jakub:Kuba Sławomir:Sławek Przemysław:Przemek Bogusław:Bogdan',
    ),
    latin: {},
    streets: list('ul.-Długa ul.-Polna al.-Jerozolimskie ul.-Kościelna os.-Tysiąclecia'),
    companies: list('Zakłady-Mleczne Biuro-Rachunkowe Przychodnia Sp.-z-o.o.'),
    providers: list('wp.pl onet.pl gmail.com o2.pl interia.pl'),
  },
  {
    country: 'UA',
    dial: {
      code: '380',
      trunk: '0',
      digits: 9,
      mobile: ['50', '67', '63', '97'],
      cities: [
        ['Київ', '44'],
        ['Львів', '32'],
        ['Одеса', '48'],
      ],
    },
    women: list(
      'Олена Юлія Наталія Катерина Оксана Тетяна Ганна Людмила Соломія Марія Ірина Дарина Христина',
    ),
    men: list(
      'Олександр Сергій Володимир Дмитро Євген Андрій Михайло Богдан Тарас Юрій В’ячеслав Григорій Ярослав Олексій',
    ),
    families: list(
      'Шевченко Ковальчук Бондаренко Ткаченко Кравченко Олійник Гнатюк Мельник Лисенко Поліщук Заболотний/Заболотна Чорновіл Щербак Їжакевич Ґудзь Яценюк',
    ),
    friends: map(
      'Олена:Оленка/Лєна Юлія:Юля Наталія:Наталя/Наташа Катерина:Катя Оксана:Ксеня Тетяна:Таня Ганна:Аня/Галя Людмила:Люда Соломія:Соля Марія:Маруся/Марічка Ірина:Іра Дарина:Даша Христина:Христя Олександр:Саша/Сашко Сергій:Серьожа Володимир:Вова/Володя Дмитро:Діма Євген:Женя Михайло:Міша Богдан:Бодя Юрій:Юра В’ячеслав:Слава Григорій:Гриша Ярослав:Ярик Олексій:Льоша',
    ),
    latin: map(
      'Олена:Olena/Elena Юлія:Yuliia/Julia/Yulia Наталія:Nataliia/Natalia Катерина:Kateryna/Katerina Оксана:Oksana/Oxana Тетяна:Tetiana/Tatyana Ганна:Hanna/Anna Людмила:Liudmyla/Lyudmila Соломія:Solomiia/Solomiya Марія:Mariia/Maria Ірина:Iryna/Irina Дарина:Daryna Христина:Khrystyna/Kristina Олександр:Oleksandr/Alexander Сергій:Serhii/Sergiy/Sergey Володимир:Volodymyr/Vladimir Дмитро:Dmytro/Dmitry Євген:Yevhen/Evgen Андрій:Andrii/Andriy Михайло:Mykhailo/Mikhail Богдан:Bohdan/Bogdan Тарас:Taras Юрій:Yurii/Yuri В’ячеслав:Viacheslav/Vyacheslav Григорій:Hryhorii/Grigory Ярослав:Yaroslav Олексій:Oleksii/Alexey Шевченко:Shevchenko Ковальчук:Kovalchuk Бондаренко:Bondarenko Ткаченко:Tkachenko Кравченко:Kravchenko Олійник:Oliinyk/Oliynyk Гнатюк:Hnatiuk/Gnatyuk Мельник:Melnyk/Melnik Лисенко:Lysenko/Lisenko Поліщук:Polishchuk Заболотний:Zabolotnyi/Zabolotny Заболотна:Zabolotna Чорновіл:Chornovil Щербак:Shcherbak/Scherbak Їжакевич:Yizhakevych Ґудзь:Gudz Яценюк:Yatseniuk/Yatsenyuk',
    ),
    streets: list(
      'вул.-Шевченка вул.-Сагайдачного просп.-Свободи вул.-Садова бульв.-Лесі-Українки',
    ),
    companies: list('ТОВ Будівельна-компанія Кав’ярня Школа'),
    providers: list('ukr.net gmail.com i.ua meta.ua'),
  },
  {
    country: 'BG',
    dial: {
      code: '359',
      trunk: '0',
      digits: 9,
      mobile: ['88', '89', '87'],
      cities: [
        ['София', '2'],
        ['Пловдив', '32'],
      ],
    },
    women: list('Мария Иванка Елена Десислава Цветелина Гергана Радка Екатерина Виктория'),
    men: list('Георги Иван Димитър Николай Петър Христо Стефан Александър Любомир Васил'),
    families: list(
      'Иванов/Иванова Георгиев/Георгиева Димитров/Димитрова Петров/Петрова Николов/Николова Христов/Христова Стоянов/Стоянова Ангелов/Ангелова',
    ),
    friends: map(
      'Десислава:Деси Цветелина:Цвети Екатерина:Катя Георги:Гошо Иван:Ванко Димитър:Митко Николай:Ники Петър:Пешо Александър:Сашо Любомир:Любо Васил:Васко',
    ),
    latin: map(
      'Мария:Maria/Mariya Иванка:Ivanka Елена:Elena Десислава:Desislava Цветелина:Tsvetelina Гергана:Gergana Радка:Radka Екатерина:Ekaterina Виктория:Viktoria/Viktoriya Георги:Georgi Иван:Ivan Димитър:Dimitar Николай:Nikolay/Nikolai Петър:Petar Христо:Hristo/Christo Стефан:Stefan Александър:Alexander/Aleksandar Любомир:Lyubomir Васил:Vasil Иванов:Ivanov Иванова:Ivanova Георгиев:Georgiev Георгиева:Georgieva Димитров:Dimitrov Димитрова:Dimitrova Петров:Petrov Петрова:Petrova Николов:Nikolov Николова:Nikolova Христов:Hristov/Christov Христова:Hristova Стоянов:Stoyanov Стоянова:Stoyanova Ангелов:Angelov Ангелова:Angelova',
    ),
    streets: list('ул.-Раковски бул.-Витоша ул.-Граф-Игнатиев'),
    companies: list('ООД Хлебозавод Сервиз'),
    providers: list('abv.bg gmail.com mail.bg'),
  },
  {
    country: 'GR',
    dial: {
      code: '30',
      trunk: '',
      digits: 10,
      mobile: ['694', '697', '698'],
      cities: [
        ['Αθήνα', '210'],
        ['Θεσσαλονίκη', '2310'],
      ],
    },
    women: list('Ελένη Αικατερίνη Βασιλική Γεωργία Φωτεινή Χριστίνα Παναγιώτα Ευαγγελία'),
    men: list(
      'Γεώργιος Ιωάννης Κωνσταντίνος Δημήτριος Νικόλαος Παναγιώτης Βασίλειος Χρήστος Αθανάσιος',
    ),
    families: list(
      'Παπαδόπουλος/Παπαδοπούλου Οικονόμου Αντωνίου Νικολαΐδης/Νικολαΐδου Γεωργίου Βλάχος/Βλάχου Χατζής/Χατζή Μακρής/Μακρή Δημητρίου Αγγελόπουλος/Αγγελοπούλου',
    ),
    friends: map(
      'Αικατερίνη:Κατερίνα Βασιλική:Βάσω Παναγιώτα:Γιώτα Ευαγγελία:Λία Γεώργιος:Γιώργος Ιωάννης:Γιάννης Κωνσταντίνος:Κώστας Δημήτριος:Δημήτρης Νικόλαος:Νίκος Παναγιώτης:Πάνος Βασίλειος:Βασίλης Αθανάσιος:Θανάσης',
    ),
    latin: map(
      'Ελένη:Eleni/Helen Αικατερίνη:Aikaterini/Ekaterini Βασιλική:Vasiliki Γεωργία:Georgia Φωτεινή:Foteini/Fotini Χριστίνα:Christina Παναγιώτα:Panagiota Ευαγγελία:Evangelia Γεώργιος:Georgios/George Ιωάννης:Ioannis/John Κωνσταντίνος:Konstantinos/Constantinos Δημήτριος:Dimitrios Νικόλαος:Nikolaos Παναγιώτης:Panagiotis Βασίλειος:Vasileios/Vassilios Χρήστος:Christos Αθανάσιος:Athanasios Παπαδόπουλος:Papadopoulos Παπαδοπούλου:Papadopoulou Οικονόμου:Oikonomou/Economou Αντωνίου:Antoniou Νικολαΐδης:Nikolaidis Νικολαΐδου:Nikolaidou Γεωργίου:Georgiou Βλάχος:Vlachos Βλάχου:Vlachou Χατζής:Chatzis/Hatzis Χατζή:Chatzi Μακρής:Makris Μακρή:Makri Δημητρίου:Dimitriou Αγγελόπουλος:Angelopoulos Αγγελοπούλου:Angelopoulou',
    ),
    streets: list('Ερμού Πανεπιστημίου Τσιμισκή Εγνατία'),
    companies: list('Ναυτιλία-ΑΕ Φούρνος Τεχνική'),
    providers: list('otenet.gr gmail.com yahoo.gr'),
  },
  {
    country: 'CN',
    dial: {
      code: '86',
      trunk: '',
      digits: 11,
      mobile: ['138', '139', '186', '150'],
      cities: [
        ['北京', '10'],
        ['上海', '21'],
      ],
    },
    women: list('秀英 丽华 芳 敏 静 丽娟 晓燕 婷婷 雪梅'),
    men: list('伟 志明 强 建国 磊 军 海涛 俊杰 国栋'),
    families: list('王 李 张 刘 陈 杨 赵 黄 周 吴'),
    friends: {},
    latin: map(
      '秀英:Xiuying 丽华:Lihua 芳:Fang 敏:Min 静:Jing 丽娟:Lijuan 晓燕:Xiaoyan 婷婷:Tingting 雪梅:Xuemei 伟:Wei 志明:Zhiming 强:Qiang 建国:Jianguo 磊:Lei 军:Jun 海涛:Haitao 俊杰:Junjie 国栋:Guodong 王:Wang 李:Li 张:Zhang 刘:Liu 陈:Chen 杨:Yang 赵:Zhao 黄:Huang 周:Zhou 吴:Wu',
    ),
    streets: list('长安街 南京路 中山路'),
    companies: list('贸易有限公司 科技 医院'),
    providers: list('qq.com 163.com gmail.com'),
    isJoined: true,
  },
  {
    country: 'JP',
    dial: {
      code: '81',
      trunk: '0',
      digits: 10,
      mobile: ['90', '80', '70'],
      cities: [
        ['東京', '3'],
        ['大阪', '6'],
      ],
    },
    women: list('さくら 美咲 陽子 由美 恵子 結衣 真由美'),
    men: list('健太 翔 大輔 拓也 誠 太郎 浩'),
    families: list('佐藤 鈴木 高橋 渡辺 田中 伊藤 山本 中村 小林'),
    friends: {},
    latin: map(
      'さくら:Sakura 美咲:Misaki 陽子:Yoko/Yōko 由美:Yumi 恵子:Keiko 結衣:Yui 真由美:Mayumi 健太:Kenta 翔:Sho/Shō 大輔:Daisuke 拓也:Takuya 誠:Makoto 太郎:Taro/Tarō 浩:Hiroshi 佐藤:Sato/Satō 鈴木:Suzuki 高橋:Takahashi 渡辺:Watanabe 田中:Tanaka 伊藤:Ito/Itō 山本:Yamamoto 中村:Nakamura 小林:Kobayashi',
    ),
    streets: list('銀座 梅田 神宮前'),
    companies: list('電工株式会社 商事 デザイン'),
    providers: list('docomo.ne.jp gmail.com yahoo.co.jp'),
    isJoined: true,
  },
  {
    country: 'EG',
    dial: {
      code: '20',
      trunk: '0',
      digits: 10,
      mobile: ['100', '101', '122'],
      cities: [
        ['القاهرة', '2'],
        ['الإسكندرية', '3'],
      ],
    },
    women: list('فاطمة مريم نور ليلى سارة هبة ياسمين'),
    men: list('محمد أحمد محمود خالد يوسف عمر مصطفى طارق'),
    families: list('حسن إبراهيم عبدالله السيد منصور النجار فؤاد الشريف'),
    friends: {},
    latin: map(
      'فاطمة:Fatima/Fatma مريم:Mariam/Maryam نور:Nour ليلى:Laila/Leila سارة:Sara/Sarah هبة:Heba ياسمين:Yasmin/Yasmine محمد:Mohamed/Mohammed/Muhammad أحمد:Ahmed/Ahmad محمود:Mahmoud خالد:Khaled/Khalid يوسف:Youssef/Yusuf عمر:Omar مصطفى:Mostafa/Mustafa طارق:Tarek/Tariq حسن:Hassan إبراهيم:Ibrahim عبدالله:Abdallah/Abdullah السيد:El-Sayed منصور:Mansour النجار:El-Naggar فؤاد:Fouad الشريف:El-Sherif/Al-Sharif',
    ),
    streets: list('شارع-التحرير شارع-الهرم'),
    companies: list('للتجارة مطعم'),
    providers: list('gmail.com yahoo.com hotmail.com'),
  },
  {
    country: 'TR',
    dial: {
      code: '90',
      trunk: '0',
      digits: 10,
      mobile: ['532', '542', '505'],
      cities: [
        ['İstanbul', '212'],
        ['İzmir', '232'],
      ],
    },
    women: list('Ayşe Fatma Zeynep Elif Gülşah İpek Çiğdem'),
    men: list('Mehmet Mustafa İbrahim Çağrı Hüseyin Uğur Oğuzhan'),
    families: list('Yılmaz Kaya Demir Çelik Şahin Yıldız Öztürk Kılıç Güneş'),
    friends: map('Ayşe:Ayşecik Mehmet:Memo Mustafa:Mıstık İbrahim:İbo'),
    latin: {},
    streets: list('Atatürk-Cad. İstiklal-Cad. Bağdat-Cad.'),
    companies: list('Tekstil-A.Ş. Sigorta'),
    providers: list('gmail.com hotmail.com superonline.com'),
  },
]
