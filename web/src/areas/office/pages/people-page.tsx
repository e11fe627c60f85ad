// Owns the page of the staff: who may enter the office, as what, and who no longer.
import { Empty, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { HandOver, type Slip } from '../../../features/people/hand-over.tsx'
import { rolesToGive } from '../../../features/people/limits.ts'
import { PeopleTable } from '../../../features/people/people-table.tsx'
import { PersonDrawer } from '../../../features/people/person-drawer.tsx'
import { NewPersonForm } from '../../../features/people/person-form.tsx'
import { useStaff } from '../../../features/people/staff.ts'
import { useSession } from '../../../lib/session.ts'
import { useUrlFilters } from '../../../lib/url-filters.ts'
import { Button } from '../../../ui/button.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { SearchBox } from '../../../ui/search-box.tsx'
import styles from './filters.module.css'

const states = ['active', 'disabled'] as const
const staffRoles = ['owner', 'manager', 'clerk'] as const

export function PeoplePage() {
  const { t } = useTranslation()
  const { user: me } = useSession()
  const address = useUrlFilters()
  const [adding, setAdding] = useState(false)
  const [slip, setSlip] = useState<Slip | null>(null)
  const search = address.get('search')
  const state = address.oneOf('state', states)
  const role = address.oneOf('role', staffRoles)
  const staff = useStaff({ search, active: state && state === 'active' }, role)
  if (!me) return null
  return (
    <>
      <PageHeader title={t('people.staff')} text={t('people.staffText')}>
        <Button tone="primary" size="sm" onClick={() => setAdding(true)}>
          {t('people.newStaff')}
        </Button>
      </PageHeader>
      <div className={styles.filters}>
        <SearchBox
          label={t('people.search')}
          value={search}
          onSearch={(value) => address.set({ search: value }, search !== '')}
        />
        <Select
          aria-label={t('people.role')}
          placeholder={t('people.role')}
          allowClear
          value={role ?? null}
          options={staffRoles.map((value) => ({ value, label: t(`office.roles.${value}`) }))}
          onChange={(value: string | undefined) => address.set({ role: value ?? null })}
        />
        <Select
          aria-label={t('people.filterActive')}
          placeholder={t('people.filterActive')}
          allowClear
          value={state ?? null}
          options={states.map((value) => ({ value, label: t(`people.${value}`) }))}
          onChange={(value: string | undefined) => address.set({ state: value ?? null })}
        />
      </div>
      <PeopleTable
        people={staff}
        withRole
        empty={<Empty description={t('people.noStaff')} />}
        onOpen={(userId) => address.set({ user: String(userId) })}
      />
      <PersonDrawer
        userId={address.id('user')}
        label={t('people.staffDetails')}
        onClose={() => address.set({ user: null })}
      />
      <NewPersonForm
        kind="staff"
        open={adding}
        mayGive={rolesToGive(me)}
        onClose={() => setAdding(false)}
        onCreated={({ username }, password) => {
          setAdding(false)
          setSlip({ title: t('people.created'), username, password })
        }}
      />
      <HandOver slip={slip} onClose={() => setSlip(null)} />
    </>
  )
}
