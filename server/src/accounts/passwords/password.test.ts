import assert from 'node:assert/strict'
import { availableParallelism } from 'node:os'
import { describe, it } from 'node:test'
import { timeRatio } from '../../../test/time-ratio.ts'
import { AppError } from '../../errors.ts'
import { createPasswords, refuseWeakPassword } from './password.ts'

const passwords = createPasswords()

describe('passwords', () => {
  it('are kept as argon2id hashes, each with its own salt', async () => {
    const [one, other] = await Promise.all([
      passwords.hash('tr0ub4dor&3'),
      passwords.hash('tr0ub4dor&3'),
    ])

    assert.match(one, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    assert.notEqual(one, other)
    assert.equal(await passwords.verify(one, 'tr0ub4dor&3'), true)
    assert.equal(await passwords.verify(one, 'tr0ub4dor&4'), false)
  })

  it('are the same however the keyboard composes their letters', async () => {
    const spellings = ['Zoë ﬁancée Å', 'パスワード ｶﾅ']
    for (const password of spellings) {
      const hash = await passwords.hash(password.normalize('NFC'))
      for (const form of ['NFC', 'NFD', 'NFKC', 'NFKD']) {
        assert.equal(await passwords.verify(hash, password.normalize(form)), true, form)
      }
    }
  })

  it('keep their spaces, their case and all of their length', async () => {
    const long = `  ${'correct horse '.repeat(9)}🐎  `
    const hash = await passwords.hash(long)

    assert.equal(await passwords.verify(hash, long), true)
    assert.equal(await passwords.verify(hash, long.trim()), false)
    assert.equal(await passwords.verify(hash, long.toUpperCase()), false)
    assert.equal(await passwords.verify(hash, `${long.slice(0, 72)}${'x'.repeat(57)}`), false)
  })

  it('are wrong, and nothing worse, for a broken hash or none', async () => {
    const broken = [
      '',
      'x',
      '$argon2id$',
      '$argon2id$v=19$m=19456,t=2,p=1$AAAA',
      '$2b$10$abc',
      '\0',
    ]
    for (const hash of [...broken, undefined]) {
      assert.equal(await passwords.verify(hash, 'correct horse'), false, String(hash))
    }
  })

  it('take as long to check without a hash, so that nobody learns which accounts exist', async () => {
    const hash = await passwords.hash('correct horse')
    const ratio = await timeRatio(
      () => passwords.verify(hash, 'wrong horse'),
      () => passwords.verify(undefined, 'wrong horse'),
    )

    // If no hash were computed for an unknown account, the ratio would be about a thousand.
    assert.ok(ratio < 10, `${ratio} times as long`)
  })

  it('are refused while the queue is full, and checked again once it is not', async () => {
    const busy = createPasswords()
    const hash = await busy.hash('correct horse')
    // The first check without a hash computes one, which would take a place in the queue.
    await busy.verify(undefined, 'correct horse')
    const crowd = Array.from({ length: availableParallelism() + 64 + 10 }, () =>
      busy.verify(hash, 'correct horse'),
    )
    const results = await Promise.allSettled(crowd)
    const refused = results.filter(({ status }) => status === 'rejected')

    assert.equal(refused.length, 10)
    for (const { reason } of refused as PromiseRejectedResult[]) {
      assert.ok(reason instanceof AppError)
      assert.equal(reason.kind, 'unavailable')
      assert.ok(Number(reason.retryAfterSeconds) > 0)
    }
    assert.equal(await busy.verify(hash, 'correct horse'), true)
  })
})

describe('refuseWeakPassword', () => {
  it('refuses what is guessed first, in any case and width', () => {
    for (const password of ['password', 'PassWord', 'password1', '12345678', 'ｐａｓｓｗｏｒｄ']) {
      assert.throws(() => refuseWeakPassword(password), { kind: 'invalid' }, password)
    }
  })

  it('refuses one or two characters over and over', () => {
    for (const password of ['aaaaaaaaaa', 'abababababab', '🐎🐎🐎🐎🐎🐎🐎🐎']) {
      assert.throws(() => refuseWeakPassword(password), { kind: 'invalid' }, password)
    }
  })

  it('counts a letter and its accent as one character', () => {
    const four = 'éüöà'.normalize('NFD')

    assert.equal(Array.from(four).length, 8)
    assert.throws(() => refuseWeakPassword(four), { kind: 'invalid' })
    refuseWeakPassword('éüöàâêîô'.normalize('NFD'))
  })

  it('asks for no kind of character, and names the field it refuses', () => {
    refuseWeakPassword('correct horse battery staple')
    refuseWeakPassword('зміїна гора')
    assert.throws(() => refuseWeakPassword('password', '/new_password'), {
      errors: [
        { pointer: '/new_password', detail: 'is one of the passwords that are guessed first.' },
      ],
    })
  })
})
