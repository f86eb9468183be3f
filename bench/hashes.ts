// How many passwords these cores can check in a second when they do nothing else: `node hashes.ts
// SECONDS` prints the number. It bounds logins, whatever stands around the hash.
import { availableParallelism } from 'node:os'
import { createPasswords } from '../server/src/accounts/passwords/password.ts'
import { hashPassword, password } from './accounts.ts'

const seconds = Number(process.argv[2])
const passwords = createPasswords()
const hash = await hashPassword()
const start = performance.now()
let checked = 0
await Promise.all(Array.from({ length: availableParallelism() }, checkUntilTheEnd))
console.log((checked * 1000) / (performance.now() - start))

async function checkUntilTheEnd() {
  while (performance.now() - start < seconds * 1000) {
    await passwords.verify(hash, password)
    checked++
  }
}
