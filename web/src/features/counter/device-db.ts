// Owns what a till keeps on its device beyond a reload and a change of shift: products, waiting and parked sales, and
// which sales are finished.

const NAME = 'petshop-counter'
const VERSION = 2

export type DeviceStore = 'products' | 'sales' | 'parked' | 'finished'

let opened: Promise<IDBDatabase> | null = null

function open(): Promise<IDBDatabase> {
  opened ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION)
    request.onupgradeneeded = () => {
      const db = request.result
      const make = (name: DeviceStore, options: IDBObjectStoreParameters) => {
        if (!db.objectStoreNames.contains(name)) db.createObjectStore(name, options)
      }
      make('products', { keyPath: 'product_id' })
      make('sales', { keyPath: 'seq', autoIncrement: true })
      make('parked', { keyPath: 'id', autoIncrement: true })
      make('finished', { keyPath: 'sale_id' })
    }
    request.onsuccess = () => {
      const db = request.result
      // Another tab with a newer version of the page must not wait for this one.
      db.onversionchange = () => {
        db.close()
        opened = null
      }
      // By the browser, as when somebody clears its data: what comes next opens it anew.
      db.onclose = () => {
        opened = null
      }
      resolve(db)
    }
    request.onerror = () => reject(request.error ?? new Error('IndexedDB'))
  })
  // Refused once, it may be allowed later.
  opened.catch(() => (opened = null))
  return opened
}

/** In the order of their keys. */
export async function readAll<T>(store: DeviceStore): Promise<T[]> {
  const db = await open()
  return answerOf<T[]>(db.transaction(store).objectStore(store).getAll())
}

/**
 * Adds a value to each store, all or none. Resolves when they are on the device, past a loss of power.
 * @throws ConstraintError where one with its key is there already
 */
export async function addAll(values: Partial<Record<DeviceStore, object>>): Promise<void> {
  const stores = Object.keys(values) as DeviceStore[]
  const transaction = (await open()).transaction(stores, 'readwrite', { durability: 'strict' })
  const done = doneOf(transaction)
  for (const store of stores) transaction.objectStore(store).add(values[store])
  await done
}

export async function put(store: DeviceStore, value: object): Promise<void> {
  const transaction = (await open()).transaction(store, 'readwrite')
  transaction.objectStore(store).put(value)
  await doneOf(transaction)
}

export async function remove(store: DeviceStore, key: number | string): Promise<void> {
  const transaction = (await open()).transaction(store, 'readwrite')
  transaction.objectStore(store).delete(key)
  await doneOf(transaction)
}

/** All of them or, if the page is closed meanwhile, none. */
export async function replaceAll(store: DeviceStore, values: readonly object[]): Promise<void> {
  const transaction = (await open()).transaction(store, 'readwrite')
  const objects = transaction.objectStore(store)
  objects.clear()
  for (const value of values) objects.put(value)
  await doneOf(transaction)
}

function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('IndexedDB'))
  })
}

function doneOf(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    // A request that fails takes its transaction with it.
    transaction.onabort = () => reject(transaction.error ?? new Error('IndexedDB'))
  })
}
