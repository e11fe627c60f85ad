// Owns what a fault test says to Redis itself, over a connection of its own.
import { createClient } from 'redis'

export async function redisCommand(url: string, ...command: string[]): Promise<unknown> {
  const client = createClient({ url, socket: { reconnectStrategy: false } })
  client.on('error', () => {})
  await client.connect()
  return client.sendCommand(command).finally(() => client.destroy())
}
