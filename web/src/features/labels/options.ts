// Owns how labels are made here: remembered by this browser, for it stands beside this printer.
import { useState } from 'react'

import { readStored, writeStored } from '../../lib/storage.ts'
import { SIZE_NAMES, type SizeName } from './label-sizes.ts'

export interface LabelOptions {
  readonly size: SizeName
  readonly shopName: boolean
  /** Places of the first sheet that are used already. */
  readonly skip: number
}

const storageName = 'petshop.labels'

export function useLabelOptions() {
  const [options, setOptions] = useState(readOptions)
  const set = (next: LabelOptions) => {
    setOptions(next)
    writeStored(storageName, `${next.size} ${next.shopName ? 1 : 0}`)
  }
  return [options, set] as const
}

function readOptions(): LabelOptions {
  const [stored, shopName] = (readStored(storageName) ?? '').split(' ')
  const size = SIZE_NAMES.find((name) => name === stored) ?? 's40x30'
  return { size, shopName: shopName === '1', skip: 0 }
}
