// Owns asking a measured shop's doctor: figures of a shop whose data doesn't add up are worth nothing.
import { join } from 'node:path'
import { runProcess } from '../lib/processes.ts'
import type { Bench, Shop } from '../lib/scenario.ts'
import { rootOf } from './worker-beside.ts'

const DOCTOR_SECONDS = 600

/** @returns the doctor's last line @throws with all of them when something is wrong */
export async function askDoctor(
  bench: Pick<Bench, 'folder'>,
  shop: Shop,
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const words = await runProcess(process.execPath, [join(rootOf(shop), 'src/main.js'), 'doctor'], {
    env: { ...env, PETSHOP_DATA_DIR: shop.dataDir },
    cwd: bench.folder,
    seconds: DOCTOR_SECONDS,
  })
  return words.trim().split('\n').at(-1) ?? ''
}
