const form = document.querySelector('#login')
const result = document.querySelector('#result')
document.querySelector('#origin').textContent = location.origin

form.addEventListener('submit', async (event) => {
  event.preventDefault()
  const { api, email, password } = Object.fromEntries(new FormData(form))
  show('working', 'Asking the API …')
  try {
    const { body: tokens } = await ask(api, '/api/auth/login', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    })
    const { body: contacts, headers } = await ask(api, '/api/contacts?limit=20', {
      headers: { authorization: `Bearer ${tokens.access_token}` },
    })
    const total = headers.get('x-total-count')
    show('allowed', `The browser let this page read the answers: ${total} contacts.`)
    result.append(tableOf(contacts))
  } catch (error) {
    // A failed fetch throws a TypeError; anything else is an answer that we could read.
    if (error instanceof TypeError) showRefusal(api)
    else show('answered', `The API answered: ${error.message}`)
  }
})

async function ask(api, path, options) {
  const response = await fetch(new URL(path, api), options)
  const body = await response.json()
  if (!response.ok) throw new Error(body.detail)
  return { body, headers: response.headers }
}

/** All that `fetch` tells a page is that it failed: the reason is for the console, not for pages. */
function showRefusal(api) {
  show('refused', `The browser did not let this page read an answer of ${api}.`)
  result.append(
    paragraph(
      'Pages of another origin may read an answer only if its header Access-Control-Allow-Origin',
      'names them. The API names the origins in its setting CORS_ORIGINS;',
      `${location.origin} seems not to be among them.`,
    ),
    paragraph(
      'The console (F12) has the browser’s own words. An API that is not running looks the same',
      'from here: then the console says “connection refused”.',
    ),
  )
}

function show(outcome, text) {
  result.className = outcome
  result.replaceChildren(paragraph(text))
}

function paragraph(...lines) {
  return element('p', lines.join(' '))
}

function tableOf(contacts) {
  const table = element('table', element('tr', ...['Name', 'E-mail', 'Phone', 'Birthday'].map(th)))
  for (const { first_name: first, last_name: last, email, phone, birthday } of contacts) {
    const name = [first, last].filter(Boolean).join(' ')
    table.append(element('tr', ...[name, email, phone, birthday].map(td)))
  }
  return table
}

function th(text) {
  return element('th', text)
}

function td(text) {
  return element('td', text ?? '')
}

/** Text goes in as text: what somebody typed into a contact is never read as HTML. */
function element(name, ...children) {
  const made = document.createElement(name)
  made.append(...children)
  return made
}
