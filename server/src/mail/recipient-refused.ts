/** The mail server refuses the recipient for good: a reply 5yz to RCPT TO (RFC 5321, 4.2.1). */
export class RecipientRefused extends Error {
  override name = 'RecipientRefused'
}
