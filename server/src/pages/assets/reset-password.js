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
  say(sentenceFor(answer))
})

onSubmit(forgot, async ({ email }) => {
  const { ok, answer } = await post('/api/auth/forgot_password', { email })
  if (ok) show(null)
  say(sentenceFor(answer))
})

function onSubmit(form, handle) {
  const button = form.querySelector('button')
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    button.disabled = true
    await handle(Object.fromEntries(new FormData(form)))
    button.disabled = false
  })
}

async function post(path, body) {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return { ok: response.ok, answer: await response.json() }
  } catch {
    return { ok: false, answer: { detail: 'The server could not be reached. Try again.' } }
  }
}

/** The name of the first field that was refused. */
function refusedIn({ errors }) {
  return errors?.[0]?.pointer.slice(1)
}

function sentenceFor(answer) {
  const field = refusedIn(answer)
  if (field === 'token') return 'This link is not complete.'
  return field ? `The ${field} ${answer.errors[0].detail}` : (answer.message ?? answer.detail)
}

/** At most one form at a time. */
function show(form) {
  for (const one of [reset, forgot]) one.hidden = one !== form
}

function say(text) {
  status.textContent = text
}
