// Owns scenarios that another program of this repository runs: it ends with 0 when the promise is kept.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Scenario } from '../scenario.ts'

interface Command extends Omit<Scenario, 'run'> {
  /** A script of this repository and its arguments, given the seed and the seconds. */
  readonly program: (seed: number, seconds: number) => readonly string[]
  /** How many of the unit it has done, read from what it printed; a run that did nothing has failed. */
  readonly reached: (output: string) => number
}

const root = join(import.meta.dirname, '../../..')

/** Its own checks are its negative controls: they are described where it is. */
export function command({ program, reached, ...scenario }: Command): Scenario {
  return {
    ...scenario,
    async run(run) {
      const [script = '', ...args] = program(run.seed, Math.max(1, Math.round(run.secondsLeft())))
      run.fault(`${script} ${args.join(' ')}`)
      const { code, output } = await runProgram(join(root, script), args)
      const count = code === 0 ? reached(output) : 0
      run.count(scenario.unit, count)
      const words = output.trim().split('\n').slice(-20).join('\n')
      if (code !== 0) run.problem(`${script} ended with ${code}:\n${words}`)
      else if (!(count > 0)) run.problem(`${script} has tried nothing:\n${words}`)
    },
  }
}

/** ^C at the terminal reaches it too: it ends by itself. */
async function runProgram(script: string, args: readonly string[]) {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = once(child, 'close')
  const [out, complaints] = await Promise.all([text(child.stdout), text(child.stderr)])
  const [code] = (await ended) as [number | null]
  return { code, output: out + complaints }
}
