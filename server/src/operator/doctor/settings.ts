import type { Config } from '../../config.ts'
import { doubtsAbout, isLocal } from '../../doubtful-settings.ts'
import { findUnknownSettings } from '../../env-file.ts'
import { findingsOf, type Finding } from './finding.ts'

const { ok, warning } = findingsOf('Settings')
const publicUrlOf = findingsOf('PUBLIC_URL')

/** What is understood, and yet unlikely to be meant. */
export function checkSettings(config: Config): Finding[] {
  const { limits, registration, publicUrl } = config
  const findings = [ok(`understood; registration is ${registration}`)]
  if (!limits.enabled) {
    findings.push(
      warning('RATE_LIMITS is off: passwords can be guessed', 'take RATE_LIMITS=off away'),
    )
  }
  const doubts = doubtsAbout(config, findUnknownSettings()).map(({ about, text, advice }) =>
    findingsOf(about).warning(text, advice),
  )
  findings.push(...doubts)
  const worry = checkPublicUrl(config)
  if (worry) findings.push(worry)
  else if (doubts.every(({ about }) => about !== 'PUBLIC_URL')) {
    findings.push(publicUrlOf.ok(publicUrl.origin))
  }
  return findings
}

function checkPublicUrl({ publicUrl, host, trustProxy }: Config): Finding | undefined {
  const isLocalUrl = isLocal(publicUrl.hostname)
  if (isLocalUrl && !isLocal(host)) {
    return publicUrlOf.warning(
      `${publicUrl.origin} leads nowhere from other machines, so the links in mails do not either`,
      'set it to the address that people use',
    )
  }
  if (!isLocalUrl && publicUrl.protocol === 'http:') {
    return publicUrlOf.warning(
      `${publicUrl.origin} sends passwords in plain text`,
      'put a proxy with TLS before Kith (deploy/), and use https',
    )
  }
  if (publicUrl.protocol === 'https:' && trustProxy.length === 0) {
    return publicUrlOf.warning(
      'everybody seems to come from the address of the proxy, and shares its limits',
      "set TRUST_PROXY to the proxy's address",
    )
  }
  return undefined
}
