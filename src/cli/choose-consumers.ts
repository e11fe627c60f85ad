// Owns which consumers a worker runs: by the name of their group, or by their short one.
import { EXIT, StartupError } from '../lib/startup-error.ts'
import type { Consumer } from '../platform/events/consumer.ts'

export interface ConsumerChoice {
  readonly only?: readonly string[]
  readonly except?: readonly string[]
}

/** @throws StartupError when a name is nobody's */
export function chooseConsumers<C extends Pick<Consumer, 'name' | 'shortName'>>(
  consumers: readonly C[],
  { only, except }: ConsumerChoice,
): C[] {
  const names = only ?? except ?? []
  const unknown = names.filter((name) => !consumers.some((consumer) => isCalled(consumer, name)))
  if (unknown.length > 0) throw unknownNames(unknown, consumers)
  return consumers.filter((consumer) => {
    const isNamed = names.some((name) => isCalled(consumer, name))
    return only ? isNamed : !isNamed
  })
}

function isCalled({ name, shortName }: Pick<Consumer, 'name' | 'shortName'>, text: string) {
  return text === name || text === shortName
}

function unknownNames(
  unknown: readonly string[],
  consumers: readonly Pick<Consumer, 'name' | 'shortName'>[],
): StartupError {
  const known = consumers
    .map(({ name, shortName }) => (shortName ? `${shortName} (${name})` : name))
    .sort()
  return new StartupError(
    `There is no consumer ${unknown.join(', ')}. There are:\n  ${known.join('\n  ')}`,
    EXIT.usage,
  )
}
