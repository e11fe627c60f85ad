// Shows that a request to an address that somebody typed in reaches the public internet or nothing, and ends in time.
import { createServer, type RequestListener } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { addressProblem, ForbiddenAddress, post } from './post.ts'
import { isPublicAddress } from './public-address.ts'

const ends: (() => void)[] = []
afterEach(() => ends.splice(0).forEach((end) => end()))

async function receiver(listener: RequestListener): Promise<number> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  ends.push(() => server.close().closeAllConnections())
  return (server.address() as AddressInfo).port
}

const LOCAL = { loopback: true }
const given = { headers: { 'x-kind': 'test' }, body: '{"a":"猫"}' }

describe('an address', () => {
  test.each(['1.1.1.1', '8.8.8.8', '203.0.112.1', '2606:4700::1111', '2a00:1450:4001::1'])(
    '%s is public',
    (address) => expect(isPublicAddress(address)).toBe(true),
  )

  test.each([
    ...['0.0.0.0', '10.1.2.3', '100.64.0.1', '127.0.0.1', '127.255.255.254', '169.254.169.254'],
    ...['172.16.0.1', '172.31.255.255', '192.168.1.1', '192.0.0.8', '198.18.0.1', '224.0.0.1'],
    ...['240.0.0.1', '255.255.255.255', '192.0.2.1', '203.0.113.9', '192.88.99.1'],
    ...['::', '::1', 'fe80::1', 'fc00::1', 'fd12:3456::1', 'ff02::1', '2001:db8::1', '2002:a00::1'],
    ...['::ffff:127.0.0.1', '::ffff:10.0.0.1', '::ffff:8.8.8.8', '64:ff9b::10.0.0.1', '2001::1'],
    ...['::127.0.0.1', '100::1', 'fec0::1', '3fff::1', 'localhost', '', '1.1.1', 'fe80::1%lo'],
  ])('%s is not', (address) => expect(isPublicAddress(address)).toBe(false))

  test.each([
    ['https://127.0.0.1/', 'must be a public address'],
    ['https://0x7f.1/', 'must be a public address'],
    ['https://2130706433/', 'must be a public address'],
    ['https://017700000001/', 'must be a public address'],
    ['https://[::1]/', 'must be a public address'],
    ['https://[::ffff:169.254.169.254]/', 'must be a public address'],
    ['http://shop.example/', 'must be https'],
    ['ftp://shop.example/', 'must be https'],
    ['https://user:pass@shop.example/', 'must have no password in it'],
    ['https://shop.example/#a', 'must have no # part'],
    ['nonsense', 'is no address'],
    ['https://shop.example/hook?x=1', null],
    ['https://1.1.1.1:8443/', null],
  ])('%s: %s', (url, problem) => expect(addressProblem(url, { loopback: false })).toBe(problem))
})

describe('a request', () => {
  test('arrives as it was given, and its status is told', async () => {
    let got: unknown
    const port = await receiver((request, response) => {
      const { method, headers } = request
      request.setEncoding('utf8').on('data', (body: string) => {
        got = { method, kind: headers['x-kind'], host: headers.host, body }
      })
      request.on('end', () => response.writeHead(202).end('thanks'))
    })
    expect(await post(`http://127.0.0.1:${port}/x`, given, LOCAL)).toBe(202)
    expect(got).toEqual({
      method: 'POST',
      kind: 'test',
      host: `127.0.0.1:${port}`,
      body: given.body,
    })
  })

  test.each([['127.0.0.1'], ['10.0.0.1'], ['::ffff:127.0.0.1'], ['8.8.8.8', '169.254.169.254']])(
    'to a name of %s %s is not sent',
    async (...addresses) => {
      const resolve = () => Promise.resolve(addresses)
      const sent = post('https://shop.example/', given, { loopback: false, resolve })
      await expect(sent).rejects.toThrow(ForbiddenAddress)
    },
  )

  test('goes to what was checked, however often the name changes', async () => {
    const port = await receiver((_request, response) => response.end())
    let asked = 0
    const resolve = () => Promise.resolve(++asked === 1 ? ['127.0.0.1'] : ['10.0.0.1'])
    expect(await post(`http://changing.example:${port}/`, given, { ...LOCAL, resolve })).toBe(200)
    expect(asked).toBe(1)
  })

  test('follows no redirect', async () => {
    const asked: string[] = []
    const port = await receiver((request, response) => {
      asked.push(request.url ?? '')
      response.writeHead(302, { location: '/elsewhere' }).end()
    })
    expect(await post(`http://127.0.0.1:${port}/here`, given, LOCAL)).toBe(302)
    expect(asked).toEqual(['/here'])
  })

  test('waits neither for a silent receiver, nor for a name that nobody answers for', async () => {
    const port = await receiver(() => undefined)
    const timeoutMs = 100
    const silent = post(`http://127.0.0.1:${port}/`, given, { ...LOCAL, timeoutMs })
    await expect(silent).rejects.toThrow()
    const resolve = () => new Promise<string[]>(() => undefined)
    const lost = post('https://shop.example/', given, { loopback: false, resolve, timeoutMs })
    await expect(lost).rejects.toThrow(/in time/)
  })

  test('listens to no endless answer', async () => {
    let sent = 0
    const port = await receiver((_request, response) => {
      const more = () => {
        sent += 8192
        if (!response.destroyed) response.write(Buffer.alloc(8192), () => setImmediate(more))
      }
      more()
    })
    expect(await post(`http://127.0.0.1:${port}/`, given, LOCAL)).toBe(200)
    expect(sent).toBeLessThan(50_000_000)
  })
})
