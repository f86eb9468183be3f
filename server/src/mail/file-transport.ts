import { randomBytes } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { styleText } from 'node:util'
import type { Config } from '../config.ts'
import { compose } from './compose.ts'
import type { MailTransport, Message } from './transport.ts'

/**
 * Without a mail server each mail becomes an `.eml` file in the data folder's `outbox`, and its link
 * goes to the terminal: to the person at it, not to the log, which is kept and shipped elsewhere.
 */
export function fileTransport(
  dataDir: string,
  from: Config['mailFrom'],
  print = (text: string): unknown => process.stdout.write(text),
): MailTransport {
  const folder = join(dataDir, 'outbox')
  return {
    async send(message) {
      // Loaded for the first mail: it takes megabytes of memory.
      const { default: nodemailer } = await import('nodemailer')
      const composer = nodemailer.createTransport({ streamTransport: true, buffer: true })
      const { message: content } = await composer.sendMail(compose(from, message))
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const time = new Date().toISOString().replaceAll(':', '-')
      const file = join(folder, `${time}-${randomBytes(4).toString('hex')}.eml`)
      // A reader of the folder sees a whole mail or none.
      await writeFile(`${file}.part`, content, { mode: 0o600, flag: 'wx', flush: true })
      await rename(`${file}.part`, file)
      print(noticeOf(message))
    },
    [Symbol.dispose]() {},
  }
}

/** Blank lines set it apart from the log; the link has a line of its own, to be clicked or copied. */
function noticeOf({ to, subject, link }: Message): string {
  const title = `Mail to ${to}: ${styleText('bold', subject)}\n`
  return link ? `\n${title}  ${styleText('underline', link)}\n\n` : title
}
