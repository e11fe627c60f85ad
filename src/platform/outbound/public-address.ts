// Owns which addresses a request to somebody else's server may go to: the public internet, nothing of ours.
// https://www.iana.org/assignments/iana-ipv4-special-registry, …/iana-ipv6-special-registry
import { BlockList, isIPv4, isIPv6 } from 'node:net'

const notPublic4 = new BlockList()
for (const range of [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  // With the clouds' metadata.
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  // Multicast, what is kept back, broadcast.
  '224.0.0.0/3',
])
  add(notPublic4, range, 'ipv4')

/** All that was ever given out as public; what is mapped, translated or tunnelled lies outside, or below. */
const global6 = new BlockList()
add(global6, '2000::/3', 'ipv6')
const notPublic6 = new BlockList()
for (const range of ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'])
  add(notPublic6, range, 'ipv6')

const loopback = new BlockList()
add(loopback, '127.0.0.0/8', 'ipv4')
loopback.addAddress('::1', 'ipv6')

export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !notPublic4.check(address, 'ipv4')
  return isIPv6(address) && global6.check(address, 'ipv6') && !notPublic6.check(address, 'ipv6')
}

/** Of this machine. */
export function isLoopback(address: string): boolean {
  if (isIPv4(address)) return loopback.check(address, 'ipv4')
  return isIPv6(address) && loopback.check(address, 'ipv6')
}

function add(list: BlockList, range: string, family: 'ipv4' | 'ipv6'): void {
  const [address = '', bits] = range.split('/')
  list.addSubnet(address, Number(bits), family)
}
