import { rememberedLanguage } from '../device.ts'
import { languages, type Language } from './catalogues.ts'

/** The language that was chosen on this device, else the first of the browser's that there is. */
export function chooseLanguage(wanted: readonly string[] = navigator.languages): Language {
  const asked = [rememberedLanguage() ?? '', ...wanted].map((tag) => tag.split('-')[0])
  return asked.flatMap((tag) => languages.filter((language) => language === tag))[0] ?? 'en'
}
