import { changedLine, type CardEdit } from './card-edit.ts'
import { valueOf, type Line } from './lines.ts'
import { joinParams, type Param } from './params.ts'

/** Properties whose value may be octets. */
export const binaries: ReadonlySet<string> = new Set(['PHOTO', 'LOGO', 'SOUND', 'KEY'])

/** The line itself where neither its parameters nor its value differ. */
export function rewritten(edit: CardEdit, line: Line, params: Param[], value: string): Line[] {
  const isSame = joinParams(params) === line.params && value === valueOf(line)
  return [isSame ? line : changedLine(edit, line, { params, value })]
}
