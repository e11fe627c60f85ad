// Owns opening the SQLite store in a folder beside the program that runs on it.
import { readConfig } from '../../src/platform/config.ts'
import { openStore, type Store } from '../../src/platform/db/store.ts'

export function openFolder(
  dataDir: string,
  options: { readonly readOnly?: boolean } = {},
): Promise<Store> {
  const { store } = readConfig({ PETSHOP_DATA_DIR: dataDir })
  return openStore({ store, ...options })
}
