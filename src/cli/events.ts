// Owns `petshop events`: the groups that the shop knows, and forgetting one whose consumer is gone.
import { Command } from 'commander'
import { type App, openCore } from '../app.ts'
import { EXIT, StartupError } from '../lib/startup-error.ts'
import { dropGroup } from '../platform/events/drop-group.ts'
import { type GroupState, listGroupStates } from '../platform/events/undone.ts'
import { consumersOf } from '../work.ts'

export function eventsCommand(): Command {
  return new Command('events')
    .description('Look after the groups that events are applied by')
    .addCommand(
      new Command('groups').description('List them, and whose consumer is gone').action(groups),
    )
    .addCommand(
      new Command('drop-group')
        .description('Forget a group whose consumer is gone: no event is kept for it any more')
        .argument('<name>', 'as `petshop events groups` lists it')
        .action(drop),
    )
}

async function groups(): Promise<void> {
  await withApp(async (app) => {
    const states = await listGroupStates(app.core.store.db)
    const lines = states.map((state) => {
      const left = isLeft(app, state.group) ? '  its consumer is gone' : ''
      return `${state.group}  ${state.stream}  ${state.backlog} events wait${left}\n`
    })
    process.stdout.write(lines.join(''))
  })
}

async function drop(name: string): Promise<void> {
  await withApp(async (app) => {
    if (!isLeft(app, name)) {
      const words = `${name} is at work in this version: its events would be lost to it. Nothing was dropped.`
      throw new StartupError(words, EXIT.usage)
    }
    const before = (await listGroupStates(app.core.store.db)).find(({ group }) => group === name)
    const parked = before ? await dropGroup(app.core.store, name) : null
    if (!before || parked === null) {
      const words = 'See `petshop events groups`.'
      throw new StartupError(`There is no group ${name}. ${words}`, EXIT.usage)
    }
    const of = `${before.backlog} events waited for it, ${parked} were parked`
    process.stdout.write(`${name} is forgotten: ${of}.\n${elsewhere(app, before)}`)
  })
}

/** A broker keeps a group of its own, which holds back what is forgotten there. */
function elsewhere({ core }: App, { group, stream }: GroupState): string {
  const { config, redis } = core
  switch (config.eventLog) {
    case 'embedded':
      return ''
    case 'redis':
      return `Redis still knows it: redis-cli XGROUP DESTROY ${redis?.prefix ?? ''}${stream} ${group}\n`
    case 'kafka':
      return `Kafka still knows it: kafka-consumer-groups.sh --delete --group ${config.kafka?.prefix ?? ''}${group}\n`
  }
}

function isLeft(app: App, name: string): boolean {
  return !consumersOf(app).some((consumer) => consumer.name === name)
}

async function withApp(work: (app: App) => Promise<void>): Promise<void> {
  const app = await openCore()
  try {
    await work(app)
  } finally {
    await app.close()
  }
}
