// Runs before anything is painted: the theme that was chosen, and whether somebody uses the app on this
// device, or the frame of the app must not be shown yet. `src/device.ts` writes what is read here.
;(() => {
  const read = (key) => {
    try {
      return localStorage.getItem(key)
    } catch {
      return null
    }
  }
  const root = document.documentElement
  const theme = read('kith-theme')
  if (theme) root.dataset.theme = theme
  root.dataset.device = read('kith-known') ? 'known' : 'unknown'
  root.lang = read('kith-language') ?? root.lang
})()
