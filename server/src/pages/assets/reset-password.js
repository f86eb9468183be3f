import { onSubmit, post, refusedIn, sentenceFor } from './forms.js'

const reset = document.querySelector('#reset')
const forgot = document.querySelector('#forgot')
const status = document.querySelector('#status')
let token

// The token stands behind the # of the link, so that it never reaches a log or a referrer. Whoever
// has this page open already and follows a link to it gets no new page, but this event.
addEventListener('hashchange', readToken)
readToken()

function readToken() {
  token = new URLSearchParams(location.hash.slice(1)).get('token')
  history.replaceState(null, '', location.pathname)
  show(token ? reset : forgot)
  say('')
}

onSubmit(reset, async ({ password, again }) => {
  if (password !== again) return say('The two passwords differ.')
  const { ok, answer } = await post('/api/auth/reset_password', { token, password })
  if (ok) show(null)
  // Used, old, or cut off by a mail program.
  else if (answer.code === 'invalid_reset_token' || refusedIn(answer) === 'token') show(forgot)
  sayAnswer(answer)
})

onSubmit(forgot, async ({ email }) => {
  const { ok, answer } = await post('/api/auth/forgot_password', { email })
  if (ok) show(null)
  sayAnswer(answer)
})

function sayAnswer(answer) {
  say(refusedIn(answer) === 'token' ? 'This link is not complete.' : sentenceFor(answer))
}

/** At most one form at a time. */
function show(form) {
  for (const one of [reset, forgot]) one.hidden = one !== form
}

function say(text) {
  status.textContent = text
}
