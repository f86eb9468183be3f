/** The properties of vCard 2.1, RFC 2426, RFC 6350, and the later ones that IANA has registered. */
export const standardProperties: ReadonlySet<string> = new Set(
  (
    'ADR AGENT ANNIVERSARY BDAY BEGIN BIRTHPLACE CALADRURI CALURI CAPURI CATEGORIES CLASS ' +
    'CLIENTPIDMAP CONTACT-URI CREATED DEATHDATE DEATHPLACE EMAIL END EXPERTISE FBURL FN GENDER ' +
    'GEO GRAMGENDER HOBBY IMPP INTEREST JSPROP KEY KIND LABEL LANG LANGUAGE LOGO MAILER MEMBER N ' +
    'NAME NICKNAME NOTE ORG ORG-DIRECTORY PHOTO PRODID PROFILE PRONOUNS RELATED REV ROLE ' +
    'SOCIALPROFILE SORT-STRING SOUND SOURCE TEL TITLE TZ UID URL VERSION XML'
  ).split(' '),
)

/** Whether a name is one of a standard, or begins with X- as those of programs do. */
export function isKnownName(name: string): boolean {
  return standardProperties.has(name) || name.startsWith('X-')
}

/** Whether a text begins like a line with a property of that kind. */
export function beginsProperty(text: string): boolean {
  const name = /^(?:[\w-]{1,80}\.)?([A-Za-z][\w-]{0,80})[ \t]*[;:]/.exec(text)?.[1]
  return name !== undefined && isKnownName(name.toUpperCase())
}

/** Properties whose values are no text of several lines: a line that is none does not belong to them. */
export const propertiesOfOneLine: ReadonlySet<string> = new Set(
  (
    'AGENT ANNIVERSARY BDAY BEGIN CALADRURI CALURI CLASS CLIENTPIDMAP CREATED EMAIL END FBURL GENDER ' +
    'GEO IMPP KEY KIND LANG LOGO MAILER MEMBER PHOTO PRODID PROFILE REV SOUND SOURCE TEL TZ UID URL ' +
    'VERSION X-ABDATE X-SOCIALPROFILE SOCIALPROFILE'
  ).split(' '),
)
