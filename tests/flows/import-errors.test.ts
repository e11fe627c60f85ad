// Shows that whatever is wrong in a file is named, with its line and column, and that nothing is written then.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { brief, codesOf, importAs } from '../support/imports.ts'
import { openShop, type Shop } from '../support/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
  await shop.addProduct({ sku: 'OLD', barcode: '111' })
})
afterAll(async () => {
  const products = await shop.core.store.db.selectFrom('inventory').select('sku').execute()
  await shop.close()
  expect(products).toEqual([{ sku: 'OLD' }])
})

const run = (file: string | Uint8Array, query = '') => importAs(shop, 'manager', file, query)
const dryRun = (file: string | Uint8Array) => run(file, '?dry_run=true')

describe('a file with errors', () => {
  test('writes nothing, and says what is wrong in the caller’s language', async () => {
    const file = 'sku,product_name,price\nA1,fine,10\nA2,,1.999\nA1,again,5'
    const { status, body } = await run(file)
    expect([status, body.error.code]).toEqual([400, 'IMPORT_INVALID'])
    expect(body.error.message).toContain('3 处错误')
    expect(body.error.details).toMatchObject({ dry_run: false, created: 1, error_count: 3 })
    expect(body.error.details.status).toBeUndefined()
    expect(body.error.details.errors.map(brief)).toEqual([
      [3, 'product_name', 'REQUIRED'],
      [3, 'price', 'DECIMALS'],
      [4, 'sku', 'DUPLICATE_SKU'],
    ])
    expect(body.error.details.errors[1].message).toContain('小数位太多')
    const english = await importAs(shop, 'manager', file, '', { 'accept-language': 'en' })
    expect(english.body.error.details.errors[2].message).toBe(
      'The SKU "A1" stands on line 2 already.',
    )
  })

  test.each([
    ['1,234.50', 'NUMBER_FORM'],
    ['￥12.00', 'NUMBER_FORM'],
    ['12.345', 'DECIMALS'],
    ['-1', 'NEGATIVE'],
    ['1000000.01', 'TOO_LARGE'],
    ['99999999999999999999999', 'TOO_LARGE'],
    ['1e3', 'NUMBER_FORM'],
    ['.5', 'NUMBER_FORM'],
    ['１２', 'NUMBER_FORM'],
    ['', 'REQUIRED'],
    ['free', 'NUMBER_FORM'],
  ])('a price of %j is %s', async (price, code) => {
    expect(codesOf(await dryRun(`sku,product_name,price\nA1,x,"${price}"`))).toEqual([
      [2, 'price', code],
    ])
  })

  test.each([
    ['sku', '', 'REQUIRED'],
    ['sku', 'x'.repeat(65), 'TOO_LONG'],
    ['product_name', '猫'.repeat(201), 'TOO_LONG'],
    ['barcode', '12 34', 'BARCODE_FORM'],
    ['image_url', 'http://insecure.example/a.jpg', 'IMAGE_FORM'],
    ['quantity', '1.5', 'WHOLE_NUMBER'],
    ['quantity', '-5', 'NEGATIVE'],
    ['quantity', '1000001', 'TOO_LARGE'],
    ['low_stock_threshold', '', 'REQUIRED'],
    ['active', 'maybe', 'YES_OR_NO'],
    ['cost', '1.001', 'DECIMALS'],
    ['unit', '', 'REQUIRED'],
    ['description', 'x'.repeat(5001), 'TOO_LONG'],
  ])('%s %j is %s', async (column, text, code) => {
    const cells = { sku: 'A1', product_name: 'x', price: '1', [column]: text }
    const lines = [
      Object.keys(cells).join(','),
      Object.values(cells)
        .map((c) => `"${c}"`)
        .join(','),
    ]
    expect(codesOf(await dryRun(lines.join('\r\n')))).toEqual([[2, column, code]])
  })

  test('names all that is wrong in a row', async () => {
    const file = 'sku,product_name,price,quantity,active\nA1,x,1.001,-2,maybe'
    expect(codesOf(await dryRun(file))).toEqual([
      [2, 'price', 'DECIMALS'],
      [2, 'active', 'YES_OR_NO'],
      [2, 'quantity', 'NEGATIVE'],
    ])
  })

  test('names a barcode that somebody has already, in the shop or in the file', async () => {
    const file = 'sku,product_name,price,barcode\nA1,x,1,111\nA2,y,1,222\nA3,z,1,222\nOLD,o,1,111'
    const { body } = await dryRun(file)
    expect(body.errors.map(brief)).toEqual([
      [2, 'barcode', 'BARCODE_TAKEN'],
      [4, 'barcode', 'DUPLICATE_BARCODE'],
      [5, 'barcode', 'DUPLICATE_BARCODE'],
    ])
    expect(body.errors[0].message).toContain('OLD')
  })

  test('counts every error, and lists the first thousand', async () => {
    const rows = Array.from({ length: 1500 }, (_, i) => `S${i},x,free`)
    const { body } = await dryRun(['sku,product_name,price', ...rows].join('\n'))
    expect([body.error_count, body.errors.length]).toEqual([1500, 1000])
    expect(body.errors.at(-1).line).toBe(1001)
  })
})

