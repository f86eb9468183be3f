// Addresses that lead out of the app. Nothing is asked of them until somebody follows one.

const dialled = (phone: string) => phone.replace(/[^\d+*#,;]/g, '')

export const phoneAddress = (phone: string) => `tel:${encodeURI(dialled(phone))}`
export const textAddress = (phone: string) => `sms:${encodeURI(dialled(phone))}`
export const mailAddress = (email: string) =>
  `mailto:${encodeURIComponent(email).replaceAll('%40', '@')}`
export const mapAddress = (place: string) =>
  `https://www.openstreetmap.org/search?${new URLSearchParams({ query: place })}`

/** The address of a link, when it is one of the web; a bare host counts. */
export function webAddress(link: string): string | null {
  const full = /^[a-z][a-z\d+.-]*:/i.test(link) ? link : `https://${link}`
  const url = URL.parse(full)
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:'
  return url && isWeb && url.hostname.includes('.') ? url.href : null
}

/** Where a handle leads; null for services whose addresses are unknown. */
export function messengerAddress(service: string | null, handle: string): string | null {
  const bare = encodeURIComponent(handle.replace(/^@/, ''))
  const digits = handle.replace(/\D/g, '')
  switch (service) {
    case 'whatsapp':
      return digits ? `https://wa.me/${digits}` : null
    case 'telegram':
      return /^\+?[\d\s()-]+$/.test(handle) ? `https://t.me/+${digits}` : `https://t.me/${bare}`
    case 'signal':
      return handle.startsWith('+') ? `https://signal.me/#p/+${digits}` : null
    case 'threema':
      return `https://threema.id/${bare}`
    case 'matrix':
      return `https://matrix.to/#/${encodeURIComponent(handle)}`
    case 'skype':
      return `skype:${bare}?chat`
    case 'sip':
      return `sip:${encodeURI(handle)}`
    case 'jabber':
      return `xmpp:${encodeURI(handle)}`
    default:
      return null
  }
}
