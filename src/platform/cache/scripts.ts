// Owns what Redis decides about an entry by itself, atomically: a version never goes backwards.
import { defineScript } from '../redis/script.ts'

// An entry is `<version> <json>`; one that was removed is only `<version>`.

/** KEYS entry; ARGV version, JSON, milliseconds to live. @returns 1 when it is kept, 0 when a newer one is there */
export const PUT = defineScript(`
local stored = redis.call('GET', KEYS[1])
if stored and tonumber(string.match(stored, '^%d+')) > tonumber(ARGV[1]) then return 0 end
redis.call('SET', KEYS[1], ARGV[1] .. ' ' .. ARGV[2], 'PX', ARGV[3])
return 1`)

/** Another generation has begun. */
export const MOVED = -1

/**
 * KEYS generation, entry; ARGV the expected generation, version, milliseconds to remember it.
 * @returns 1 when the entry is gone, 0 when it is new enough, MOVED
 */
export const REMOVE = defineScript(`
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return ${MOVED} end
local stored = redis.call('GET', KEYS[2])
if stored then
  local version, new = tonumber(string.match(stored, '^%d+')), tonumber(ARGV[2])
  if version > new or (version == new and string.find(stored, ' ', 1, true)) then return 0 end
end
redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[3])
return 1`)
