// Owns what a disk holds after the power went: all that was synced, and of the rest whatever it had got round to.
import type { Random } from '../../src/demo/random.ts'
import type { Step } from './trace.ts'

type Change = Extract<Step, { kind: 'write' | 'truncate' }>

export interface Disk {
  take(step: Step, number: number): void
  /** What each file holds if the power goes now. */
  afterCut(random: Random): Cut
}

export interface Cut {
  readonly images: ReadonlyMap<string, Buffer>
  /** Whether there was anything to lose. */
  readonly unsynced: boolean
}

/** A disk writes these whole or not at all. */
const SECTOR = 512

interface Pending {
  readonly change: Change
  /** Of the step. */
  readonly number: number
}

/** @param files what stands on the disk in the beginning, all of it synced */
export function createDisk(files: ReadonlyMap<string, Buffer>): Disk {
  const durable = new Map([...files].map(([file, bytes]) => [file, imageOf(bytes)]))
  const pending = new Map<string, Pending[]>()

  return {
    take(step, number) {
      if (step.kind === 'answer') return
      const waiting = pending.get(step.file) ?? []
      pending.set(step.file, waiting)
      if (step.kind !== 'sync') {
        waiting.push({ change: step, number })
        return
      }
      const image = durable.get(step.file) ?? imageOf(Buffer.alloc(0))
      durable.set(step.file, image)
      const isSynced = ({ number: at }: Pending) => at < step.upTo
      for (const { change } of waiting.filter(isSynced)) apply(image, change)
      pending.set(
        step.file,
        waiting.filter((each) => !isSynced(each)),
      )
    },
    afterCut(random) {
      const images = new Map<string, Buffer>()
      // Sometimes nothing that wasn't synced is there, sometimes nearly all of it, in no order.
      const share = random.pick([0, 0.2, 0.5, 0.9])
      for (const file of new Set([...durable.keys(), ...pending.keys()])) {
        const image = imageOf(contentOf(durable.get(file) ?? imageOf(Buffer.alloc(0))))
        for (const { change } of pending.get(file) ?? []) {
          if (random.chance(share)) apply(image, torn(random, change))
        }
        images.set(file, contentOf(image))
      }
      return { images, unsynced: [...pending.values()].some((waiting) => waiting.length > 0) }
    },
  }
}

function torn(random: Random, change: Change): Change {
  if (change.kind === 'truncate' || random.chance(0.8)) return change
  const sectors = random.int(0, Math.floor(change.bytes.length / SECTOR))
  return { ...change, bytes: change.bytes.subarray(0, sectors * SECTOR) }
}

/** With room to grow: a log is written at its end thousands of times. */
interface Image {
  bytes: Buffer
  size: number
}

function imageOf(bytes: Buffer): Image {
  return { bytes: Buffer.from(bytes), size: bytes.length }
}

function contentOf({ bytes, size }: Image): Buffer {
  return bytes.subarray(0, size)
}

function apply(image: Image, change: Change): void {
  if (change.kind === 'truncate') {
    resize(image, change.size)
    return
  }
  const end = change.at + change.bytes.length
  if (end > image.size) resize(image, end)
  change.bytes.copy(image.bytes, change.at)
}

function resize(image: Image, size: number): void {
  if (size > image.bytes.length) {
    const bytes = Buffer.alloc(size * 2)
    contentOf(image).copy(bytes)
    image.bytes = bytes
  }
  // What is grown into again was never written.
  if (size < image.size) image.bytes.fill(0, size, image.size)
  image.size = size
}
