// Owns the example of a file to import: the columns, and two products as a shop would write them.
import {
  OWN_NAMES,
  type OwnColumn,
} from '../../../../src/modules/inventory/import-columns-rules.ts'
import type { Language } from '../../lib/i18n.ts'
import { csvText } from '../../lib/office/csv.ts'
import { headerOf } from './fields.ts'

type Row = Readonly<Record<OwnColumn, string | number>>

const rows: Record<Language, readonly Row[]> = {
  'zh-CN': [
    {
      sku: 'MS-001',
      barcode: '6901234567892',
      product_name: '冻干鸡肉粒 100g',
      name_en: 'Freeze-dried chicken 100 g',
      category: '零食',
      unit: '罐',
      price: '39.90',
      cost: '22.00',
      quantity: 50,
      low_stock_threshold: 10,
      active: '是',
      description: '猫狗都能吃。',
      image_url: '',
    },
    {
      sku: 'WJ-002',
      barcode: '',
      product_name: '逗猫棒（羽毛）',
      name_en: 'Feather wand',
      category: '玩具',
      unit: '根',
      price: '15.00',
      cost: '',
      quantity: 30,
      low_stock_threshold: 5,
      active: '是',
      description: '',
      image_url: '',
    },
  ],
  en: [
    {
      sku: 'TR-001',
      barcode: '6901234567892',
      product_name: 'Freeze-dried chicken 100 g',
      name_en: 'Freeze-dried chicken 100 g',
      category: 'Treats',
      unit: 'can',
      price: '39.90',
      cost: '22.00',
      quantity: 50,
      low_stock_threshold: 10,
      active: 'yes',
      description: 'For cats and dogs.',
      image_url: '',
    },
    {
      sku: 'TO-002',
      barcode: '',
      product_name: 'Feather wand',
      name_en: 'Feather wand',
      category: 'Toys',
      unit: 'piece',
      price: '15.00',
      cost: '',
      quantity: 30,
      low_stock_threshold: 5,
      active: 'yes',
      description: '',
      image_url: '',
    },
  ],
}

export function exampleCsv(language: Language): string {
  return csvText([
    OWN_NAMES.map((column) => headerOf(column, language)),
    ...rows[language].map((row) => OWN_NAMES.map((column) => row[column])),
  ])
}
