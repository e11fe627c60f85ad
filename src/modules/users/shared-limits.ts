// Owns the memory of failures and counts that all processes share: in Redis, decided there, atomically.
import type { Redis } from '../../platform/redis/connection.ts'
import { defineScript, runScript, type Script } from '../../platform/redis/script.ts'
import { FIRST_WAIT, FORGET_AFTER, FREE_FAILURES, LONGEST_WAIT, WINDOW } from './back-off-rules.ts'
import { type CountBook, type FailureBook, MOST_KEYS } from './local-limits.ts'
import { sha256 } from './tokens.ts'

// A hash of two numbers per key, and the order in which they were set: what was set longest ago goes first.
// Both end by themselves when nobody has set anything for as long as any of it matters.
const RECENT = `
local values, order, key, now = KEYS[1], KEYS[2], ARGV[1], tonumber(ARGV[2])
local function read()
  local text = redis.call('HGET', values, key)
  if not text then return nil end
  local one, other = string.match(text, '^(%-?%d+) (%-?%d+)$')
  return tonumber(one), tonumber(other)
end
local function write(one, other)
  local time = redis.call('TIME')
  redis.call('HSET', values, key, string.format('%d %d', one, other))
  redis.call('ZADD', order, time[1] * 1000000 + time[2], key)
  if redis.call('ZCARD', order) > ${MOST_KEYS} then
    redis.call('HDEL', values, redis.call('ZPOPMIN', order)[1])
  end
  redis.call('PEXPIRE', values, ${FORGET_AFTER})
  redis.call('PEXPIRE', order, ${FORGET_AFTER})
end`

// As in back-off-rules.ts; a test holds the two against each other.
const BEGIN = defineScript(`${RECENT}
local count, last = read()
local remembered = count and math.abs(now - last) < ${FORGET_AFTER}
if remembered and count > ${FREE_FAILURES} and now >= last then
  local wait = math.min(${LONGEST_WAIT}, ${FIRST_WAIT} * 2 ^ (count - ${FREE_FAILURES} - 1))
  if last + wait > now then return last + wait - now end
end
write((remembered and count or 0) + 1, now)
return 0`)

const TAKE_BACK = defineScript(`${RECENT}
local count, last = read()
if count then write(math.max(0, count - 1), last) end
return 0`)

const FORGET = defineScript(`${RECENT}
redis.call('HDEL', values, key)
redis.call('ZREM', order, key)
return 0`)

const COUNT = defineScript(`${RECENT}
local limit, asks, counts = tonumber(ARGV[3]), ARGV[4] ~= 'count', ARGV[4] ~= 'left'
local since, count = read()
local open = since and now >= since and now - since < ${WINDOW}
if asks and open and count >= limit then return since + ${WINDOW} - now end
if counts then write(open and since or now, open and count + 1 or 1) end
return 0`)

type Run = (script: Script, key: string, ...values: readonly (string | number)[]) => Promise<number>

/** Every call fails when Redis is away. */
export function createSharedFailures(redis: Redis, name: string): FailureBook {
  const run = runner(redis, name)
  return {
    begin: (key, now) => run(BEGIN, key, now),
    takeBack: async (key) => void (await run(TAKE_BACK, key, 0)),
    forget: async (key) => void (await run(FORGET, key, 0)),
  }
}

/** Every call fails when Redis is away. */
export function createSharedCounts(redis: Redis, name: string, limit: number): CountBook {
  const run = runner(redis, name)
  return {
    left: (key, now) => run(COUNT, key, now, limit, 'left'),
    count: async (key, now) => void (await run(COUNT, key, now, limit, 'count')),
    take: (key, now) => run(COUNT, key, now, limit, 'take'),
  }
}

/** Keys are hashed: Redis learns neither names nor addresses, and none of them is long. */
function runner(redis: Redis, name: string): Run {
  const values = `${redis.prefix}limits:${name}`
  const keys = [values, `${values}:order`]
  return (script, key, ...rest) =>
    redis.call((client) => runScript(client, script, keys, [sha256(key), ...rest]))
}
