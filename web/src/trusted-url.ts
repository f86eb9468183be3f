type Policy = { createScriptURL(url: string): string }
type TrustedTypes = { createPolicy(name: string, rules: Policy): Policy }

// Browsers without Trusted Types take the text.
const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes }
const rules: Policy = {
  createScriptURL(url) {
    if (new URL(url, location.href).origin === location.origin) return url
    throw new TypeError('scripts come from our own origin alone')
  },
}
const policy = trustedTypes?.createPolicy('kith', rules) ?? rules

/** The address of a script of our own, as workers take it; throws for one of another origin. */
export function trustedUrl(url: string): string {
  return policy.createScriptURL(url)
}
