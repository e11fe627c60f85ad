// Owns choosing a currency and a time zone by what people call them.
import { Select } from 'antd'
import { useMemo, useState } from 'react'

import { currentLanguage } from '../../lib/i18n.ts'
import { currencies, timeZones } from './time-zones.ts'
import { currencyName, zoneOption } from './zone-names.ts'

interface ShopSelectProps {
  // Those that a form's item gives the control in it.
  readonly id?: string
  readonly value?: string | undefined
  readonly onChange?: (value: string) => void
  readonly 'aria-describedby'?: string | undefined
  readonly 'aria-invalid'?: true | undefined
  readonly disabled?: boolean
  readonly size?: 'large'
  readonly className?: string
}

export function CurrencySelect(props: ShopSelectProps) {
  const language = currentLanguage()
  return (
    <Select
      {...props}
      showSearch={{ optionFilterProp: 'label' }}
      options={currencies.map((value) => ({ value, label: currencyName(value, language) }))}
    />
  )
}

/** Naming all zones takes a third of a second: not before somebody looks. */
export function ZoneSelect({ value = '', ...rest }: ShopSelectProps) {
  const language = currentLanguage()
  const [opened, setOpened] = useState(false)
  const all = useMemo(
    () => (opened ? timeZones().map((zone) => zoneOption(zone, language)) : null),
    [opened, language],
  )
  const options = all ?? (value === '' ? [] : [zoneOption(value, language)])
  return (
    <Select
      {...rest}
      value={value}
      options={options}
      showSearch={{ optionFilterProp: 'label' }}
      onOpenChange={(open) => open && setOpened(true)}
    />
  )
}
