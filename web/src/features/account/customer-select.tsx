// Owns finding a customer by name, e-mail or phone.
import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { User } from '../../../../src/modules/users/schema.ts'
import { api, type Page } from '../../lib/api.ts'
import { keys } from '../../lib/query-keys.ts'
import { useDebounced } from '../../lib/use-debounced.ts'

interface CustomerSelectProps {
  // Given by the form's item around it.
  readonly id?: string
  readonly value?: number
  readonly onChange?: (userId: number) => void
}

export function CustomerSelect({ id, value, onChange }: CustomerSelectProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const search = useDebounced(typed.trim())
  const found = useQuery({
    queryKey: keys.customers(search),
    queryFn: ({ signal }) => api.get<Page<User>>('/users', { search, limit: 20 }, signal),
    placeholderData: (before) => before,
  })
  return (
    <Select
      {...(id && { id })}
      value={value ?? null}
      onChange={(userId: number | null) => userId !== null && onChange?.(userId)}
      placeholder={t('office.customerSearch')}
      loading={found.isFetching}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      options={(found.data?.items ?? []).map((user) => ({
        value: user.user_id,
        label: [user.username, user.display_name, user.phone].filter(Boolean).join(' · '),
      }))}
    />
  )
}
