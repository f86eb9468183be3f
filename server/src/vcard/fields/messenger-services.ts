type Service = {
  /** The name in X-SERVICE-TYPE, as Apple spells it. */
  name: string
  /** The scheme of the URI in IMPP. */
  scheme: string
  /** The properties of this service that are older than IMPP (RFC 4770). */
  properties?: string[]
  aliases?: string[]
}

/** The known services by the lower-case names that contacts hold, and how cards write them. */
const services: Record<string, Service> = {
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
}

const entries = Object.entries(services)
const keyByName = new Map<string, string>()
for (const [key, { name, aliases = [] }] of entries) {
  for (const text of [key, name, ...aliases]) keyByName.set(text.toLowerCase(), key)
}
const serviceByKey = new Map(entries)

/** The service of each property that is older than IMPP. */
export const serviceProperties: ReadonlyMap<string, string> = new Map(
  entries.flatMap(([key, { properties = [] }]) => properties.map((name) => [name, key])),
)

/** A service as contacts hold it, without quotes: a parameter cannot hold them (RFC 6350, 3.3). */
export function canonicalService(text: string | null): string | null {
  const service =
    text
      ?.toWellFormed()
      .replaceAll(/["\p{Cc}]+/gu, ' ')
      .trim() || null
  return service === null ? null : (keyByName.get(service.toLowerCase()) ?? service)
}

/** The name and the scheme with which IMPP writes a service. */
export function imppFormOf(service: string): { name: string; scheme: string } {
  return serviceByKey.get(service) ?? { name: service, scheme: 'x-apple' }
}
