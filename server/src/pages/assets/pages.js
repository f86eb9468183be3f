// What pages can do without is added here; every form works by itself.

const address = document.querySelector('[data-address]')?.dataset.address

followFragment()
// Whoever has the page open and follows a link to it gets no new page, but this event.
addEventListener('hashchange', followFragment)
for (const button of document.querySelectorAll('.show')) letShow(button)
for (const form of document.querySelectorAll('form')) {
  explainBeside(form)
  sendOnce(form)
}

/** Older mails carry the token behind the #, which only the browser sees. */
function followFragment() {
  if (!address) return
  const token = new URLSearchParams(location.hash.slice(1)).get('token')
  if (token) location.replace(`${address}/${encodeURIComponent(token)}`)
  // Out of the address bar, which others may see and programs keep.
  else if (location.pathname + location.search !== address) history.replaceState(null, '', address)
}

/** Lets a password be looked at; it is hidden again before it is sent, as programs expect it. */
function letShow(button) {
  const input = document.getElementById(button.getAttribute('aria-controls'))
  const set = (isShown) => {
    input.type = isShown ? 'text' : 'password'
    button.setAttribute('aria-pressed', String(isShown))
  }
  button.hidden = false
  button.addEventListener('click', () => set(input.type === 'password'))
  input.form.addEventListener('submit', () => set(false))
}

/** Says what is wrong below the field, as the server does, instead of in the browser's bubble. */
function explainBeside(form) {
  const onInvalid = (event) => {
    event.preventDefault()
    showFault(event.target, event.target.validationMessage)
    form.querySelector('input:invalid').focus()
  }
  // It does not bubble.
  form.addEventListener('invalid', onInvalid, true)
  form.addEventListener('input', ({ target }) => removeFault(target))
}

function showFault(input, text) {
  removeFault(input)
  const fault = document.createElement('p')
  fault.className = 'fault'
  fault.id = `${input.id}-fault`
  fault.role = 'alert'
  fault.textContent = text
  const hint = document.getElementById(`${input.id}-hint`)
  if (hint) hint.before(fault)
  else input.closest('.field').append(fault)
  describe(input, [fault, hint])
  input.setAttribute('aria-invalid', 'true')
}

function removeFault(input) {
  document.getElementById(`${input.id}-fault`)?.remove()
  describe(input, [document.getElementById(`${input.id}-hint`)])
  input.removeAttribute('aria-invalid')
}

function describe(input, elements) {
  const ids = elements.flatMap((element) => (element ? [element.id] : []))
  if (ids.length > 0) input.setAttribute('aria-describedby', ids.join(' '))
  else input.removeAttribute('aria-describedby')
}

/** Keeps a form from being sent twice; who comes back to the page may send it again. */
function sendOnce(form) {
  const button = form.querySelector('button:not([type=button])')
  // Later, since a button that rests sends no form.
  form.addEventListener('submit', () => setTimeout(() => (button.disabled = true)))
  addEventListener('pageshow', () => (button.disabled = false))
}
