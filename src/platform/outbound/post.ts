// Owns a POST to an address that somebody has typed in: looked up once, checked, and sent to just what was checked.
// It follows no redirect, waits only so long, and reads only so much of the answer.
import { lookup as lookUp } from 'node:dns/promises'
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { isLoopback, isPublicAddress } from './public-address.ts'

export interface Outbound {
  /** For tests and trials on one machine: its own addresses too, and HTTP without TLS. */
  readonly loopback: boolean
  /** Of a name, all of them. Left out, the system's. */
  readonly resolve?: (name: string) => Promise<readonly string[]>
  readonly timeoutMs?: number
}

/** It was not sent, and would not be sent later either. */
export class ForbiddenAddress extends Error {}

const TIMEOUT_MS = 10_000
const MOST_ANSWER_BYTES = 16 * 1024

/** What is wrong with an address before anybody looks it up; null when nothing is. */
export function addressProblem(text: string, { loopback }: Pick<Outbound, 'loopback'>) {
  const url = URL.parse(text)
  if (!url) return 'is no address'
  if (url.protocol !== 'https:' && !(loopback && url.protocol === 'http:')) return 'must be https'
  if (url.username !== '' || url.password !== '') return 'must have no password in it'
  if (url.hash !== '') return 'must have no # part'
  const host = hostOf(url)
  if (isIP(host) !== 0 && !mayGo(host, loopback)) return 'must be a public address'
  return null
}

/**
 * @returns the status of the answer, whatever it is
 * @throws ForbiddenAddress, or why there was no answer
 */
export async function post(
  text: string,
  given: { readonly headers: Readonly<Record<string, string>>; readonly body: string },
  outbound: Outbound,
): Promise<number> {
  const problem = addressProblem(text, outbound)
  if (problem !== null) throw new ForbiddenAddress(`the address ${problem}`)
  const url = new URL(text)
  const signal = AbortSignal.timeout(outbound.timeoutMs ?? TIMEOUT_MS)
  const address = await resolvePublic(hostOf(url), outbound, signal)
  const send = url.protocol === 'https:' ? requestHttps : requestHttp
  const body = Buffer.from(given.body)
  return new Promise((resolve, reject) => {
    const request = send(url, {
      method: 'POST',
      headers: { ...given.headers, 'content-length': body.length },
      // A name is never looked up a second time: it might be another address then.
      lookup: pinned(address),
      agent: false,
      signal,
    })
    request.on('error', reject)
    request.on('response', (response) => {
      let bytes = 0
      const done = () => resolve(response.statusCode ?? 0)
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length
        // Its status is all that matters; whoever sends without end isn't listened to.
        if (bytes > MOST_ANSWER_BYTES) response.destroy()
      })
      response.on('close', done)
      response.on('error', done)
    })
    request.end(body)
  })
}

async function resolvePublic(host: string, outbound: Outbound, signal: AbortSignal) {
  const all = isIP(host) === 0 ? await inTime(resolveName(host, outbound), signal) : [host]
  const [first] = all
  if (first === undefined) throw new Error(`${host} has no address`)
  // All of them: a name with one address outside and one inside is a trick.
  if (!all.every((address) => mayGo(address, outbound.loopback)))
    throw new ForbiddenAddress(`${host} is no public address`)
  return first
}

async function resolveName(name: string, { resolve }: Outbound): Promise<readonly string[]> {
  if (resolve) return resolve(name)
  return (await lookUp(name, { all: true })).map(({ address }) => address)
}

/** A look-up can't be broken off, but need not be waited for. */
function inTime<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('the name was not looked up in time')))
    work.then(resolve, reject)
  })
}

function pinned(address: string): LookupFunction {
  const family = isIP(address)
  return (_name, options, callback) => {
    if (options.all) callback(null, [{ address, family }])
    else callback(null, address, family)
  }
}

function mayGo(address: string, loopback: boolean): boolean {
  return isPublicAddress(address) || (loopback && isLoopback(address))
}

/** As the URL has normalized it: `0x7f.1` is 127.0.0.1 already; without IPv6's brackets and a last dot. */
function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '')
}
