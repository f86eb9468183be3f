import { useEffect, useState } from 'react'
import { worker } from './client.ts'

// How long a row rests in sight before its photo is asked for, and how many pictures stay at hand.
const restMs = 150
const maxAddresses = 500

// Addresses of pictures, the one not used for the longest time first.
const addresses = new Map<string, string>()

/**
 * The address of a contact's picture on this device; null while there is none.
 * @param path the contact's `photo`
 */
export function usePhoto(path: string | null, size: 96 | 512): string | null {
  const key = `${path}&${size}`
  const [loaded, setLoaded] = useState<{ key: string; address: string } | null>(null)
  const known = loaded?.key === key ? loaded.address : (addresses.get(key) ?? null)
  useEffect(() => {
    if (path === null || known !== null) return undefined
    let isCurrent = true
    const load = async () => {
      const address = await addressOf(path, size, key)
      if (isCurrent && address) setLoaded({ key, address })
    }
    const resting = setTimeout(() => void load(), restMs)
    return () => {
      isCurrent = false
      clearTimeout(resting)
    }
  }, [path, size, key, known])
  return path === null ? null : known
}

async function addressOf(path: string, size: 96 | 512, key: string): Promise<string | null> {
  const known = addresses.get(key)
  const picture = known === undefined ? await worker.photo(path, size) : null
  const address = known ?? (picture && URL.createObjectURL(picture))
  if (!address) return null
  addresses.delete(key)
  addresses.set(key, address)
  for (const [oldest, unused] of addresses) {
    if (addresses.size <= maxAddresses) break
    addresses.delete(oldest)
    URL.revokeObjectURL(unused)
  }
  return address
}
