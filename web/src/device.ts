// What this browser remembers outside any account, so that `public/early.js` can read it before the first
// paint. Nothing here is a secret, and nothing of a book.

export type Theme = 'light' | 'dark' | 'system'

/** The id of the account that is used on this device: then the app opens at once, without asking the server. */
export const knownUser = (): string | null => read('kith-known')

export function rememberUser(userId: string): void {
  write('kith-known', userId)
}

/** Shows the frame of the app, which `early.js` hides where nobody is known. */
export function showFrame(): void {
  document.documentElement.dataset['device'] = 'known'
}

export function forgetDevice(): void {
  write('kith-known', null)
}

/** Shows a theme now and from the first paint of the next start on. */
export function setTheme(theme: Theme): void {
  const chosen = theme === 'system' ? null : theme
  write('kith-theme', chosen)
  if (chosen) document.documentElement.dataset['theme'] = chosen
  else delete document.documentElement.dataset['theme']
}

/** The language that was chosen here; null: that of the browser. */
export const rememberedLanguage = (): string | null => read('kith-language')

export function rememberLanguage(language: string | null): void {
  write('kith-language', language)
}

/** The region that was chosen here, as a code of ISO 3166-1; null: that of the browser. */
export const rememberedRegion = (): string | null => read('kith-region')

export function rememberRegion(region: string | null): void {
  write('kith-region', region)
}

/** Storage may be forbidden; then the device is asked for nothing and remembers nothing. */
function read(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function write(key: string, value: string | null) {
  try {
    if (value === null) localStorage.removeItem(key)
    else localStorage.setItem(key, value)
  } catch {
    // As above.
  }
}
