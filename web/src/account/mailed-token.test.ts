import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { tokenIn } from './mailed-token.ts'

const token = 'p5tRj64nEGwrvA8IrDdI72SHy8l7--axwFO_F-yjclI'

describe('a token in what people paste', () => {
  it('is found alone, in a link, and with what mail programs put around it', () => {
    for (const text of [
      token,
      ` ${token}\n`,
      `https://kith.example/confirm/${token}`,
      `<https://kith.example/confirm#token=${token}>`,
      `https://gateway.example/?u=https://kith.example/confirm?token=${token}&x=1`,
      `${token}.`,
    ]) {
      assert.equal(tokenIn(text), token, text)
    }
  })

  it('is not found where there is none', () => {
    for (const text of ['', 'no', token.slice(1), `${token}x`, `-${token}`]) {
      assert.equal(tokenIn(text), null, text)
    }
  })
})
