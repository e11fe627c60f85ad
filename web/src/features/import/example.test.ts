// Shows that the example files are ones that the import takes as they are.
import { expect, test } from 'vitest'

import { readCsv } from '../../../../src/lib/csv.ts'
import { isEan13 } from '../../../../src/lib/ean13.ts'
import { OWN_NAMES, readHeader } from '../../../../src/modules/inventory/import-columns-rules.ts'
import { exampleCsv } from './example.ts'

test.for(['zh-CN', 'en'] as const)('the example in %s is read without a word', async (language) => {
  const records = []
  for await (const record of readCsv(new TextEncoder().encode(exampleCsv(language)))) {
    records.push(record)
  }
  const [head, ...rows] = records
  const { header, problems } = readHeader(head?.cells ?? [], 1)
  expect(problems).toEqual([])
  expect([...header.places.keys()]).toEqual(OWN_NAMES)
  expect(rows).toHaveLength(2)
  for (const { cells } of rows) {
    expect(cells).toHaveLength(OWN_NAMES.length)
    const barcode = cells[1] ?? ''
    expect(barcode === '' || isEan13(barcode)).toBe(true)
  }
})
