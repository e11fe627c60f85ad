// Owns the bare servers that take turns with the shop: what HTTP alone costs on this machine, in this hour.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from '../../tests/support/engines/ports.ts'
import { isAnswering, type Owned, startProcess, waitFor } from './processes.ts'
import type { BareAnswer, Target } from './scenario.ts'

const START_SECONDS = 30

/** @param folder for its log and answers */
export async function startBare(
  folder: string,
  kind: 'http' | 'fastify',
  answers: readonly BareAnswer[] = [],
): Promise<Target & Pick<Owned, 'stop'>> {
  const port = await freePort()
  const file = join(folder, `answers-${port}.json`)
  writeFileSync(file, JSON.stringify(answers))
  const owned = startProcess(process.execPath, [join(import.meta.dirname, `../bare/${kind}.ts`)], {
    env: { PORT: String(port), ANSWERS: file },
    logFile: join(folder, `bare-${port}.log`),
  })
  const url = `http://127.0.0.1:${port}`
  await waitFor(owned, `the bare ${kind} server answers`, START_SECONDS, () => isAnswering(url))
  return { url, pid: owned.pid, stop: owned.stop }
}
