// Owns forgetting in Redis: only what every group has acknowledged, and readers that are long gone.
import { isMissing, type RedisStreams } from './redis-streams.ts'

const DAY_MS = 24 * 3600 * 1000

/** Keeps everything from the oldest entry on that some group was not handed yet, or hasn't acknowledged. */
export async function trimStream(redis: RedisStreams, key: string): Promise<void> {
  try {
    const groups = await redis.run((client) => client.xInfoGroups(key))
    const needed: string[] = []
    for (const group of groups) {
      const pending = await redis.run((client) => client.xPending(key, group.name))
      needed.push(pending.firstId ?? group['last-delivered-id'])
      await forgetReaders(redis, key, group.name)
    }
    const least = needed.sort(compareIds)[0]
    // Without a group nobody has been told anything yet.
    if (least === undefined) return
    await redis.run((client) => client.xTrim(key, 'MINID', least, { strategyModifier: '~' }))
  } catch (error) {
    if (!isMissing(error)) throw error
  }
}

/** Machines come and go; a reader with pending entries stays until they are taken over. */
async function forgetReaders(redis: RedisStreams, key: string, group: string): Promise<void> {
  const readers = await redis.run((client) => client.xInfoConsumers(key, group))
  for (const { name, pending, idle } of readers) {
    if (pending > 0 || idle < DAY_MS) continue
    await redis.run((client) => client.xGroupDelConsumer(key, group, name))
  }
}

/** Ids are `milliseconds-number`. */
export function compareIds(one: string, other: string): number {
  const [oneTime = 0, oneNumber = 0] = one.split('-').map(Number)
  const [otherTime = 0, otherNumber = 0] = other.split('-').map(Number)
  return oneTime - otherTime || oneNumber - otherNumber
}
