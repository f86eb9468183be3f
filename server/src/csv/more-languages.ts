import type { TextField } from '../book/fields.ts'

type Texts = Partial<Record<Exclude<TextField, 'birthday'>, string>>

// The headers of Thunderbird in the languages of single-columns.ts, and those of Outlook and
// Thunderbird in Polish, Finnish, Swedish, Danish, Norwegian, Czech, Russian, Turkish, Japanese and
// Chinese. Those of programs for customers (Salesforce, Zoho, HubSpot) are in English.

export const moreTextHeaders: Texts = {
  prefix: 'titul, обращение, hitap, 敬称',
  first_name: `imię, etunimi, förnamn, fornavn, jméno, křestní jméno, имя, ad, adı, ilk ad, 名, 名字,
    roepnaam`,
  middle_name: `drugie imię, toinen nimi, mellannamn, mellemnavn, mellomnavn, prostřední jméno,
    отчество, ikinci ad, ミドル ネーム`,
  last_name: `nazwisko, sukunimi, efternamn, efternavn, etternavn, příjmení, фамилия, soyad, soyadı,
    姓, 姓氏, último nome, último apellido`,
  suffix: 'przyrostek, 接尾辞',
  nickname: `pseudonim, przydomek, lempinimi, smeknamn, kaldenavn, kallenavn, přezdívka, псевдоним,
    takma ad, ニックネーム, 昵称, apelido, alias, roepnaam of bijnaam`,
  company: `account name, organizacja, yritys, järjestö, organisaatio, företag,
    virksomhed, organisasjon, bedrift, organizace, společnost, организация, компания, şirket, kuruluş,
    会社, 会社名, 組織, 公司`,
  department: `dział, oddział, osasto, avdelning, afdeling, avdeling, oddělení, отдел, bölüm,
    departman, 部署, 部门, dipartimento`,
  job_title: `stanowisko, ammattinimi, tehtävänimike, befattning, jobbtitel, stilling, stillingsbetegnelse,
    pracovní pozice, funkce, pozice, должность, unvan, iş unvanı, 役職, 肩書き, 职务, arbeitstitel,
    profession, título profissional, titolo di lavoro, beruf`,
  additional_data: `notatki, uwagi, muistiinpanot, huomautukset, anteckningar, noter, notater, poznámky,
    poznámka, заметки, примечания, notlar, メモ, 备注, anmerkungen, aantekeningen, note personali,
    description`,
}

/** @see specialColumns */
export const moreSpecialHeaders = {
  title: 'tytuł, titteli, tittel, unvanı',
  name: `nazwa wyświetlana, wyświetlana nazwa, imię i nazwisko, näyttönimi, näytettävä nimi, visningsnamn,
    vist navn, visningsnavn, zobrazované jméno, отображаемое имя, полное имя, görünen ad, ad soyad,
    表示名, 氏名, 姓名, nom à afficher, nombre en pantalla, mostrar como, nome de exibição, nome visualizado`,
  birthday: `urodziny, data urodzenia, syntymäpäivä, syntymäaika, födelsedag, födelsedatum, fødselsdag,
    fødselsdato, bursdag, narozeniny, datum narození, день рождения, дата рождения, doğum günü,
    doğum tarihi, 誕生日, 生年月日, 生日`,
  birth_year: `geburtsjahr, année de naissance, año de nacimiento, anno di nascita, ano de nascimento,
    geboortejaar, rok urodzenia, syntymävuosi, födelseår, fødselsår, rok narození, год рождения,
    рік народження, doğum yılı, 誕生年, 生年, 出生年份`,
  birth_month: `geburtsmonat, mois de naissance, mois, mes de nacimiento, mese di nascita,
    mês de nascimento, geboortemaand, miesiąc urodzenia, syntymäkuukausi, födelsemånad, fødselsmåned,
    měsíc narození, месяц рождения, місяць народження, doğum ayı, 誕生月, 出生月份`,
  birth_day: `jour de naissance, jour, día de nacimiento, giorno di nascita, dia de nascimento,
    geboortedag, dzień urodzenia, den narození, 出生日期`,
  groups: `kategorie, luokat, kategorier, categorieën, категории, kategoriler, 分類, 分類項目, 类别`,
}

const numbered = (header: string) => `${header}, ${header} 2, ${header} 3`

