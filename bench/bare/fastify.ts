// Owns the bare Fastify server: routes that answer given bytes, with no hook, no schema and no log.
import { readFileSync } from 'node:fs'
import fastify from 'fastify'
import type { BareAnswer } from '../lib/scenario.ts'

const file = process.env['ANSWERS']
const answers = file ? (JSON.parse(readFileSync(file, 'utf8')) as BareAnswer[]) : []

const app = fastify()
app.get('/', () => 'bare')
for (const { path, body } of answers) {
  app.get(path, (_request, reply) => {
    void reply.header('content-type', 'application/json; charset=utf-8').send(body)
  })
}
await app.listen({ port: Number(process.env['PORT']), host: '127.0.0.1' })
