// Owns a product's barcode: typed or scanned, made by the shop, and a word when its check digit is wrong.
import { Button, Form, Input, Space } from 'antd'
import { useTranslation } from 'react-i18next'

import { ean13, isEan13 } from '../../../../src/lib/ean13.ts'
import { showFailure } from '../../ui/toast-store.ts'
import type { ProductValues } from './product-values.ts'
import { useNewBarcode } from './editor-queries.ts'

export function BarcodeField() {
  const { t } = useTranslation()
  const form = Form.useFormInstance<ProductValues>()
  const made = useNewBarcode()
  const barcode = Form.useWatch('barcode', form)?.trim() ?? ''
  const hint = (digit: string) => t('editor.barcodeHint', { digit })
  const make = () =>
    made.mutate(undefined, {
      onSuccess: (code) => {
        form.setFieldValue('barcode', code)
        void form.validateFields(['barcode'])
      },
      onError: showFailure,
    })
  return (
    <Form.Item label={t('product.barcode')} htmlFor="product_barcode">
      <Space.Compact block>
        <Form.Item
          name="barcode"
          noStyle
          rules={[
            { pattern: /^\s*[0-9A-Za-z-]*\s*$/, message: t('office.barcodeWrong') },
            // Some shops have such codes: it is said, not forbidden.
            { warningOnly: true, validator: (_, code: string) => checked(code, hint) },
          ]}
        >
          <Input maxLength={64} autoComplete="off" />
        </Form.Item>
        {barcode === '' && (
          <Button onClick={make} loading={made.isPending}>
            {t('editor.makeBarcode')}
          </Button>
        )}
      </Space.Compact>
    </Form.Item>
  )
}

function checked(code: string | undefined, hint: (digit: string) => string): Promise<void> {
  const text = code?.trim() ?? ''
  if (!/^\d{13}$/.test(text) || isEan13(text)) return Promise.resolve()
  return Promise.reject(new Error(hint(ean13(text.slice(0, 12)).slice(-1))))
}
