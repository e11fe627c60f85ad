// Owns choosing how labels look: their size, the shop's name, where on the sheet they begin.
import { Form, InputNumber, Select, Switch } from 'antd'
import { useTranslation } from 'react-i18next'

import { perPage, SIZE_NAMES, SIZES } from './label-sizes.ts'
import type { LabelOptions as Options } from './options.ts'

interface LabelOptionsProps {
  readonly options: Options
  readonly onChange: (options: Options) => void
}

export function LabelOptions({ options, onChange }: LabelOptionsProps) {
  const { t } = useTranslation()
  const places = perPage(SIZES[options.size])
  return (
    <Form layout="vertical" component="div">
      <Form.Item label={t('labels.size')} htmlFor="label-size">
        <Select
          id="label-size"
          value={options.size}
          options={SIZE_NAMES.map((value) => ({ value, label: t(`labels.sizes.${value}`) }))}
          onChange={(size) => onChange({ ...options, size, skip: 0 })}
        />
      </Form.Item>
      {places > 1 && (
        <Form.Item label={t('labels.skip')} htmlFor="label-skip" extra={t('labels.skipHint')}>
          <InputNumber
            id="label-skip"
            style={{ width: '100%' }}
            min={0}
            max={places - 1}
            precision={0}
            value={options.skip}
            onChange={(skip) => onChange({ ...options, skip: skip ?? 0 })}
          />
        </Form.Item>
      )}
      <Form.Item
        label={t('labels.shopName')}
        htmlFor="label-shop"
        layout="horizontal"
        colon={false}
      >
        <Switch
          id="label-shop"
          checked={options.shopName}
          onChange={(shopName) => onChange({ ...options, shopName })}
        />
      </Form.Item>
    </Form>
  )
}
