import { html, type SafeHtml } from '../../html.ts'

export const profileType = 'application/x-apple-aspen-config'

type Account = {
  /** The app password's. */
  keyId: string
  name: string
  publicUrl: URL
  email: string
  userId: string
  /** Without it, the device asks for it. */
  password: string | undefined
}

/**
 * A configuration profile (https://developer.apple.com/documentation/devicemanagement/carddav) that sets up
 * the contacts of an account on an iPhone, iPad or Mac. It is not signed, which the device mentions.
 */
export function appleProfile({ keyId, name, publicUrl, email, userId, password }: Account): string {
  const isSecure = publicUrl.protocol === 'https:'
  const port = publicUrl.port === '' ? (isSecure ? '443' : '80') : publicUrl.port
  const account = dict([
    ['PayloadType', string('com.apple.carddav.account')],
    ['PayloadVersion', integer('1')],
    ['PayloadIdentifier', string(`kith.carddav.${keyId}.account`)],
    ['PayloadUUID', string(uuidBeside(keyId))],
    ['PayloadDisplayName', string(name)],
    ['CardDAVAccountDescription', string(`Kith (${publicUrl.hostname})`)],
    ['CardDAVHostName', string(publicUrl.hostname)],
    ['CardDAVPort', integer(port)],
    ['CardDAVUseSSL', isSecure ? html`<true />` : html`<false />`],
    ['CardDAVPrincipalURL', string(`/dav/principals/${userId}/`)],
    ['CardDAVUsername', string(email)],
    ...(password === undefined ? [] : [['CardDAVPassword', string(password)] as const]),
  ])
  const profile = dict([
    ['PayloadType', string('Configuration')],
    ['PayloadVersion', integer('1')],
    ['PayloadIdentifier', string(`kith.carddav.${keyId}`)],
    ['PayloadUUID', string(keyId.toUpperCase())],
    ['PayloadDisplayName', string(`Contacts of ${email}`)],
    ['PayloadDescription', string('Syncs your contacts with Kith.')],
    ['PayloadContent', html`<array>${account}</array>`],
  ])
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
${html`<plist version="1.0">${profile}</plist>`.markup}
`
}

function dict(entries: readonly (readonly [key: string, value: SafeHtml])[]): SafeHtml {
  const lines = entries.map(([key, value]) => html`<key>${key}</key>${value}`)
  return html`<dict>${lines}</dict>`
}

function string(value: string): SafeHtml {
  return html`<string>${value}</string>`
}

function integer(value: string): SafeHtml {
  return html`<integer>${value}</integer>`
}

/** Another UUID, the same for the same one. */
function uuidBeside(id: string): string {
  const last = Number.parseInt(id.slice(-1), 16)
  return `${id.slice(0, -1)}${(last ^ 1).toString(16)}`.toUpperCase()
}