/** @see labelledColumns */
export const moreLabelledHeaders = {
  'emails/': [
    'e-postadress',
    'e-postadresse',
    'メール アドレス',
    'メールアドレス',
    '電子メール アドレス',
    '追加のメールアドレス',
    '电子邮件地址',
    'адрес электронной почты',
    'альтернативный адрес электронной почты',
    'e-posta adresi',
  ]
    .map(numbered)
    .join(','),
  'phones/mobile': `matkapuhelin, matkapuhelinnumero, mobilnummer, mobilnr, mobiltelefonnummer, mobilní telefon,
    мобильный телефон, номер сотового телефона, сотовый телефон, cep telefonu, 携帯電話, 移动电话,
    telefon komórkowy, komórka, tél. mobile, téléphone mobile, número del móvil, cellulare`,
  'phones/home': `kotipuhelin, hemtelefon, hjemmetelefon, privattelefon, telefon domů, ev telefonu, 自宅電話,
    住宅电话, домашний телефон`,
  'phones/work': `työpuhelin, arbetstelefon, arbejdstelefon, arbeidstelefon, telefon do práce, iş telefonu,
    会社電話, 勤務先電話番号, 商务电话, рабочий телефон`,
  'phones/fax': `faksin numero, faxnummer, faksnummer, номер факса, faks numarası, faks, fax 番号`,
  'phones/pager': `hakulaitteen numero, personsökare, personsøger, piepernummer, номер пейджера`,
  'links/work': `webseite 1, site web 1, página web 1, pagina web 1, webpagina 1, strona internetowa 1,
    verkkosivu 1, webbsida 1, webside 1, webová stránka 1, веб-страница 1, web sayfası 1`,
  'links/home': `webseite 2, site web 2, página web 2, pagina web 2, webpagina 2, strona internetowa 2,
    verkkosivu 2, webbsida 2, webside 2, webová stránka 2, веб-страница 2, web sayfası 2`,
  'dates/anniversary': 'rocznica, vuosipäivä, årsdag, výročí, годовщина, yıl dönümü, 記念日',
}

/** @see labelWords */
export const moreLabelWords = {
  home: `domowy, domowe, dom, prywatny, hem, hjem, domů, casa, residenza, residencial, thuis, personal,
    домашний, ev, 自宅, privée, privé, domicilio, koti, kodin, perso`,
  work: `służbowy, służbowe, praca, pracy, biuro, arbeit, arbete, arbejde, arbeid, práce, trabalho,
    рабочий, раб, iş, 会社, 勤務先, professionnel, työ, työpaikan, dienst, zakelijk, biz`,
  other: 'inny, inne, muu, annan, anden, jiný, другой, diğer',
  billing: 'billing',
  shipping: 'shipping',
  mobile: `komórkowy, celular, móvel, mobilní, сотовый, мобильный, cep, mobilnummer, telemóvel`,
}

/** @see partsByWords */
export const morePartWords = {
  'emails/value': `post, posta, sähköposti, sähköpostiosoite, adresse électronique, mél, courriel,
    emailadresse, mailadresse, электронная почта, почта, e-postadress, correo electrónico primario, poczta`,
  'phones/value': `puhelin, nummer tel, tel nr, phone nr, номер телефона, telefon numarası, telefonu, 電話, rufnummer,
    télephone, telefoonnr`,
  'phones/fax': 'faks, faksi, факс, télécopieur, faksnummer, fakse',
  'links/value': `strona internetowa, verkkosivu, webbsida, webside, websted, webová stránka, веб-страница,
    web sayfası, site web, website url, sítio web, sito web, webbplats`,
  'addresses/formatted': 'osoite, adress, adresa, adresi, адрес, 住所',
  'addresses/street':
    'ulica, katuosoite, gata, gade, gate, ulice, улица, cadde, 番地, mailing street',
  'addresses/city': `miasto, miejscowość, kaupunki, stad, by, poststed, město, город, şehir, 市区町村,
    woonplaats, localidad`,
  'addresses/region': `województwo, lääni, län, kraj, область, край, штат, il, 都道府県, state region, région,
    state province, state county`,
  'addresses/postal_code': `kod pocztowy, postinumero, postnummer, postnr, psč, почтовый индекс,
    posta kodu, 郵便番号, zip postal code`,
  'addresses/country': `kraj region, maa, země, stát, страна, страна регион, ülke, 国, nazione,
    nazione regione, kotimaa`,
}

/** @see fillerWords */
export const moreFillerWords = `primäre primärer sekundäre sekundärer principal principale secondaire
  secundario secundaria secundário secondaria secondario primaria primario primair secundair tweede
  podstawowy dodatkowy główny ensisijainen toissijainen primär sekundär primær sekundær primární
  druhý první основной дополнительный birincil ikincil nr numer номер numero número numéro alternativo
  adres mailing di`
