import { Route, Switch } from 'wouter'
import { Confirm } from './confirm.tsx'
import { Forgot } from './forgot.tsx'
import { LogIn } from './log-in.tsx'
import { Reset } from './reset.tsx'
import { SignUp } from './sign-up.tsx'
import { Welcome } from './welcome.tsx'

/** The pages for who is not logged in. They work without the data worker. */
export function AccountPages() {
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
