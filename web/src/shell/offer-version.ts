import { text } from '../strings/text.ts'
import { notify } from '../ui/toast.tsx'

let withdraw = () => {}

/** Says that there is a new version; never while a form is open, and nobody has to take it. */
export function offerVersion(reload: () => void): void {
  withdraw()
  if (!isFormOpen()) return show(reload)
  // The router says with this event that it went elsewhere.
  const retry = () => offerVersion(reload)
  withdraw = () => removeEventListener('pushState', retry)
  addEventListener('pushState', retry, { once: true })
}

function show(reload: () => void) {
  withdraw = notify({
    title: text('ui.newVersion'),
    action: { label: text('ui.reloadForNew'), onPress: reload },
    stays: true,
  })
}

const isFormOpen = () => /^\/(new|c\/[^/]+\/edit)\/?$/.test(location.pathname)
