import { usePreferences } from '../data/state.ts'

/** Whether keys that write a character are shortcuts: yes, unless they were switched off. */
export const useSingleKeys = (): boolean => usePreferences()?.single_keys ?? true
