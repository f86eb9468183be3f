import type { ListField } from '../book/fields.ts'
import { byHeaderKey, headerKey } from './header-key.ts'
import {
  moreFillerWords,
  moreLabelledHeaders,
  moreLabelWords,
  morePartWords,
} from './more-languages.ts'
import { ownListHeaders, ownPartHeaders } from './own-headers.ts'

// Headers are in English, and as Outlook writes them in German, French, Spanish, Italian, Dutch,
// Portuguese and Ukrainian.

/** Columns whose whole header stands for a list and a label. */
export const labelledColumns = new Map<string, string>([
  ...byHeaderKey({
    'phones/main': `primary phone, haupttelefon, téléphone principal, teléfono principal,
    hoofdtelefoon, telefono principale, telefone principal, основний телефон`,
    'phones/company main': `company main phone, telefon firma, téléphone société,
    número de centralita de la organización, hoofdtelefoon bedrijf, telefono principale società,
    telefone principal da empresa, основний телефон організації`,
    'phones/assistant': `assistant's phone, assistants phone, telefon assistent,
    téléphone de l'assistant(e), telefoon assistent, telefono assistente, телефон помічника`,
    'phones/callback': `callback, rückmeldung, rappel, devolución de llamada, terugbellen,
    richiamata automatica, зворотний виклик`,
    'phones/radio': `radio phone, radio téléphone, radioteléfono, radiotelefoon, radiotelefono,
    радіотелефон`,
    'phones/isdn': 'isdn, rnis',
    'phones/telex': 'telex, télex, телекс',
    'phones/tty/tdd': `tty/tdd phone, telefon für hörbehinderte, téléphone tdd/tty,
    número de teletipo, teksttelefoon, telefono tty/tdd, телефон tty/tdd`,
    'phones/pager': 'pager, récepteur de radiomessagerie, buscapersonas, cercapersone, пейджер',
    'phones/car': 'autotelefon, autotelefoon, telefono auto, телефон у машині',
    'phones/home': 'particular, abitazione, abitazione 2',
    'phones/work': 'ufficio, ufficio 2',
    'links/work': 'web page 1',
    'links/home': 'web page 2',
    'links/home page': 'home page, homepage',
    'dates/anniversary': `anniversary, wedding anniversary, jahrestag, anniversaire de mariage ou fête,
    anniversario, speciale datum, річниця`,
    'relations/spouse':
      'spouse, partner, conjoint(e), cónyuge, cônjuge, nome coniuge/partner, дружина',
    'relations/child': 'children, kinder, enfants, hijos, kinderen, figli, filhos, діти',
    'relations/manager': `manager's name, manager, name des/der vorgesetzten, responsable,
    nombre del director, naam manager, nome manager, керівник`,
    'relations/assistant': `assistant's name, assistant, name assistent, assistent(in),
    nom de l'assistant(e), nombre del ayudante, naam assistent, nome assistente,
    ім'я помічника`,
    'relations/referred by': 'referred by, referentie van, presentato da',
  }),
  ...byHeaderKey(moreLabelledHeaders),
])

/** Words of a header that stand for a label. */
export const labelWords = new Map<string, string>([
  ...byHeaderKey({
    home: `home, private, personal, privat, domicile, domicilio, personnel, personnelle, particular,
    thuis, huisadres, ab, casa, residencial, residência, дом, домашній, домашня`,
    work: `work, business, office, company, geschäftlich, dienstlich, bureau, professionnel,
    professionnelle, trabajo, werk, werkadres, uff, ufficio, lavoro,
    comercial, роб, робочий, робоча, службовий`,
    other: `other, weitere, weiterer, weiteres, autre, otro, otra, ander, andere,
    anders, altro, altra, outro, outra, інший, інша`,
    mobile: `mobile, cell, cellular, mobil, handy, mobiltelefon, portable, móvil, celular, mobiel, mobiele,
    cellulare, мобільний`,
    school: 'school',
    main: 'main',
    pager: 'pager, beeper, пейджер',
    car: 'car, voiture, autotelefon',
    iPhone: 'iphone',
  }),
  ...byHeaderKey(moreLabelWords),
])

/** The list and part of a value that the words of a header stand for, without labels and numbers. */
export const partsByWords = new Map<string, string>([
  ...byHeaderKey({
    'emails/value': `email, mail, messagerie, courrier, correo, correo electrónico, mailadres, emailadres, posta elettronica, indirizzo posta elettronica, ел пошти`,
    'phones/value': `phone, phone number, telephone, telephone number, tel, telefon, telefonnummer,
    teléfono, telefoon, telefoonnummer, telefono, telefone, телефон`,
    'phones/fax': 'fax, fax number, phone fax, telefax, télécopie, факс',
    'links/value': `web page, website, web site, web, url, link, webseite, page web, página web,
    webpagina, pagina web, página da web, веб-сторінка, сайт`,
    'addresses/formatted': `address, mailing address, full address, adresse, anschrift, dirección,
    adres, indirizzo, endereço, адреса`,
    'addresses/street':
      'street, street address, address line, straße, rue, calle, straat, via, rua, вулиця',
    'addresses/extended': 'extended address, apartment, suite',
    'addresses/po_box': `po box, p o box, postfach, b p, boîte postale, apartado postal,
    postbusnummer, casella postale,
    поштова скринька`,
    'addresses/city': 'city, town, ort, stadt, ville, ciudad, plaats, città, cidade, місто',
    'addresses/region': `state, region, province, county, state province, bundesland, kanton,
    bundesland kanton, dép région, provincia, provincia estado, provincie, estado, область`,
    'addresses/postal_code': `postal code, zip, zip code, zip postal code, postcode, post code,
    postleitzahl, plz, code postal, código postal, cap, cep, індекс, поштовий код, поштовий індекс`,
    'addresses/country': `country, country region, land, land region, pays, pays région, país,
    país región, land regio, paese, paese area geografica, країна, країна регіон`,
    'messengers/value': 'im, im address, imaddress, instant messenger, messenger',
    'messengers/aim': 'aim, screen name',
    'messengers/icq': 'icq',
    'messengers/jabber': 'jabber, xmpp',
    'messengers/matrix': 'matrix',
    'messengers/msn': 'msn',
    'messengers/signal': 'signal',
    'messengers/skype': 'skype',
    'messengers/telegram': 'telegram',
    'messengers/viber': 'viber',
    'messengers/whatsapp': 'whatsapp',
    'messengers/yahoo': 'yahoo',
  }),
  ...byHeaderKey(morePartWords),
])

/** Words of a header that say nothing about its column. */
export const fillerWords = new Set([
  ...`primary secondary alternate alternative default preferred number nummer numero e r s o l la de del
    du des der die das
    do da op voor ou або`.split(/\s+/),
  ...moreFillerWords.split(/\s+/).map(headerKey),
])

/** A header that is not found with these words is looked up without them, such as `E-mail Address`. */
export const addressWords = new Set([
  'address',
  'adresse',
  'direccion',
  'adres',
  'indirizzo',
  'endereco',
  'адреса',
])

/** Google's numbered columns: `Phone 2 - Label`. */
export const numberedLists = new Map<string, ListField>([
  ...byHeaderKey(ownListHeaders),
  ...byHeaderKey({ messengers: 'messenger' }),
])

export const numberedParts = new Map<string, string>([
  ...byHeaderKey({ ...ownPartHeaders.address, ...ownPartHeaders.messenger }),
  ...byHeaderKey({ label: 'type', formatted: 'formatted', region: 'state', postal_code: 'zip' }),
])
