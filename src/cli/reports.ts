// Owns `petshop reports`: counting anew what the reports have counted.
import { Command } from 'commander'
import { openCore } from '../app.ts'
import { remakeGroup } from '../platform/events/progress.ts'
import { consumersOf } from '../work.ts'
import { chooseConsumers } from './choose-consumers.ts'

export function reportsCommand(): Command {
  return new Command('reports')
    .description('Look after the reports')
    .addCommand(
      new Command('rebuild')
        .description('Count the daily sales anew from the orders, also while the shop runs')
        .action(rebuild),
    )
}

async function rebuild(): Promise<void> {
  const app = await openCore()
  try {
    const consumers = chooseConsumers(consumersOf(app), { only: ['sales-projection'] })
    for (const consumer of consumers) await remakeGroup(app.core.store, consumer)
    process.stdout.write('The daily sales are counted anew.\n')
  } finally {
    await app.close()
  }
}
