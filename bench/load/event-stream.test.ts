// Shows that events are read whole, wherever the bytes are cut.
import { expect, it } from 'vitest'
import { createEventReader } from './event-stream.ts'

function chunk(words: string): string {
  return `${Buffer.byteLength(words).toString(16)}\r\n${words}\r\n`
}

const STREAM = [
  'retry: 2000\n\n',
  'id: 7\nevent: notification\ndata: {"title":"猫粮 🐈"}\n\n',
  ': beat\n\n',
  'id: 8\nevent: notification\ndata: {}\n\n',
]
const EVENTS = [
  { id: 7, data: '{"title":"猫粮 🐈"}' },
  { id: 8, data: '{}' },
]

it('reads events, and passes over comments and settings', () => {
  expect(createEventReader().read(Buffer.from(STREAM.map(chunk).join('')))).toEqual(EVENTS)
})

it('reads the same, however the bytes were cut', () => {
  const bytes = Buffer.from(STREAM.map(chunk).join(''))
  for (let size = 1; size < 40; size++) {
    const reader = createEventReader()
    const events = []
    for (let i = 0; i < bytes.length; i += size) {
      events.push(...reader.read(bytes.subarray(i, i + size)))
    }
    expect(events, `${size} bytes at a time`).toEqual(EVENTS)
  }
})

it('reads an event that came in two chunks, cut within a character', () => {
  const event = Buffer.from('id: 9\ndata: 猫\n\n')
  const cut = event.indexOf(Buffer.from('猫')) + 1
  const chunkOf = (bytes: Buffer) =>
    Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')])
  const reader = createEventReader()
  expect(reader.read(chunkOf(event.subarray(0, cut)))).toEqual([])
  expect(reader.read(chunkOf(event.subarray(cut)))).toEqual([{ id: 9, data: '猫' }])
})
