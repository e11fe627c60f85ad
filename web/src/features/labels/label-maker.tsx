// Owns making labels of products: which size, how many of each, a look at them, and the way to the printer.
import { PrinterOutlined } from '@ant-design/icons'
import { Alert, Button, Card } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useFormat } from '../../lib/format.ts'
import { useShopInfo } from '../../lib/shop-info.ts'
import { barsOf } from '../../lib/office/bars.ts'
import { CopiesTable } from './copies-table.tsx'
import type { LabelText } from './label.tsx'
import { codeOf, isTooDense, type LabelCode } from './label-code.ts'
import styles from './label-maker.module.css'
import { LabelOptions } from './label-options.tsx'
import { labelPages } from './label-pages.ts'
import { SIZES } from './label-sizes.ts'
import { useLabelOptions } from './options.ts'
import { Preview } from './preview.tsx'
import { PrintSheet } from './print-sheet.tsx'

/** A browser lays out so many without a pause. */
const MOST = 1000

export interface LabelProduct {
  readonly productId: number
  readonly name: string
  readonly price: string
  readonly barcode: string | null
  readonly sku: string
}

export function LabelMaker({ products }: { products: readonly LabelProduct[] }) {
  const { t } = useTranslation()
  const { number } = useFormat()
  const [options, setOptions] = useLabelOptions()
  const [copies, setCopies] = useState<ReadonlyMap<number, number>>(new Map())
  const size = SIZES[options.size]
  const labels = useLabels(products, options.shopName)
  const copiesOf = (productId: number) => copies.get(productId) ?? 1
  const count = products.reduce((sum, { productId }) => sum + copiesOf(productId), 0)
  const wanted = labels.map(({ product, text }) => ({
    label: text,
    copies: copiesOf(product.productId),
  }))
  const fits = count <= MOST
  return (
    <div className={styles.maker}>
      <Card title={t('labels.options')}>
        <div className={styles.side}>
          <LabelOptions options={options} onChange={setOptions} />
          <CopiesTable products={products} copiesOf={copiesOf} onChange={setCopies} />
          <Warnings labels={labels} size={options.size} />
          {!fits && <Alert type="error" showIcon title={t('labels.tooMany', { count: MOST })} />}
          <Button
            type="primary"
            size="large"
            icon={<PrinterOutlined />}
            disabled={count === 0 || !fits}
            onClick={() => window.print()}
            block
          >
            {t('labels.print', { count, labels: number(count) })}
          </Button>
          <p className={styles.hint}>{t('labels.hint')}</p>
        </div>
      </Card>
      <Preview
        size={size}
        labels={labels.map(({ product, text }) => ({
          productId: product.productId,
          text,
          copies: copiesOf(product.productId),
        }))}
      />
      {fits && <PrintSheet pages={labelPages(wanted, size, options.skip)} size={size} />}
    </div>
  )
}

interface MadeLabel {
  readonly product: LabelProduct
  readonly code: LabelCode | null
  readonly text: LabelText
}

function useLabels(products: readonly LabelProduct[], withShop: boolean): readonly MadeLabel[] {
  const { shop_name: shop } = useShopInfo()
  return useMemo(
    () =>
      products.map((product) => {
        const { name, price } = product
        const code = codeOf(product)
        const drawn = code && { text: code.text, bars: barsOf(code) }
        return { product, code, text: { name, price, code: drawn, shop: withShop ? shop : null } }
      }),
    [products, withShop, shop],
  )
}

interface WarningsProps {
  readonly labels: readonly MadeLabel[]
  readonly size: keyof typeof SIZES
}

function Warnings({ labels, size }: WarningsProps) {
  const { t } = useTranslation()
  const namesOf = (found: readonly MadeLabel[]) =>
    found.map(({ product }) => product.name).join(t('order.nameSeparator'))
  const without = labels.filter(({ code }) => code === null)
  const dense = labels.filter(
    ({ code, text }) =>
      code && text.code && isTooDense(text.code.bars.modules, code.format, SIZES[size]),
  )
  return (
    <>
      {without.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t('labels.notPrintable', { names: namesOf(without) })}
        />
      )}
      {dense.length > 0 && (
        <Alert type="warning" showIcon title={t('labels.dense', { names: namesOf(dense) })} />
      )}
    </>
  )
}
