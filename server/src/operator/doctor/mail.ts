import type { Config } from '../../config.ts'
import { checkSmtp } from '../../mail/smtp-transport.ts'
import { findingsOf, reasonOf, type Finding } from './finding.ts'

const { ok, warning, problem } = findingsOf('Mail')

/** Whether the mail server lets us in; nothing is sent. */
export async function checkMail({ smtpUrl, mailFrom, publicUrl }: Config): Promise<Finding[]> {
  if (!smtpUrl) {
    const text = 'no mail is sent: each is a file in the data folder, its link in the log'
    const isPublic = publicUrl.protocol === 'https:'
    return [
      isPublic
        ? warning(text, 'set SMTP_URL, so that people can confirm their addresses')
        : ok(text),
    ]
  }
  const host = new URL(smtpUrl).host
  try {
    await checkSmtp(smtpUrl)
    return [ok(`${host} lets us in; the sender is ${mailFrom.address}`)]
  } catch (error) {
    return [
      problem(`${host} does not let us in: ${reasonOf(error)}`, 'see whether SMTP_URL is right'),
    ]
  }
}
