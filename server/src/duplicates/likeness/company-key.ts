import { fold } from '../../book/fold.ts'

const legalForms = new Set(
  (
    'gmbh mbh ag kg ohg ug ev eg se ltd limited llc llp inc incorporated corp corporation co company plc ' +
    'sa sas sarl srl spa sl slu sp z oo ооо тов ат зао оао ood еоод оод еад bv nv ab as oy a s'
  ).split(' '),
)

/** The name of a company without its legal form, case and signs; null if nothing is left of it. */
export function companyKey(name: string | null): string | null {
  if (name === null) return null
  const words = fold(name)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !legalForms.has(word))
  return words.length === 0 ? null : words.join(' ')
}
