import ipaddr from 'ipaddr.js'

/**
 * What stands for a caller's address in limits: IPv4 as it is, also when mapped into IPv6; of IPv6
 * the /64, since one household has that many addresses.
 */
export function addressKey(ip: string): string {
  if (!ipaddr.isValid(ip)) return ip
  const address = ipaddr.process(ip)
  if (address.kind() === 'ipv4') return address.toString()
  return `${address.toByteArray().slice(0, 8).join('.')}/64`
}
