import { useEffect } from 'react'
import { Route, Switch, useLocation } from 'wouter'
import { to } from '../routes.ts'
import { isAlreadyIn } from './already-in.ts'
import { Confirm } from './confirm.tsx'
import { Forgot } from './forgot.tsx'
import { LogIn } from './log-in.tsx'
import { Reset } from './reset.tsx'
import { SignUp } from './sign-up.tsx'
import { Welcome } from './welcome.tsx'

/** The pages for who is not logged in. They work without the data worker. */
export function AccountPages() {
  useLocation()
  const isIn = isAlreadyIn()
  useEffect(() => {
    if (isIn) location.replace(to.contacts)
  }, [isIn])
  if (isIn) return null
  return (
    <Switch>
      <Route path="/welcome" component={Welcome} />
      <Route path="/signup" component={SignUp} />
      <Route path="/confirm" component={Confirm} />
      <Route path="/forgot" component={Forgot} />
      <Route path="/reset-password" component={Reset} />
      <Route component={LogIn} />
    </Switch>
  )
}
