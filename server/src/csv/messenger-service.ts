const knownServices = new Set([
  'aim',
  'discord',
  'google talk',
  'icq',
  'irc',
  'jabber',
  'line',
  'matrix',
  'msn',
  'qq',
  'signal',
  'skype',
  'telegram',
  'threema',
  'viber',
  'wechat',
  'whatsapp',
  'xmpp',
  'yahoo',
])

/** The service of a messenger: a known one in lower case, another one as typed. */
export function readService(service: string): string {
  const folded = service.toLowerCase().replace(/^g(?:oogle)?talk$/, 'google talk')
  return knownServices.has(folded) ? folded : service
}
