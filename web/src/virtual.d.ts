declare module 'virtual:strings/*' {
  import type { LocalizedString } from '@internationalized/string'
  export const messages: Record<string, LocalizedString>
}
