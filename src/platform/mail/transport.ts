// Owns the way to the mail server, over SMTP: one connection per mail, bounded in time, and what a failure means.
import type { Transporter } from 'nodemailer'
import type { Mail } from './mail.ts'
import type { MailConfig } from './settings.ts'

export interface MailTransport {
  /** @param id of the mail: the same for every attempt, so that a mail that comes twice can be told */
  send(mail: Mail, from: { readonly name: string; readonly id: string }): Promise<void>
}

/** `away` says nothing about the mail; `later` may succeed; `refused` never will. */
export type MailFailure = 'away' | 'later' | 'refused'

const CONNECT_MS = 10_000
const SILENT_MS = 20_000

export function createMailTransport(config: MailConfig): MailTransport {
  const { host, port, tls, user, password, from } = config
  async function open(): Promise<Transporter> {
    // Not before the first mail: it takes some 5 MB of each thread.
    const { createTransport } = await import('nodemailer')
    return createTransport({
      host,
      port,
      secure: tls === 'tls',
      requireTLS: tls === 'starttls',
      ignoreTLS: tls === 'none',
      ...(user !== null && password !== null && { auth: { user, pass: password } }),
      connectionTimeout: CONNECT_MS,
      greetingTimeout: CONNECT_MS,
      socketTimeout: SILENT_MS,
      // Nothing in a mail may name a file or an address to be fetched.
      disableFileAccess: true,
      disableUrlAccess: true,
    })
  }
  let opened: Promise<Transporter> | undefined
  const domain = from.slice(from.indexOf('@') + 1)
  return {
    async send({ to, subject, text }, { name, id }) {
      opened ??= open().catch((error: unknown) => {
        opened = undefined
        throw error
      })
      const transport = await opened
      await transport.sendMail({
        from: { name, address: from },
        // As an object: what stands in it is one address, whatever it holds.
        to: { name: '', address: to },
        subject,
        text,
        messageId: `<${id}@${domain}>`,
        // No automatic answers (RFC 3834).
        headers: { 'Auto-Submitted': 'auto-generated' },
      })
    },
  }
}

/** What the library calls a mail that it can't make, or an address that is none: no server was asked. */
const OURS = ['EENVELOPE', 'EMESSAGE']

/** Commands whose answers are about this mail, and not about us. */
const ABOUT_THE_MAIL = ['RCPT TO', 'DATA']

export function failureOf(error: unknown): MailFailure {
  const { code, responseCode, command } = error as {
    readonly code?: string
    readonly responseCode?: number
    readonly command?: string
  }
  if (responseCode === undefined) return OURS.includes(code ?? '') ? 'refused' : 'away'
  // 421: the service is closing (RFC 5321). Greeting, encryption, who may log in, and who may send: whatever the
  // server says to these isn't the mail's fault.
  if (responseCode === 421 || !ABOUT_THE_MAIL.includes(command ?? '')) return 'away'
  return responseCode >= 500 ? 'refused' : 'later'
}
