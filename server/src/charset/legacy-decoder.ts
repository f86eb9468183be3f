import { cp850 } from './cp850.ts'

/** Decodes octets that may arrive in pieces; a call without `stream` ends the text. */
export type LegacyDecoder = { decode(bytes?: Uint8Array, options?: { stream?: boolean }): string }

/**
 * The name of a charset as the Encoding Standard gives it, or `cp850`, which it lacks; undefined if
 * the charset is unknown.
 */
export function charsetName(label: string): string | undefined {
  if (isCp850(label)) return 'cp850'
  try {
    return new TextDecoder(label.trim()).encoding
  } catch {
    return undefined
  }
}

/** @param charset a name that {@link charsetName} gave */
export function legacyDecoder(charset: string): LegacyDecoder {
  return charset === 'cp850' ? { decode: decodeCp850 } : new TextDecoder(charset)
}

function isCp850(label: string): boolean {
  return /^(?:cp|ibm|cspc|dos-?)?-?850(?:multilingual)?$/i.test(label.trim())
}

function decodeCp850(bytes: Uint8Array = new Uint8Array(0)): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
  return text.replace(/[\x80-\xff]/g, (octet) => cp850[octet.charCodeAt(0) - 0x80] ?? octet)
}
