import { useCallback, useEffect } from 'react'
import { followImport, useImports, type Followed } from './following.ts'

/** An import as it goes on; asked for anew when the network comes back. */
export function useImport(id: string): Followed & { reload: () => void } {
  const found = useImports(({ byId }) => byId[id]) ?? { kind: 'loading' }
  const reload = useCallback(() => void followImport(id), [id])

  useEffect(() => {
    reload()
    addEventListener('online', reload)
    return () => removeEventListener('online', reload)
  }, [reload])

  return { ...found, reload }
}
