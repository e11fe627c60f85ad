// Owns the list of scenarios: the order in which they run. One more is one more line; a program of its own is plugged in
// by `command`.
import type { Scenario } from './scenario.ts'
import { backups } from './scenarios/backups.ts'
import { burst } from './scenarios/burst.ts'
import { clock } from './scenarios/clock.ts'
import { command } from './scenarios/command.ts'
import { databaseAway } from './scenarios/database-away.ts'
import { jitter } from './scenarios/jitter.ts'
import { kill } from './scenarios/kill.ts'
import { poison } from './scenarios/poison.ts'
import { race } from './scenarios/race.ts'
import { redisLost } from './scenarios/redis-lost.ts'
import { redisRecovers } from './scenarios/redis-recovers.ts'
import { retries } from './scenarios/retries.ts'
import { rolling } from './scenarios/rolling.ts'
import { sseCuts, sseLeft } from './scenarios/sse.ts'
import { takeover } from './scenarios/takeover.ts'

/** Those with a short form. */
export const scenarios: readonly Scenario[] = [
  kill,
  race,
  retries,
  redisLost,
  takeover,
  burst,
  redisRecovers,
  jitter,
  databaseAway,
  sseCuts,
  sseLeft,
  clock,
  rolling,
  poison,
  backups,
]

/** Programs of their own, whose short forms are tests of their own. */
export const commands: readonly Scenario[] = [
  command({
    name: 'restarts-itself',
    promise: 25,
    title: 'each process killed under Supervisor (npm run verify:ops -- Supervisor)',
    unit: 'restarts',
    promised: 9,
    program: () => ['scripts/verify-ops.ts', 'Supervisor'],
    reached: (output) => Number(/Supervisor\s+(\d+) processes killed/.exec(output)?.[1]),
  }),
]
