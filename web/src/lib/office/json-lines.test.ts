// Shows that lines arrive whole, however the network cuts them.
import fc from 'fast-check'
import { expect, test } from 'vitest'

import { readJsonLines } from './json-lines.ts'

async function linesOf(chunks: readonly Uint8Array<ArrayBuffer>[]): Promise<unknown[]> {
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk)
      controller.close()
    },
  })
  const lines = []
  for await (const line of readJsonLines(new Response(body))) lines.push(line)
  return lines
}

test('objects come back as they were sent, cut at any byte', async () => {
  const objects = fc.array(fc.record({ done: fc.nat(), 名称: fc.string({ unit: 'grapheme' }) }))
  await fc.assert(
    fc.asyncProperty(
      objects,
      fc.integer({ min: 1, max: 9 }),
      fc.boolean(),
      async (sent, size, end) => {
        const text = sent.map((object) => JSON.stringify(object)).join('\n') + (end ? '\n' : '')
        const bytes = new TextEncoder().encode(text)
        const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
          bytes.slice(at * size, (at + 1) * size),
        )
        expect(await linesOf(chunks)).toEqual(sent)
      },
    ),
  )
})
