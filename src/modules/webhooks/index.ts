// Owns the public face of webhooks: who is told of events, and the loop that tells them.
import { createSignal } from '../../lib/signal.ts'
import { createSequence } from '../../platform/db/sequences.ts'
import { runAgain } from '../../platform/db/transactions.ts'
import type { Core, Module } from '../../platform/module.ts'
import type { Outbound } from '../../platform/outbound/post.ts'
import { createSealer } from '../../platform/sealing.ts'
import type { WebhookContext } from './actions.ts'
import { webhookConsumers } from './consumers.ts'
import { webhookRoutes } from './routes.ts'
import { sendDue } from './sending-actions.ts'
import { forgetDead } from './store.ts'

export interface Webhooks extends Module {
  /** Sends all that is due, once. @returns how many attempts were made */
  sendDue(): Promise<number>
  /** Sends what is due from now on. Several processes may: each delivery is one's. */
  start(): { stop(): Promise<void> }
}

const POLL_MS = 1000
const HOUR = 3_600_000
const KEEP_DEAD_MS = 30 * 24 * HOUR

/** @param outbound what differs from the configuration, for tests */
export function createWebhooks(core: Core, outbound: Partial<Outbound> = {}): Webhooks {
  const { store, config, clock } = core
  const ctx: WebhookContext = {
    store,
    ids: createSequence(store, 'webhooks', 1),
    sealer: createSealer(config.secretKey),
    outbound: { loopback: config.webhooksToLoopback, ...outbound },
  }
  return {
    name: 'webhooks',
    routes: (app) => webhookRoutes(app, ctx),
    events: [],
    consumers: webhookConsumers(store, clock.now),
    checks: [],
    upkeep: [
      {
        name: 'forget-dead-webhook-deliveries',
        everyMs: HOUR,
        run: (now) => store.transaction((trx) => forgetDead(trx, now - KEEP_DEAD_MS), runAgain),
      },
    ],
    sendDue: () => sendDue(ctx, core),
    start: () => startSending(core, (stopped) => sendDue(ctx, core, stopped)),
  }
}

function startSending(core: Core, send: (stopped: () => boolean) => Promise<number>) {
  const signal = createSignal()
  let stopped = false
  let failing = false
  const running = (async () => {
    while (!stopped) {
      try {
        await send(() => stopped)
        failing = false
      } catch (error) {
        if (!failing)
          core.log.error({ error }, 'sending to webhooks failed and will be tried again')
        failing = true
      }
      await signal.wait(POLL_MS)
    }
  })()
  return {
    /** What is being sent is finished first. */
    async stop() {
      stopped = true
      signal.notify()
      await running
    },
  }
}
