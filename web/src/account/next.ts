import { accountPaths, to } from '../routes.ts'

/** Where somebody wanted to go before they were asked to log in: an address of the app, never elsewhere. */
export function nextAddress(search: string = location.search): string {
  const next = new URLSearchParams(search).get('next') ?? to.contacts
  const isOurs = /^\/(?![/\\])/.test(next)
  const isAccount = accountPaths.some((path) => next.split(/[/?#]/)[1] === path.split('/')[1])
  return isOurs && !isAccount ? next : to.contacts
}
