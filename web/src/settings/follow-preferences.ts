import { useData } from '../data/state.ts'
import {
  rememberedLanguage,
  rememberedRegion,
  rememberLanguage,
  rememberRegion,
  setTheme,
} from '../device.ts'

/**
 * Has this device follow the preferences that were set on another one: the theme at once, language and region
 * from the next start on.
 */
export function followPreferences(): void {
  useData.subscribe(({ preferences }, before) => {
    if (preferences === null || preferences === before.preferences) return
    const { theme, language, region } = preferences
    setTheme(theme ?? 'system')
    if (language !== rememberedLanguage()) rememberLanguage(language)
    if (region !== rememberedRegion()) rememberRegion(region)
  })
}
