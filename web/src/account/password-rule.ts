import { text } from '../strings/text.ts'

/** What is wrong with a new password, as far as the browser can say. */
export const passwordFault = (password: string) =>
  password.length < 8 ? text('account.passwordShort') : null
