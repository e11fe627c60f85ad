// Owns answering with a table of any length as CSV: as fast as the caller reads, and no further when they hang up.
import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import type { FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'

/** What such a route answers. */
export const csvAnswers = {
  200: {
    description: 'UTF-8 with a byte order mark, lines end with CR LF.',
    content: { 'text/csv': { schema: Type.String() } },
  },
} as const

const OPTIONS = { objectMode: false, highWaterMark: 64 * 1024 }

/** @param name of the file, without its ending */
export function sendCsv(
  request: FastifyRequest,
  reply: FastifyReply,
  name: string,
  text: AsyncIterable<string>,
): void {
  sendText(request, reply, { name, ending: 'csv', type: 'text/csv; charset=utf-8' }, text)
}

/** The same for a text of another kind. */
export function sendText(
  request: FastifyRequest,
  reply: FastifyReply,
  file: { readonly name: string; readonly ending: string; readonly type: string },
  text: AsyncIterable<string>,
): void {
  const day = new Date(request.now).toISOString().slice(0, 10)
  const name = `${file.name}-${day}.${file.ending}`
  void reply.type(file.type).header('content-disposition', `attachment; filename="${name}"`)
  // Whoever only asks for the headers would have the whole table made.
  if (request.method === 'HEAD') void reply.send('')
  else void reply.send(Readable.from(inTurns(text), OPTIONS))
}

/** A reader who keeps up would otherwise have the whole event loop: on SQLite nothing else waits for anything. */
async function* inTurns(text: AsyncIterable<string>): AsyncGenerator<Buffer> {
  for await (const page of text) {
    yield Buffer.from(page)
    await setImmediate()
  }
}
