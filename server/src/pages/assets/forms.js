/** Calls `handle` with the fields of a form each time that it is sent; its button rests meanwhile. */
export function onSubmit(form, handle) {
  const button = form.querySelector('button')
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    button.disabled = true
    await handle(Object.fromEntries(new FormData(form)))
    button.disabled = false
  })
}

/** Sends JSON. @returns whether it was taken, and what was answered */
export async function post(path, body) {
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
export function refusedIn({ errors }) {
  return errors?.[0]?.pointer.slice(1)
}

/** What to tell a person of an answer. */
export function sentenceFor(answer) {
  const field = refusedIn(answer)
  return field ? `The ${field} ${answer.errors[0].detail}` : (answer.message ?? answer.detail)
}
