// Owns the frame of the staff's pages: navigation at the side, on a phone behind a button.
import { MenuOutlined } from '@ant-design/icons'
import { Button, Drawer, Grid, Layout } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { Brand } from '../../ui/brand.tsx'
import { SkipLink } from '../../ui/skip-link.tsx'
import styles from './office-frame.module.css'
import { OfficeMenu } from './office-menu.tsx'
import { OfficePalette } from './office-palette.tsx'
import { OfficeTools } from './office-tools.tsx'
import { OrderDrawerByAddress, ProductDrawersByAddress } from './drawers.tsx'

export function OfficeFrame({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const wide = Grid.useBreakpoint().lg ?? true
  const [menuOpen, setMenuOpen] = useState(false)
  return (
    <Layout className={styles.frame}>
      <SkipLink />
      {wide && (
        <Layout.Sider width={208} className={styles.sider}>
          <div className={styles.brand}>
            <Brand to="/office" />
          </div>
          <OfficeMenu />
        </Layout.Sider>
      )}
      <Layout>
        <Layout.Header className={styles.header}>
          {!wide && (
            <>
              <Button
                type="text"
                icon={<MenuOutlined />}
                aria-label={t('office.menu')}
                onClick={() => setMenuOpen(true)}
              />
              <div className={styles.smallBrand}>
                <Brand to="/office" />
              </div>
            </>
          )}
          <OfficePalette />
          <OfficeTools />
        </Layout.Header>
        <Layout.Content id="main" tabIndex={-1} className={styles.content}>
          {children}
        </Layout.Content>
      </Layout>
      {!wide && (
        <Drawer
          title={t('office.title')}
          placement="left"
          size={260}
          open={menuOpen}
          onClose={() => setMenuOpen(false)}
          styles={{ body: { padding: 8 } }}
        >
          <OfficeMenu onPick={() => setMenuOpen(false)} />
        </Drawer>
      )}
      <OrderDrawerByAddress />
      <ProductDrawersByAddress />
    </Layout>
  )
}
