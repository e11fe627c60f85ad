// Owns a test's shop of several processes: gone with the test, and so are its processes.
import { onTestFinished } from 'vitest'
import { type Fleet, openFleet } from '../support/fleet.ts'
import type { Goods } from '../support/load.ts'
import { tempDir } from '../support/temp-dir.ts'

/** Made with its people and products. */
export async function makeFleet(
  engines: Readonly<Record<string, string>>,
  goods: Goods,
): Promise<Fleet> {
  const fleet = await openFleet({ ...goods, engines, dataDir: tempDir() })
  onTestFinished(() => fleet.close())
  return fleet
}
