// Owns the English words for categories and units that shops here commonly use.
import { currentLanguage } from '../../lib/i18n.ts'

/** Categories and units are the shop's own words; those not listed stay as the shop wrote them. */
const english: Readonly<Record<string, string>> = {
  主粮: 'Staple food',
  猫粮: 'Cat food',
  狗粮: 'Dog food',
  零食: 'Treats',
  猫砂: 'Cat litter',
  玩具: 'Toys',
  洗护: 'Grooming & hygiene',
  保健: 'Health care',
  出行牵引: 'Walking & travel',
  小宠水族: 'Small pets & aquatics',
  窝具: 'Beds & furniture',
  食具水具: 'Bowls & feeding',
  清洁: 'Cleaning',
  服饰: 'Clothing',
  未分类: 'Other',
  其他: 'Other',
  袋: 'bag',
  包: 'pack',
  罐: 'can',
  盒: 'box',
  瓶: 'bottle',
  支: 'tube',
  件: 'piece',
  个: 'piece',
  条: 'strip',
  只: 'piece',
  套: 'set',
  桶: 'tub',
  根: 'stick',
  箱: 'case',
  片: 'sheet',
  台: 'unit',
  把: 'piece',
  张: 'piece',
}

/** Of what was given none. */
const NONE = { 'zh-CN': '未分类', en: 'No category' }

export function termName(term: string): string {
  const language = currentLanguage()
  if (term === '') return NONE[language]
  return language === 'en' ? (english[term] ?? term) : term
}
