import { readFileSync } from 'node:fs'
import { parseRootOrder, type RootOrder } from './parse-root-order.ts'

let order: RootOrder | undefined

/** The order that `root-order.txt` holds, read when it is first asked for. */
export function rootOrder(): RootOrder {
  order ??= parseRootOrder(readFileSync(new URL('root-order.txt', import.meta.url), 'latin1'))
  return order
}
