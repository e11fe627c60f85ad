// Owns the demo's brands: all invented, each with the digits that open its barcodes.
import type { Brand, Tint } from '../types.ts'

const brand = (name: string, name_en: string, barcode_prefix: string, backdrop: Tint): Brand => ({
  name,
  name_en,
  barcode_prefix,
  backdrop,
})

export const brands = {
  suiwan: brand('穗湾', 'Suiwan', '6981207', 'sand'),
  judun: brand('橘墩', 'Judun', '6981518', 'amber'),
  wangling: brand('汪岭', 'Wangling', '6981829', 'moss'),
  xiandu: brand('鲜渡', 'Xiandu', '6982130', 'teal'),
  chanxiaoman: brand('馋小满', 'Chanxiaoman', '6982441', 'coral'),
  jiaoshan: brand('嚼山', 'Jiaoshan', '6982752', 'sand'),
  shalu: brand('砂鹿', 'Shalu', '6983063', 'sky'),
  baishu: brand('白澍', 'Baishu', '6983374', 'slate'),
  yuemao: brand('跃毛', 'Yuemao', '6983685', 'rose'),
  dongwei: brand('咚尾', 'Dongwei', '6983996', 'amber'),
  murong: brand('沐茸', 'Murong', '6984307', 'violet'),
  shuyun: brand('梳云', 'Shuyun', '6984618', 'sky'),
  anbuyuan: brand('安哺元', 'Anbuyuan', '6984929', 'teal'),
  heyangji: brand('禾养记', 'Heyangji', '6985230', 'moss'),
  liuxi: brand('遛溪', 'Liuxi', '6985541', 'teal'),
  beimiaoshan: brand('背喵山', 'Beimiaoshan', '6985852', 'violet'),
  tuanwoji: brand('团窝记', 'Tuanwoji', '6986163', 'coral'),
  muzhuafang: brand('木爪坊', 'Muzhuafang', '6986474', 'sand'),
  taoshijian: brand('陶食间', 'Taoshijian', '6986785', 'rose'),
  guguquan: brand('汩汩泉', 'Guguquan', '6987096', 'sky'),
  lilishu: brand('栗栗鼠', 'Lilishu', '6987307', 'amber'),
  caoer: brand('草耳', 'Caoer', '6987618', 'moss'),
  lanxitang: brand('澜汐塘', 'Lanxitang', '6987929', 'sky'),
  yuyan: brand('羽檐', 'Yuyan', '6988230', 'teal'),
} as const satisfies Record<string, Brand>

export type BrandKey = keyof typeof brands
