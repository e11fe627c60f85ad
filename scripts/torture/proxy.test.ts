// Shows that the bad line is as bad as it says, and not worse: what passes is whole and in order.
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type FaultProxy, startProxy } from './proxy.ts'

let echo: Server
let proxy: FaultProxy
const pieces: number[] = []

beforeEach(async () => {
  pieces.length = 0
  echo = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.on('data', (data: Buffer) => {
      pieces.push(data.length)
      socket.write(data)
    })
  }).listen(0, '127.0.0.1')
  await once(echo, 'listening')
  proxy = await startProxy((echo.address() as AddressInfo).port, 1)
})
afterEach(async () => {
  await proxy.close()
  echo.close()
})

/** Says something and waits for as much. @returns what came back, and the milliseconds it took */
async function say(text: string): Promise<{ heard: string; ms: number }> {
  const socket = connect(proxy.port, '127.0.0.1')
  const begun = performance.now()
  socket.write(text)
  let heard = ''
  await new Promise<void>((resolve) => {
    socket.on('error', () => resolve())
    socket.on('close', () => resolve())
    socket.on('data', (data: Buffer) => {
      heard += data.toString()
      if (heard.length >= text.length) resolve()
    })
  })
  socket.destroy()
  return { heard, ms: performance.now() - begun }
}

test('a good line passes on everything', async () => {
  const text = 'x'.repeat(100_000)
  expect((await say(text)).heard).toBe(text)
  expect(proxy.resets()).toBe(0)
})

test('latency holds back each way', async () => {
  proxy.set({ latencyMs: 60 })
  const { heard, ms } = await say('hello')
  expect(heard).toBe('hello')
  expect(ms).toBeGreaterThanOrEqual(118)
})

test('slices are small, and whole together', async () => {
  proxy.set({ sliceBytes: 3, latencyMs: 2 })
  expect((await say('abcdefghij')).heard).toBe('abcdefghij')
  expect(pieces.length).toBeGreaterThan(1)
})

test('a narrow line takes its time', async () => {
  proxy.set({ bytesPerSecond: 20_000 })
  expect((await say('x'.repeat(2000))).ms).toBeGreaterThanOrEqual(190)
})

test('a black hole swallows; when it ends, who was in it is reset', async () => {
  proxy.set({ blackhole: true })
  const said = say('hello')
  await new Promise((resolve) => setTimeout(resolve, 250))
  expect(pieces).toEqual([])
  proxy.set({})
  expect((await said).heard).toBe('')
  expect(proxy.resets()).toBe(1)
})

test('resets break lines that are in use', async () => {
  proxy.set({ resets: 10, latencyMs: 2000 })
  expect((await say('hello')).heard).toBe('')
})

test('a cut breaks all of them', async () => {
  proxy.set({ latencyMs: 5000 })
  const said = say('hello')
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(proxy.cut()).toBe(1)
  expect((await said).heard).toBe('')
})
