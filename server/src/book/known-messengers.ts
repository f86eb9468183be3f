type Service = {
  /** The name in cards, as Apple spells it. */
  name: string
  /** The scheme of URIs in cards. */
  scheme: string
  /** The properties that cards had for the service before IMPP (RFC 4770). */
  properties?: string[]
  /** Other names in cards and in other programs' CSV files. */
  aliases?: string[]
}

/** The known messengers, by the lower-case name that contacts hold. */
export const knownMessengers: ReadonlyMap<string, Service> = new Map(
  Object.entries({
    aim: { name: 'AIM', scheme: 'aim', properties: ['X-AIM'] },
    'gadu-gadu': {
      name: 'GaduGadu',
      scheme: 'gg',
      properties: ['X-GADUGADU', 'X-GADU-GADU'],
      aliases: ['gg'],
    },
    'google talk': {
      name: 'GoogleTalk',
      scheme: 'xmpp',
      properties: ['X-GTALK', 'X-GOOGLE-TALK'],
      aliases: ['gtalk', 'google-talk', 'googletalk', 'hangouts'],
    },
    groupwise: { name: 'GroupWise', scheme: 'groupwise', properties: ['X-GROUPWISE'] },
    icq: { name: 'ICQ', scheme: 'icq', properties: ['X-ICQ'] },
    irc: { name: 'IRC', scheme: 'irc' },
    jabber: { name: 'Jabber', scheme: 'xmpp', properties: ['X-JABBER'], aliases: ['xmpp'] },
    matrix: { name: 'Matrix', scheme: 'matrix', properties: ['X-MATRIX'] },
    msn: { name: 'MSN', scheme: 'msnim', properties: ['X-MSN'], aliases: ['msnim'] },
    qq: { name: 'QQ', scheme: 'qq', properties: ['X-QQ'] },
    signal: { name: 'Signal', scheme: 'signal' },
    sip: { name: 'SIP', scheme: 'sip', properties: ['X-SIP'] },
    skype: { name: 'Skype', scheme: 'skype', properties: ['X-SKYPE', 'X-SKYPE-USERNAME'] },
    telegram: { name: 'Telegram', scheme: 'telegram', aliases: ['tg'] },
    threema: { name: 'Threema', scheme: 'threema' },
    whatsapp: { name: 'WhatsApp', scheme: 'whatsapp' },
    yahoo: { name: 'Yahoo', scheme: 'ymsgr', properties: ['X-YAHOO'], aliases: ['ymsgr'] },
    facebook: { name: 'Facebook', scheme: 'x-apple' },
    twitter: { name: 'Twitter', scheme: 'x-apple', properties: ['X-TWITTER'] },
    linkedin: { name: 'LinkedIn', scheme: 'x-apple' },
    instagram: { name: 'Instagram', scheme: 'x-apple' },
    mastodon: { name: 'Mastodon', scheme: 'x-apple' },
  } satisfies Record<string, Service>),
)

const byName = new Map<string, string>()
for (const [key, { name, aliases = [] }] of knownMessengers) {
  for (const text of [key, name, ...aliases]) byName.set(text.toLowerCase(), key)
}

/** The lower-case name of a known messenger by any of its names; undefined for an unknown one. */
export function knownMessenger(name: string): string | undefined {
  return byName.get(name.toLowerCase())
}
