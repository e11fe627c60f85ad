// Owns how we talk to Kafka: addresses, bounds, and one meaning for everything that isn't an answer.
import type { KafkaConfig } from '../config.ts'
import { LogAway } from './log.ts'

/** A broker that refuses fails after 1 s, one that is frozen after 12 s: nobody's answer waits for these calls. */
export function connectionOptions(config: KafkaConfig, clientId: string) {
  return {
    clientId: `${config.prefix}petshop-${clientId}`,
    bootstrapBrokers: [...config.brokers],
    connectTimeout: 2000,
    requestTimeout: 3000,
    // Less than two would mean "for ever" to an idempotent producer.
    retries: 3,
    retryDelay: 300,
  }
}

/** @throws LogAway whatever goes wrong: there is nothing in our calls that Kafka could refuse for good */
export async function ask<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw new LogAway(wordsOf(error), { cause: error })
  }
}

/** The client's errors contain each other; the innermost says what happened. */
function wordsOf(error: unknown): string {
  const inner = error instanceof AggregateError ? error.errors[0] : (error as Error).cause
  return inner instanceof Error ? wordsOf(inner) : String(error)
}