describe('a file that is no catalogue', () => {
  test.each([
    ['nothing at all', '', 'EMPTY_FILE'],
    ['an Excel workbook', new Uint8Array([0x50, 0x4b, 3, 4, 1, 2]), 'EXCEL_WORKBOOK'],
    ['a picture', new Uint8Array([0x89, 0x50, 0, 1, 2, 3]), 'NOT_CSV'],
    ['western text', Buffer.from('sku,name\n1,Café crème brûlée', 'latin1'), 'ENCODING_UNKNOWN'],
    ['another table', 'colour,weight\nred,5', 'NO_KNOWN_COLUMN'],
    ['a table without SKU', 'product_name,price\nx,1', 'MISSING_COLUMN'],
    ['a table with a column twice', 'sku,price,售价\nx,1,2', 'DUPLICATE_COLUMN'],
  ])('%s is named', async (_, file, code) => {
    const answer = await dryRun(file)
    expect(codesOf(answer).map(([, , found]) => found)).toEqual([code])
  })

  test('says once which columns new products would need', async () => {
    const { body } = await dryRun('sku,unit\nOLD,罐\nA1,罐\nA2,罐')
    expect(body.errors.map(brief)).toEqual([[1, 'product_name', 'MISSING_FOR_NEW']])
    expect(body.updated).toBe(1)
  })

  test('names the line on which a quote is opened and never closed', async () => {
    const file = 'sku,product_name,price\r\nA1,"two\r\nlines",1\r\nA2,"open,2\r\nA3,x,3\r\n'
    expect(codesOf(await dryRun(file))).toEqual([[4, null, 'QUOTE_NOT_CLOSED']])
    const misplaced = 'sku,product_name,price\nA1,5" bowl,1'
    expect(codesOf(await dryRun(misplaced))).toEqual([[2, null, 'QUOTE_MISPLACED']])
  })

  test('says that it is too long, before all else that is wrong', async () => {
    const { body } = await dryRun(`sku,product_name,price\n${'x\n'.repeat(100_001)}`)
    expect(body.error_count).toBe(100_001)
    expect(body.errors.slice(0, 2).map(brief)).toEqual([
      [1, null, 'TOO_MANY_ROWS'],
      [2, null, 'CELL_COUNT'],
    ])
  })

  test('counts the cells of each row', async () => {
    const file = 'sku,product_name,price\nA1,x\nA2,y,1,2\n,,\n\nA3,z,free'
    expect(codesOf(await dryRun(file))).toEqual([
      [2, null, 'CELL_COUNT'],
      [3, null, 'CELL_COUNT'],
      [6, 'price', 'NUMBER_FORM'],
    ])
  })
})
