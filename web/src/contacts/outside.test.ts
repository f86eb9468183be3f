import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { mailAddress, messengerAddress, phoneAddress, webAddress } from './outside.ts'

describe('an address that leads out of the app', () => {
  it('dials what a phone can dial', () => {
    assert.equal(phoneAddress('+48 (22) 123-45 67'), 'tel:+48221234567')
  })

  it('keeps what could be more than an e-mail address within it', () => {
    assert.equal(mailAddress('a?bcc=x@b.example'), 'mailto:a%3Fbcc%3Dx@b.example')
  })

  it('is one of the web or none', () => {
    assert.equal(webAddress('ada.example'), 'https://ada.example/')
    assert.equal(webAddress('http://ada.example/a b'), 'http://ada.example/a%20b')
    for (const link of ['javascript:alert(1)', 'data:text/html,x', 'file:///etc', 'no host', '']) {
      assert.equal(webAddress(link), null, link)
    }
  })

  it('is that of the messenger, where there is one', () => {
    assert.equal(messengerAddress('telegram', '@ada'), 'https://t.me/ada')
    assert.equal(messengerAddress('signal', '+44 20 7946'), 'https://signal.me/#p/+44207946')
    assert.equal(messengerAddress('icq', '123'), null)
    assert.equal(messengerAddress(null, 'javascript:alert(1)'), null)
  })
})
