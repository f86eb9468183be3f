import { create } from 'zustand'

/** Chromium's event that a page may be installed, which no other browser has. */
type InstallPrompt = Event & { prompt: () => Promise<{ outcome: 'accepted' | 'dismissed' }> }

const useInstalling = create<{ prompt: InstallPrompt | null }>()(() => ({ prompt: null }))

/** Keeps the browser's offer to install the app, for the place where people look for it. */
export function keepInstallOffer(): void {
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault()
    useInstalling.setState({ prompt: event as InstallPrompt })
  })
  addEventListener('appinstalled', () => useInstalling.setState({ prompt: null }))
}

/** Installs the app; null where the browser does not offer that. */
export function useInstall(): (() => void) | null {
  const prompt = useInstalling((state) => state.prompt)
  return prompt && (() => void prompt.prompt())
}

/** Whether the app runs in a window of its own. */
export const isInstalled = (): boolean => matchMedia('(display-mode: standalone)').matches
