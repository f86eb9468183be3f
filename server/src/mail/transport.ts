/** A mail ready to go. */
export type Message = {
  /**
   * Without the angle brackets. A second copy has the same, so that a mailbox can drop it; other
   * words, a new link among them, are another message (RFC 5322, 3.6.4).
   */
  messageId: string
  to: string
  subject: string
  text: string
  html: string
  /** What the reader is asked to open; null in mails that only tell. */
  link: string | null
}

/** Hands a mail on, to SMTP or to a file. */
export interface MailTransport extends Disposable {
  /**
   * @throws RecipientRefused when the mail server will never take a mail to this address
   * @throws Error when the mail was not taken, and is to be tried again
   */
  send(message: Message): Promise<void>
}
