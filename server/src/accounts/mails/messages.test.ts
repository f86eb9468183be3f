import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  accountDeletedMail,
  accountNoticeMail,
  confirmationMail,
  invitationMail,
  passwordResetMail,
} from './messages.ts'

const publicUrl = new URL('https://kith.example.org')
const token = 'T'.repeat(43)
const ada = { username: 'Ada', email: 'ada@example.org' }
const happened = {
  userId: '1',
  at: '2026-11-22T18:53:07.000Z',
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64)',
  ip: '203.0.113.7',
}

function everyMail(reader: { username: string; email: string }, userAgent = happened.userAgent) {
  const notice = (
    kind: 'password_changed' | 'password_reset' | 'session_stolen' | 'email_change_reverted',
  ) => accountNoticeMail(publicUrl, reader, { ...happened, kind, userAgent })
  const newKey = (kind: 'api_token_created' | 'app_password_created') =>
    accountNoticeMail(publicUrl, reader, {
      ...happened,
      kind,
      userAgent,
      keyName: reader.username,
      scope: 'read_only',
    })
  return [
    confirmationMail(publicUrl, reader, token),
    passwordResetMail(publicUrl, reader, token),
    notice('password_changed'),
    notice('password_reset'),
    notice('session_stolen'),
    notice('email_change_reverted'),
    accountDeletedMail(publicUrl, { kind: 'account_deleted', ...reader, at: happened.at }),
    newKey('api_token_created'),
    newKey('app_password_created'),
    accountNoticeMail(publicUrl, reader, { ...happened, kind: 'password_reset', userAgent }, [
      { kind: 'app_password', name: reader.username },
    ]),
  ]
}

describe('mails', () => {
  it('link to a page, show the same token as text, and say how long that works', () => {
    for (const [mail, path, life] of [
      [confirmationMail(publicUrl, ada, token), 'confirm', /valid for 7 days/],
      [passwordResetMail(publicUrl, ada, token), 'reset-password', /valid for 1 hour/],
    ] as const) {
      const page = `https://kith.example.org/${path}`
      const link = `${page}/${token}`
      assert.equal(mail.link, link)
      const lines = mail.text.split('\n')
      assert.ok(lines.includes(link) && lines.includes(token))
      assert.ok(mail.html.includes(`href="${link}"`) && mail.html.includes(`href="${page}"`))
      assert.match(mail.html, new RegExp(`>\\s*${token}\\s*<`))
      for (const part of [mail.text, mail.html]) assert.match(part, life)
    }
  })

  it('list the keys that a change of the password leaves alive, and no other notice does', () => {
    const keys = [
      { kind: 'api_token', name: 'Nightly backup' },
      { kind: 'app_password', name: 'Phone' },
    ] as const
    const textOf = (kind: 'password_changed' | 'session_stolen') =>
      accountNoticeMail(publicUrl, ada, { ...happened, kind }, [...keys]).text
    assert.match(textOf('password_changed'), /API token: Nightly backup\nApp password: Phone\n/)
    assert.doesNotMatch(textOf('session_stolen'), /Nightly|Phone/)
  })

  it('take an invitation to the page that opens an account', () => {
    const link = new URL(`signup/${token}`, publicUrl)
    const mail = invitationMail(publicUrl, ada.email, link, token)
    assert.equal(mail.link, link.href)
    const lines = mail.text.split('\n')
    assert.ok(lines.includes(link.href) && lines.includes(token))
  })

  it('have colours for light and dark, and fetch nothing', () => {
    for (const { html } of everyMail(ada)) {
      assert.match(html, /prefers-color-scheme: dark/)
      assert.doesNotMatch(html, /<img|url\(|@import|<link|<script/)
    }
  })

  it('tell when something happened, from where, and what to do if it was not you', () => {
    for (const mail of everyMail(ada).slice(2, 5)) {
      assert.equal(mail.link, null)
      for (const part of [mail.text, mail.html]) {
        assert.match(part, /22 November 2026 at 18:53 UTC/)
        assert.match(part, /Mozilla\/5\.0 \(X11; Linux x86_64\)/)
        assert.match(part, /203\.0\.113\.7/)
        assert.match(part, /ask for a password reset/)
      }
    }
  })

  it('name the account, its domain as punycode where it was typed in other letters', () => {
    const email = 'ada@xn--exmple-4nf.org'
    for (const mail of everyMail({ username: 'Ada', email })) {
      assert.ok(mail.text.includes(email))
      assert.ok(mail.html.includes(email))
    }
  })

  it('have a subject of one plain line, whatever the username', () => {
    for (const { subject } of everyMail({ ...ada, username: 'A\r\nBcc: eve@example.org\n' })) {
      assert.match(subject, /^[\x20-\x7e]+$/)
      assert.doesNotMatch(subject, /Bcc/)
    }
  })

  it('show markup in a name or a device as the text it is', () => {
    const evil = `<img src=x onerror="alert('x')">&amp;{{7*7}}`
    const asText = '&lt;img src=x onerror=&quot;alert(&#39;x&#39;)&quot;&gt;&amp;amp;{{7*7}}'
    for (const mail of everyMail({ ...ada, username: evil }, evil)) {
      assert.ok(mail.text.includes(`Hello ${evil},`))
      assert.ok(mail.html.includes(`Hello ${asText},`))
      assert.doesNotMatch(mail.html, /<img/)
    }
  })

  it('let no stranger put a link or lines of their own into them', () => {
    const username = 'Free\r\n\u2028money \u202ehttp://evil.example/x www.evil.example'
    for (const mail of everyMail({ ...ada, username }, username)) {
      assert.doesNotMatch(mail.text, /http:\/\/evil|evil\.example|\u202e/)
      assert.match(mail.text, /^Hello Free money {2}http:\u2060\/\/evil\.\u2060example\/x /)
    }
  })

  it('cut what a device calls itself after 200 characters, and say when it says nothing', () => {
    const [, , long] = everyMail(ada, 'x'.repeat(300))
    assert.match(long?.text ?? '', /Device: x{200}\n/)
    const [, , halved] = everyMail(ada, `${'x'.repeat(199)}🙂`)
    assert.match(halved?.text ?? '', /Device: x{199} \n/)
    const [, , silent] = everyMail(ada, '')
    assert.match(silent?.text ?? '', /Device: unknown\n/)
  })
})
