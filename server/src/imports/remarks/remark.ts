import type { ErrorCode } from '../../error-codes.ts'
import { sentences } from './sentences.ts'

type Sentences = typeof sentences

/** What a remark is about, for programs. */
export type RemarkCode = keyof Sentences
/** What the sentence of a code holds beside its words; nothing, for most. */
export type ValuesOf<Code extends RemarkCode> = Parameters<Sentences[Code]>

/** Something to tell of an entry, or of a whole import, as it is stored and as the API shows it. */
export type Remark = {
  /** That of an error, where one ended the import. */
  code: RemarkCode | ErrorCode
  /** An English sentence. */
  detail: string
  values: Record<string, string | number | readonly string[]>
}

export const remarkCodes = Object.keys(sentences) as RemarkCode[]

export function remark<Code extends RemarkCode>(code: Code, ...values: ValuesOf<Code>): Remark {
  const sentence = sentences[code] as (...values: ValuesOf<Code>) => string
  return { code, detail: sentence(...values), values: values[0] ?? {} }
}

/** Their sentences; null where there is nothing to tell. */
export function sentencesOf(remarks: readonly Remark[]): string | null {
  return remarks.map(({ detail }) => detail).join(' ') || null
}
