// Owns calling functions in a process of its own, so that a load generator's work never delays what it measures.
import { fork } from 'node:child_process'
import { end } from '../../tests/support/engines/processes.ts'
import type { Bench } from '../lib/scenario.ts'

interface Call {
  readonly name: string
  readonly argument: unknown
}

type Reply = { readonly result: unknown } | { readonly error: string }

/** What a process offers: each takes one argument that can be copied, and returns such a value. */
export type Functions = Readonly<Record<string, (argument: never) => Promise<unknown>>>

export interface Remote<F extends Functions> {
  readonly pid: number
  /** One at a time. @throws what the function throws, or that the process has ended */
  call<N extends keyof F & string>(
    name: N,
    argument: Parameters<F[N]>[0],
  ): Promise<Awaited<ReturnType<F[N]>>>
}

const STOP_MS = 5000

/** Starts `file` as a process; it ends with the scenario. */
export function startRemote<F extends Functions>(
  bench: Pick<Bench, 'onEnd'>,
  file: string,
): Remote<F> {
  const child = fork(file, {
    // Numbers by the hundred thousand come back as arrays of bytes.
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: [],
  })
  bench.onEnd(() => end(child, 'SIGTERM', STOP_MS))
  return {
    pid: child.pid ?? 0,
    call: (name, argument) =>
      new Promise((resolve, reject) => {
        const onExit = () => reject(new Error(`${file} has ended`))
        if (!child.connected) return onExit()
        child.once('exit', onExit)
        child.once('message', (reply: Reply) => {
          child.off('exit', onExit)
          if ('error' in reply) reject(new Error(reply.error))
          else resolve(reply.result as never)
        })
        child.send({ name, argument } satisfies Call)
      }),
  }
}

/** The other side: answers calls until whoever started this process is gone. */
export function answerCalls(functions: Functions): void {
  process.on('disconnect', () => process.exit(0))
  process.on('message', ({ name, argument }: Call) => {
    const reply = (message: Reply) => void process.send?.(message)
    const work = functions[name]
    if (!work) return reply({ error: `there is no ${name}` })
    work(argument as never).then(
      (result) => reply({ result }),
      (error: unknown) => reply({ error: String(error) }),
    )
  })
}

/** Milliseconds on a clock that all processes of a machine share. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6
}
