// Owns why the program could not start: one clear sentence and an exit code for scripts (sysexits.h).

export const EXIT = {
  failure: 1,
  /** The command line asks for what there isn't. */
  usage: 64,
  /** The data is damaged or made by something else. */
  data: 65,
  /** A port or another resource is taken. */
  unavailable: 69,
  /** A part of the program ended by itself. */
  crashed: 70,
  /** A file or folder cannot be written. */
  cannotWrite: 73,
  config: 78,
} as const

export class StartupError extends Error {
  readonly exitCode: number

  constructor(message: string, exitCode: number) {
    super(message)
    this.name = 'StartupError'
    this.exitCode = exitCode
  }
}
