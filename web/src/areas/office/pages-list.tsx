// Owns which pages the staff's navigation and the command palette lead to, and who may see them.
import {
  ApiOutlined,
  AppstoreOutlined,
  BarChartOutlined,
  BarcodeOutlined,
  CheckSquareOutlined,
  ControlOutlined,
  DashboardOutlined,
  FileSearchOutlined,
  HomeOutlined,
  ImportOutlined,
  InboxOutlined,
  PlusSquareOutlined,
  ProfileOutlined,
  SafetyOutlined,
  SmileOutlined,
  TeamOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'

import type { Role } from '../../../../src/lib/roles.ts'
import type { StaffTexts } from '../../lib/locales/zh-CN/index.ts'

interface OfficePage {
  readonly path: string
  readonly name: keyof StaffTexts['office']['nav']
  readonly icon: ReactNode
  /** The least role. */
  readonly role: Role
}

export const officePages: readonly OfficePage[] = [
  { path: '/office', name: 'today', icon: <HomeOutlined />, role: 'clerk' },
  { path: '/office/board', name: 'board', icon: <AppstoreOutlined />, role: 'clerk' },
  { path: '/counter', name: 'counter', icon: <BarcodeOutlined />, role: 'clerk' },
  { path: '/office/orders', name: 'orders', icon: <ProfileOutlined />, role: 'clerk' },
  { path: '/office/orders/new', name: 'newOrder', icon: <PlusSquareOutlined />, role: 'clerk' },
  { path: '/office/stock', name: 'stock', icon: <InboxOutlined />, role: 'clerk' },
  { path: '/office/stock/receive', name: 'receive', icon: <ImportOutlined />, role: 'clerk' },
  { path: '/office/stock/counts', name: 'counts', icon: <CheckSquareOutlined />, role: 'clerk' },
  { path: '/office/customers', name: 'customers', icon: <SmileOutlined />, role: 'clerk' },
  { path: '/office/sales', name: 'sales', icon: <BarChartOutlined />, role: 'manager' },
  { path: '/office/staff', name: 'staff', icon: <TeamOutlined />, role: 'manager' },
  { path: '/office/system', name: 'system', icon: <DashboardOutlined />, role: 'owner' },
  { path: '/office/backups', name: 'backups', icon: <SafetyOutlined />, role: 'owner' },
  { path: '/office/audit', name: 'audit', icon: <FileSearchOutlined />, role: 'owner' },
  { path: '/office/webhooks', name: 'webhooks', icon: <ApiOutlined />, role: 'owner' },
  { path: '/office/settings', name: 'settings', icon: <ControlOutlined />, role: 'owner' },
]
