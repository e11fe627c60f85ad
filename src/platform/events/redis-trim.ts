// Owns forgetting in Redis: only what every group has acknowledged, and readers that are long gone.
import { defineScript, runScript } from '../redis/script.ts'
import { isMissing, type RedisStreams } from './redis-streams.ts'

const DAY_MS = 24 * 3600 * 1000

// In one step: a group that is made while the others are looked at would miss what they have done already.
// Ids are `milliseconds-number`. Without a group nobody has been told anything yet. Whole nodes only (`~`).
const TRIM = defineScript(`
local function before(one, other)
  local oneTime, oneNumber = string.match(one, '^(%d+)-(%d+)$')
  local otherTime, otherNumber = string.match(other, '^(%d+)-(%d+)$')
  if oneTime ~= otherTime then return tonumber(oneTime) < tonumber(otherTime) end
  return tonumber(oneNumber) < tonumber(otherNumber)
end
local least = nil
for _, fields in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
  local group = {}
  for i = 1, #fields, 2 do group[fields[i]] = fields[i + 1] end
  local needed = redis.call('XPENDING', KEYS[1], group['name'])[2] or group['last-delivered-id']
  if least == nil or before(needed, least) then least = needed end
end
if least == nil then return 0 end
return redis.call('XTRIM', KEYS[1], 'MINID', '~', least)`)

/** Keeps everything from the oldest entry on that some group was not handed yet, or hasn't acknowledged. */
export async function trimStream(redis: RedisStreams, key: string): Promise<void> {
  try {
    await redis.run((client) => runScript(client, TRIM, [key], []))
    await forgetReaders(redis, key)
  } catch (error) {
    if (!isMissing(error)) throw error
  }
}

/** Machines come and go; a reader with pending entries stays until they are taken over. */
async function forgetReaders(redis: RedisStreams, key: string): Promise<void> {
  for (const group of await redis.run((client) => client.xInfoGroups(key))) {
    const readers = await redis.run((client) => client.xInfoConsumers(key, group.name))
    for (const { name, pending, idle } of readers) {
      if (pending > 0 || idle < DAY_MS) continue
      await redis.run((client) => client.xGroupDelConsumer(key, group.name, name))
    }
  }
}
