// Shows that nothing that people type becomes a second recipient or a header of a mail, and whose fault a refusal is.
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type MailServer, startMailServer } from '../../../tests/support/mail-server.ts'
import { createMailTransport, failureOf, type MailTransport } from './transport.ts'

let server: MailServer
let transport: MailTransport
beforeAll(async () => {
  server = await startMailServer()
  transport = createMailTransport(server.config)
})
afterAll(() => server.stop())
beforeEach(() => void (server.mails.length = 0))

const mail = { to: 'wang@example.com', subject: 'Hello', text: 'Hello.' }
const BCC = 'x\r\nBcc: evil@example.com\r\n\r\nanother text'

test.each([
  ['a subject', { ...mail, subject: BCC }, 'Shop'],
  ['a text', { ...mail, text: `${BCC}\r\n.\r\nMAIL FROM:<evil@example.com>\r\n` }, 'Shop'],
  ['the shop’s name', mail, BCC],
])('%s with line breaks stays what it is', async (_, given, name) => {
  await transport.send(given, { name, id: '1' })
  expect(server.mails.map(({ to }) => to)).toEqual([['wang@example.com']])
  expect(server.mails[0]?.headers).not.toMatch(/^bcc:/im)
})

test.each([
  ['its greeting', ['554 no service for your address']],
  ['EHLO and HELO', ['220 here', '550 go away', '550 go away']],
])('a server that refuses us by %s does not refuse the mail', async (_, words) => {
  const refusing = createServer((socket) => {
    const [greeting, ...answers] = words
    socket.write(`${greeting}\r\n`)
    socket.on('data', () => socket.write(`${answers.shift() ?? '221 bye'}\r\n`))
    socket.on('error', () => undefined)
  }).listen(0, '127.0.0.1')
  await once(refusing, 'listening')
  const { port } = refusing.address() as AddressInfo
  const failure = await createMailTransport({ ...server.config, port })
    .send(mail, { name: 'Shop', id: '1' })
    .catch((error: unknown) => failureOf(error))
  refusing.close()
  expect(failure).toBe('away')
})

test('an address that the server refuses is refused', async () => {
  server.refuse = () => ({ code: 550, message: 'no such user' })
  const failure = await transport
    .send(mail, { name: 'Shop', id: '1' })
    .catch((error: unknown) => failureOf(error))
  server.refuse = null
  expect(failure).toBe('refused')
})

test.each([
  'wang@example.com, evil@example.com',
  'wang@example.com\r\nRCPT TO:<evil@example.com>',
  'wang@example.com> evil@example.com',
])('an address is one address or none: %j', async (to) => {
  const outcome = await transport.send({ ...mail, to }, { name: 'Shop', id: '1' }).then(
    () => 'sent',
    (error: unknown) => failureOf(error),
  )
  const recipients = server.mails.flatMap((each) => each.to)
  expect([outcome, recipients.length]).toEqual(outcome === 'sent' ? ['sent', 1] : ['refused', 0])
  expect(recipients).not.toContain('evil@example.com')
})
