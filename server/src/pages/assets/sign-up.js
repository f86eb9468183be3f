import { onSubmit, post, sentenceFor } from './forms.js'

const form = document.querySelector('#sign-up')
const status = document.querySelector('#status')
const { invite } = form.elements

// Out of the address bar, which others may see and programs keep.
const [, , secret] = location.pathname.split('/')
if (secret) {
  invite.value = decodeURIComponent(secret)
  history.replaceState(null, '', '/signup')
}

onSubmit(form, async ({ invite, ...account }) => {
  const given = invite.trim()
  const { ok, answer } = await post('/api/auth/signup', {
    ...account,
    ...(given && { invite: given }),
  })
  if (ok) form.hidden = true
  status.textContent = sentenceFor(answer)
})
