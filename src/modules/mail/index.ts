// Owns the mail module's public face: the queue that others put mails into, and the loop that empties it.
import { setTimeout as pause } from 'node:timers/promises'
import { createSignal } from '../../lib/signal.ts'
import { runAgain } from '../../platform/db/transactions.ts'
import type { MailKind, MailQueue } from '../../platform/mail/mail.ts'
import { createMailTransport, type MailTransport } from '../../platform/mail/transport.ts'
import type { Core, Module } from '../../platform/module.ts'
import { type Outcome, sendDue, type SendingContext } from './actions.ts'
import { mailRoutes } from './routes.ts'
import { AWAY_PAUSE } from './rules.ts'
import { forgetDead, insertMails } from './store.ts'

export { deleteMailsFor } from './store.ts'

export interface MailModule extends Module {
  readonly queue: MailQueue
  /** Sends all that is due, once. */
  sendDue(): Promise<Outcome[]>
  /** Sends what is due from now on. Several processes may: each mail is one's. */
  start(): { stop(): Promise<void> }
}

export interface MailNeeds {
  /** Of all modules; asked when a mail is sent. */
  readonly kinds: () => readonly MailKind[]
  readonly shop: SendingContext['shop']
}

const POLL_MS = 1000
const PATIENCE_MS = 3000
const HOUR = 3_600_000
const KEEP_DEAD_MS = 30 * 24 * HOUR

export function createMail(core: Core, needs: MailNeeds): MailModule {
  const { store, config } = core
  let transport: MailTransport | null = null
  const send = async (stopped?: () => boolean) => {
    if (!config.mail) return []
    transport ??= createMailTransport(config.mail)
    return sendDue({ core, config: config.mail, transport, ...needs }, stopped)
  }
  return {
    name: 'mail',
    routes: (app) => mailRoutes(app, core),
    events: [],
    consumers: [],
    checks: [],
    upkeep: [
      {
        name: 'forget-dead-mails',
        everyMs: HOUR,
        run: (now) => store.transaction((trx) => forgetDead(trx, now - KEEP_DEAD_MS), runAgain),
      },
    ],
    queue: {
      on: config.mail !== null,
      put: async (trx, mails, now) => {
        if (config.mail && mails.length > 0) await insertMails(store, trx, mails, now)
      },
    },
    sendDue: () => send(),
    start: () => (config.mail ? startSending(core, send) : { stop: () => Promise.resolve() }),
  }
}

function startSending(core: Core, send: (stopped: () => boolean) => Promise<Outcome[]>) {
  const signal = createSignal()
  let stopped = false
  let failing = false
  const running = (async () => {
    while (!stopped) {
      let isAway = false
      try {
        isAway = (await send(() => stopped)).at(-1) === 'away'
        failing = false
      } catch (error) {
        if (!failing) core.log.error({ error }, 'sending mail failed and will be tried again')
        failing = true
      }
      // However many wait: a server that is away, or refuses our password, isn't asked for each of them.
      await signal.wait(isAway ? AWAY_PAUSE : POLL_MS)
    }
  })()
  return {
    /** What is being sent is finished first, unless the server hangs: then it is sent again another time. */
    async stop() {
      stopped = true
      signal.notify()
      await Promise.race([running, pause(PATIENCE_MS, undefined, { ref: false })])
    },
  }
}
