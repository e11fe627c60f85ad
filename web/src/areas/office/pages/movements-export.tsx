// Owns taking the movements of a period out as a file.
import { DatePicker, Form, Modal } from 'antd'
import type { Dayjs } from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { exportPath } from '../../../lib/office/export-path.ts'
import { useShopInfo } from '../../../lib/shop-info.ts'
import { nextDay, startOfDay } from '../../../lib/zone.ts'

interface MovementsExportProps {
  readonly open: boolean
  readonly onClose: () => void
}

export function MovementsExport({ open, onClose }: MovementsExportProps) {
  const { t } = useTranslation()
  const { time_zone: zone } = useShopInfo()
  const [from, setFrom] = useState<Dayjs | null>(null)
  const [to, setTo] = useState<Dayjs | null>(null)
  const dayOf = (day: Dayjs) => day.format('YYYY-MM-DD')
  const path = exportPath('/inventory/movements/export', {
    from: from && startOfDay(dayOf(from), zone),
    to: to && startOfDay(nextDay(dayOf(to)), zone),
  })
  return (
    <Modal
      title={t('exports.movementsTitle')}
      open={open}
      onCancel={onClose}
      okText={t('exports.save')}
      okButtonProps={{ href: path, download: true }}
      onOk={onClose}
      width={420}
    >
      <p style={{ marginBottom: 'var(--space-4)', color: 'var(--color-ink-soft)' }}>
        {t('exports.wholeTime')}
      </p>
      <Form layout="vertical" component="div">
        <Form.Item label={t('exports.from')} htmlFor="movements-from">
          <DatePicker
            id="movements-from"
            style={{ width: '100%' }}
            value={from}
            onChange={setFrom}
            disabledDate={(day) => to !== null && day.isAfter(to, 'day')}
          />
        </Form.Item>
        <Form.Item label={t('exports.to')} htmlFor="movements-to">
          <DatePicker
            id="movements-to"
            style={{ width: '100%' }}
            value={to}
            onChange={setTo}
            disabledDate={(day) => from !== null && day.isBefore(from, 'day')}
          />
        </Form.Item>
      </Form>
    </Modal>
  )
}
