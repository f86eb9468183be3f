import { useData } from '../data/state.ts'
import { forgetDevice } from '../device.ts'
import { signedOutAddress } from './way-in.ts'

/** Leaves the app for the signed-out pages once nobody is logged in on this device any more. */
export function leaveWithoutSession(): void {
  useData.subscribe(({ session }) => {
    if (session.kind !== 'none' && session.kind !== 'ended') return
    forgetDevice()
    location.replace(session.kind === 'ended' ? '/login?ended' : signedOutAddress())
  })
}
