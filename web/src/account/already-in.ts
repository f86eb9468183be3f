import { knownUser } from '../device.ts'

/**
 * Whether somebody who is logged in here came to a door of the app. Whoever has to log in again is sent there with a
 * query, and an invitation comes with its token.
 */
export const isAlreadyIn = (): boolean =>
  knownUser() !== null &&
  /^\/(?:login|signup)$/.test(location.pathname) &&
  location.search === '' &&
  history.state === null
