// On SQLite one writes at a time and readers read beside it: what do reads and orders, ten to one, do to each other?
// 60 connections read, 6 order; each alone, then both at once. The issue of it all are lock waits, and a write-ahead
// log that grows while readers keep it from being written back. There is no goal but to know.
import { orders, products, warmUp } from '../lib/loads.ts'
import { growth } from '../lib/metrics-growth.ts'
import { alternate, type Bench, type Sample, type Scenario, type Shop } from '../lib/scenario.ts'
import { watching } from '../lib/watch.ts'

const READERS = 60
const BUYERS = 6
const LOOK_MS = 250
const SQLITE = /^petshop_sqlite_/

export const scenario: Scenario = {
  name: 'mixed',
  question: 'What do reads and orders, 10:1, do to each other on SQLite?',
  goals: [],
  async run(bench) {
    const shop = await bench.startShop()
    const seconds = bench.seconds(5)
    await warmUp(bench, shop, products(shop, READERS, 1))
    await warmUp(bench, shop, orders(shop, BUYERS, 1))
    const beside: { reads: Sample[]; writes: Sample[] } = { reads: [], writes: [] }
    const samples = await alternate(bench.repetitions(3), {
      reads: () => calm(shop, () => bench.drive(shop, products(shop, READERS, seconds))),
      writes: () => calm(shop, () => bench.drive(shop, orders(shop, BUYERS, seconds))),
      both: () => calm(shop, () => both(bench, shop, seconds, beside)),
    })
    const { reads, writes } = samples
    bench.row({ name: 'reads alone', unit: 'reads', samples: reads })
    bench.row({
      name: 'reads beside orders',
      unit: 'reads',
      samples: beside.reads,
      against: { name: 'each alone', samples: reads },
    })
    bench.row({ name: 'orders alone', unit: 'orders', samples: writes })
    bench.row({
      name: 'orders beside reads',
      unit: 'orders',
      samples: beside.writes,
      against: { name: 'each alone', samples: writes },
    })
    bench.row({ name: 'both together', unit: 'requests', samples: samples.both })
    bench.note(
      'CPU and memory of both are in the last row; of histograms: how many, their mean, and the',
    )
    bench.note('end of the bucket that 99 % lie below, in ms. WAL and file: the largest seen, MiB.')
  },
}

/** Consumers that still work would be a third load. */
async function calm(shop: Shop, work: () => Promise<Sample>): Promise<Sample> {
  await shop.settled()
  return work()
}

async function both(
  bench: Bench,
  shop: Shop,
  seconds: number,
  beside: { reads: Sample[]; writes: Sample[] },
): Promise<Sample> {
  const before = await shop.metrics()
  const loads = Promise.all([
    bench.drive(shop, products(shop, READERS, seconds)),
    bench.drive(shop, orders(shop, BUYERS, seconds)),
  ])
  const { result, moments } = await watching(shop, LOOK_MS, loads)
  const [reads, writes] = result
  beside.reads.push(withoutProcess(reads))
  beside.writes.push(withoutProcess(writes))
  const { cpu_s = 0, peak_mib = 0 } = reads
  const count = reads.count + writes.count
  return {
    count,
    seconds: reads.seconds,
    rate: reads.rate + writes.rate,
    refused: (reads.refused ?? 0) + (writes.refused ?? 0),
    failed: (reads.failed ?? 0) + (writes.failed ?? 0),
    cpu_s,
    peak_mib,
    more: {
      ...growth(before, await shop.metrics(), SQLITE),
      wal_mib_max: Math.max(0, ...moments.map(({ wal_mib }) => wal_mib)),
      file_mib_max: Math.max(0, ...moments.map(({ file_mib }) => file_mib)),
    },
  }
}

/** Of one process that does both, nobody can say for which. */
function withoutProcess({ cpu_s: _cpu, peak_mib: _peak, ...sample }: Sample): Sample {
  return sample
}
