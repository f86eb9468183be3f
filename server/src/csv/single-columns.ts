import type { TextField } from '../book/fields.ts'
import { byHeaderKey } from './header-key.ts'
import { moreSpecialHeaders, moreTextHeaders } from './more-languages.ts'
import { ownTextHeaders } from './own-headers.ts'

// In English, and as Outlook writes them in German, French, Spanish, Italian, Dutch, Portuguese and
// Ukrainian.

/** The fields that a column holds as they are. */
export type TextColumn = Exclude<TextField, 'birthday'>

const { birthday: _birthday, ...ownHeaders } = ownTextHeaders

/** What other programs call the same columns. */
const otherHeaders: Partial<Record<TextColumn, string>> = {
  prefix: `prefix, salutation, honorific, anrede, aanhef, tratamiento,
    tratamento, звернення`,
  first_name: `first, given name, given, forename, vorname, prénom, nombre,
    voornaam, primeiro nome, nome próprio, ім'я`,
  middle_name: `middle, additional name, weitere vornamen, deuxième prénom,
    segundo nombre, segundo nome, nome do meio, secondo nome, middelste naam, tweede naam,
    по батькові`,
  last_name: `last, family name, family, surname, nachname, familienname, nom, nom de famille,
    apellido, apellidos, sobrenome, cognome, achternaam, прізвище`,
  suffix: 'suffix, suffixe, sufijo, sufixo, achtervoegsel, суфікс',
  phonetic_first_name: `first name phonetic, given name yomi, given yomi,
    vorname yomi, prénom yomi, yomi especificada`,
  phonetic_middle_name: 'middle name phonetic, additional name yomi',
  phonetic_last_name: `last name phonetic, family name yomi, surname yomi,
    nachname yomi, nom yomi, apellido yomi`,
  nickname: `nick name, nick, spitzname, surnom, apodo, bijnaam, soprannome,
    псевдонім`,
  company: `company, company name, organization, organisation, employer,
    organization 1 name, firma, unternehmen, société, entreprise, empresa, organización, compañía,
    bedrijf, organisatie, società, azienda, organizzazione, organização,
    організація, компанія`,
  department: `department, organization 1 department, abteilung, service,
    departamento, afdeling, reparto, відділ`,
  job_title: `job title, organization 1 title, position, role, job, fonction,
    puesto, cargo, functie, posizione, qualifica, посада`,
  additional_data: `note, comments, comment, remarks, notizen, bemerkung, bemerkungen,
    remarques, notas, anotações, observações, notities, нотатки, примітки`,
}

/** Columns that hold one text of a contact, by the keys of their headers. */
export const textColumns = new Map<string, TextColumn>([
  ...byHeaderKey(ownHeaders),
  ...byHeaderKey(otherHeaders),
  ...byHeaderKey(moreTextHeaders),
])

/** The headers of columns whose texts are not copied as they are. */
const specialHeaders = {
  /** A prefix or a job title, depending on the other columns. */
  title: 'title, titel, titre, título, titolo, titre 1',
  /** The first name or the full name. */
  nome: 'nome',
  /** The birthday in Portuguese, an anniversary in Spanish. */
  aniversario: 'aniversário',
  /** A phone in Yahoo's files; something else where no column holds a name. */
  place: 'home, work, other',
  name: `name, full name, display name, formatted name, contact, contact name, anzeigename,
    nom complet, nombre completo, nome completo, volledige naam, naam, nome visualizzato,
    weergavenaam, повне ім'я`,
  birthday: `birthday, birth date, birthdate, date of birth, dob, geburtstag, geburtsdatum,
    anniversaire, date de naissance, cumpleaños, fecha de nacimiento, verjaardag,
    geboortedatum, compleanno, data di nascita, data de nascimento, день народження,
    дата народження`,
  birth_year: 'birth year',
  birth_month: 'birth month',
  birth_day: 'birth day',
  groups: `labels, groups, group, group membership, categories, category, tags, tag, kategorien,
    catégories, categorías, categorie, categorieën, categorias, категорії, групи, мітки`,
  uid: 'kith uid',
  /** In our own files, what a card says that no field holds. */
  beyond: 'vCard FN, vCard ORG, vCard TITLE',
  /** Repeats the values of other columns. */
  echo: `email display name, email 2 display name, email 3 display name,
    e-mail angezeigter name, e-mail 2 angezeigter name, e-mail 3 angezeigter name,
    nom complet de l'adresse de messagerie, nom complet de l'adresse de messagerie 2,
    nom complet de l'adresse de messagerie 3, nombre de pantalla de correo electrónico,
    nombre de pantalla de correo electrónico 2, nombre de pantalla de correo electrónico 3,
    nome visualizzato posta elettronica, nome visualizzato posta elettronica 2,
    nome visualizzato posta elettronica 3, weergavenaam voor e-mail,
    e-mail weergegeven naam 2, e-mail weergegeven naam 3, nome para exibição do email,
    коротке ім'я ел. пошти, коротке ім'я ел. пошти 2, коротке ім'я ел. пошти 3`,
  /** Holds one of {@link usualValues} unless somebody chose another. */
  usual: `gender, priority, sensitivity, private, email type, organization 1 type, geschlecht,
    priorität, vertraulichkeit, privat, e-mail-typ, e-mail 2 typ, e-mail 3 typ, sexe, priorité,
    critère de diffusion, privé, type de messagerie, type de messagerie 2, type de messagerie 3,
    género, prioridad, confidencialidad, privado, tipo de correo electrónico 2,
    tipo de correo electrónico 3, стать, важливість, приватність, приватне, тип ел. пошти,
    тип 2 ел. пошти, тип 3 ел. пошти, sesso, priorità, riservatezza, privato,
    tipo posta elettronica, tipo posta elettronica 2, tipo posta elettronica 3, geslacht,
    prioriteit, gevoeligheid, privé, e-mailtype, e-mailtype 2, e-mailtype 3, prioridade, sexo,
    tipo de email`,
}

/** Columns whose texts are not copied as they are. */
export const specialColumns: Map<string, keyof typeof specialHeaders> = new Map([
  ...byHeaderKey(specialHeaders),
  ...byHeaderKey(moreSpecialHeaders),
])

export const usualValues = new Set(
  `normal, normale, unspecified, false, smtp, work, * work, keine angabe, nicht angegeben, falsch,
    faux, non spécifié, non spécifiée, falso, no especificado, звичайна, звичайний, не вказано,
    хибність, niet opgegeven, onwaar, non specificato, não especificado`.split(/,\s+/),
)

export type SpecialColumn = typeof specialColumns extends Map<string, infer Name> ? Name : never
