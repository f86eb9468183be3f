/** Given and family names that go together. A name in another script says how it is romanised. */
export type NamePool = { given: string[]; family: string[] }

/** Some real names of many languages, so that accents, scripts and sorting can be seen at work. */
export const namePools: NamePool[] = [
  {
    given: words('Olivia Harry Imogen Arthur Poppy Rhys Niamh Seán'),
    family: words("Ashworth Bennett O’Connor Hughes MacLeod Pritchard Shaw Smith-O'Neill"),
  },
  {
    given: words('Jürgen Katharina Jörg Änne Felix Mia-Sophie Lukas Ursula'),
    family: words('Müller Groß Özdemir Schäfer Weiß Königsberger Lindner Vogel'),
  },
  {
    given: words('Chloé François Gaëlle Jérôme Noémie René Anaïs Théo'),
    family: words('Lefèvre Dubois Beauséjour Garçon Moreau Béranger Noël Petit'),
  },
  {
    given: words('José María Iñaki Lucía Andrés Inês João Conceição'),
    family: words('García Núñez Ibáñez Echeverría Gonçalves Simões Muñoz Araújo'),
  },
  {
    given: words('Łukasz Agnieszka Małgorzata Józef Świętosława'),
    family: words('Wójcik Nowak Żurek Mazur Dąbek'),
  },
  {
    given: words('Zdeněk Jiří Šimon Ľubomír Bořivoj'),
    family: words('Dvořák Černý Žižka Procházka Hruška'),
  },
  {
    given: words('Åsa Björn Søren Ragnhild Þórunn Väinö Ingebjørg Jónas'),
    family: words('Ångström Øvergård Nygård Mäkinen Lindqvist Kjær Holm Sjöberg'),
  },
  {
    given: words('Ayşe Çağrı İbrahim Gülşah'),
    family: words('Yıldız Öztürk Şahin Kılıç'),
  },
  {
    given: words('Răzvan Ștefania Zoltán Ágnes'),
    family: words('Țurcanu Ionescu Szőke Nagy'),
  },
  {
    given: words('Олена=olena Тарас=taras Соломія=solomiia Євген=yevhen Ґанна=ganna'),
    family: words('Шевченко=shevchenko Ковальчук=kovalchuk Гнатюк=hnatiuk Їжакевич=yizhakevych'),
  },
  {
    given: words('Ελένη=eleni Κατερίνα=katerina Φωτεινή=foteini'),
    family: words('Παπαδοπούλου=papadopoulou Οικονόμου=oikonomou Λάμπρου=lamprou'),
  },
  {
    given: words('さくら=sakura 健太=kenta 美咲=misaki 翔=sho'),
    family: words('佐藤=sato 鈴木=suzuki 高橋=takahashi 渡辺=watanabe'),
  },
  {
    given: words('秀英=xiuying 伟=wei 志明=zhiming'),
    family: words('王=wang 李=li 陈=chen'),
  },
  {
    given: words('미영=miyoung 준호=junho'),
    family: words('김=kim 박=park'),
  },
  {
    given: words('ليلى=layla يوسف=yusuf فاطمة=fatima'),
    family: words('حداد=haddad منصور=mansour الخطيب=alkhatib'),
  },
  {
    given: words('דוד=david נועה=noa'),
    family: words('כהן=cohen לוי=levi'),
  },
  {
    given: words('प्रिया=priya अर्जुन=arjun'),
    family: words('शर्मा=sharma पटेल=patel'),
  },
  {
    given: words('Thảo=thao Đức=duc'),
    family: words('Nguyễn=nguyen Phạm=pham Đặng=dang'),
  },
  {
    given: words('Ngozi Kwame Ọláyínká'),
    family: words('Okonkwo Mensah Adébáyọ̀'),
  },
]

/** People who are known by a single name. */
export const singleNames = words(
  'Björk Suharti Budi Mamma Opa さくら=sakura Нана=nana Madonna آرش=arash',
)

function words(text: string): string[] {
  return text.split(' ')
}
