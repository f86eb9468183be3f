import assert from 'node:assert/strict'
import { mkdtempDisposable, readdir, readFile, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import PostalMime from 'postal-mime'
import { fileTransport } from './file-transport.ts'

const from = { name: 'Kith', address: 'kith@example.org' }
const message = {
  messageId: 'abc@example.org',
  to: 'ada@example.org',
  subject: 'Set a new password',
  text: 'Hello Ada, Ünï',
  html: '<p>Hello Ada, Ünï</p>',
  link: `https://kith.example.org/reset-password#token=${'T'.repeat(43)}`,
}

/** A transport into a folder of its own, and what it has printed. */
async function openTransport() {
  const dataDir = await mkdtempDisposable(join(tmpdir(), 'kith-mail-'))
  const printed: string[] = []
  const transport = fileTransport(dataDir.path, from, (text) => printed.push(text))
  const outbox = join(dataDir.path, 'outbox')
  return { transport, printed, outbox, [Symbol.asyncDispose]: () => dataDir.remove() }
}

describe('mail into files', () => {
  it('writes what a mail program can read', async () => {
    await using opened = await openTransport()
    await opened.transport.send(message)

    const [name = ''] = await readdir(opened.outbox)
    const mail = await PostalMime.parse(await readFile(join(opened.outbox, name)))
    assert.match(name, /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z-[0-9a-f]{8}\.eml$/)
    assert.deepEqual(mail.from, from)
    assert.deepEqual(mail.to, [{ name: '', address: message.to }])
    assert.equal(mail.subject, message.subject)
    assert.equal(mail.messageId, '<abc@example.org>')
    assert.equal(mail.text?.trim(), message.text)
    assert.equal(mail.html?.trim(), message.html)
  })

  it('lets nobody else read it', async () => {
    await using opened = await openTransport()
    await opened.transport.send(message)

    const [name = ''] = await readdir(opened.outbox)
    assert.equal((await stat(opened.outbox)).mode & 0o777, 0o700)
    assert.equal((await stat(join(opened.outbox, name))).mode & 0o777, 0o600)
  })

  it('never shows half a mail, however many are written at once', async () => {
    await using opened = await openTransport()
    const sending = Promise.all(Array.from({ length: 20 }, () => opened.transport.send(message)))
    const done = new AbortController()
    const watch = async () => {
      while (!done.signal.aborted) {
        for (const name of await readdir(opened.outbox).catch(() => [])) {
          if (!name.endsWith('.eml')) continue
          const content = await readFile(join(opened.outbox, name), 'utf8')
          assert.match(content, /----[^\n]+--\r?\n$/, 'the mail lacks its end')
        }
      }
    }
    const watched = watch()
    await sending
    done.abort()
    await watched
    assert.equal((await readdir(opened.outbox)).length, 20)
  })

  it('tells the terminal whom it is for, with the link below', async () => {
    await using opened = await openTransport()
    await opened.transport.send(message)
    await opened.transport.send({ ...message, link: null })

    const line = 'Mail to ada@example.org: Set a new password\n'
    assert.deepEqual(opened.printed, [`\n${line}  ${message.link}\n\n`, line])
  })

  it('rejects when the folder cannot be written, and works again once it can', async () => {
    await using opened = await openTransport()
    const misplaced = fileTransport('/dev/null', from, () => {})
    await assert.rejects(misplaced.send(message), { code: 'ENOTDIR' })
    await opened.transport.send(message)
  })
})
