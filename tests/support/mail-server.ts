// Owns a mail server for tests: it takes every mail over real SMTP and keeps it, or refuses as it is told.
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'
import type { MailConfig } from '../../src/platform/mail/settings.ts'

export interface ReceivedMail {
  readonly from: string
  readonly to: readonly string[]
  readonly subject: string
  /** As people read it. */
  readonly text: string
  readonly headers: string
}

export interface MailServer {
  readonly port: number
  /** In the order in which they came. */
  readonly mails: ReceivedMail[]
  /** What a recipient's address is answered with; null takes it. */
  refuse: ((address: string) => { readonly code: number; readonly message: string } | null) | null
  /** The settings of a shop that sends here. */
  readonly config: MailConfig
  stop(): Promise<void>
}

export async function startMailServer(port = 0): Promise<MailServer> {
  const mails: ReceivedMail[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onRcptTo({ address }, _session, done) {
      const refusal = self.refuse?.(address)
      if (!refusal) return done()
      done(Object.assign(new Error(refusal.message), { responseCode: refusal.code }))
    },
    onData(stream, session, done) {
      void text(stream).then((raw) => {
        const { mailFrom, rcptTo } = session.envelope
        const from = mailFrom ? mailFrom.address : ''
        mails.push({ from, to: rcptTo.map(({ address }) => address), ...parse(raw) })
        done()
      })
    },
  })
  // A client that is cut off is no failure of the test.
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const address = server.server.address() as AddressInfo
  const self: MailServer = {
    port: address.port,
    mails,
    refuse: null,
    config: {
      host: '127.0.0.1',
      port: address.port,
      tls: 'none',
      user: null,
      password: null,
      from: 'shop@example.com',
      publicUrl: 'https://shop.example.com',
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
  return self
}

function parse(raw: string): Pick<ReceivedMail, 'subject' | 'text' | 'headers'> {
  const end = raw.indexOf('\r\n\r\n')
  const headers = raw.slice(0, end).replaceAll(/\r\n[ \t]+/g, ' ')
  const body = raw.slice(end + 4)
  const encoding = /^content-transfer-encoding: (\S+)/im.exec(headers)?.[1]?.toLowerCase()
  const subject = /^subject: (.*)$/im.exec(headers)?.[1] ?? ''
  return { headers, subject: decodeWords(subject), text: decodeBody(body, encoding) }
}

function decodeBody(body: string, encoding: string | undefined): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8')
  return encoding === 'quoted-printable' ? quoted(body.replaceAll(/=\r\n/g, '')) : body
}

/** RFC 2047. */
function decodeWords(text: string): string {
  return text
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?utf-8\?([bq])\?(.*?)\?=/gi, (_, how: string, word: string) =>
      how.toLowerCase() === 'b'
        ? Buffer.from(word, 'base64').toString('utf8')
        : quoted(word.replaceAll('_', ' ')),
    )
}

function quoted(text: string): string {
  const bytes = text.replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
