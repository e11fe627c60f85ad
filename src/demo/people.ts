// Owns the people of the demo shop: invented names, reserved e-mail addresses, unassigned numbers.
import type { DemoCustomer, DemoStaff, Species, StaffRole } from './types.ts'

const mailDomain = 'petshop.example'

/** No Chinese number begins with 111, so these reach nobody. */
const phoneNumber = (serial: number) => `111-0000-${String(serial).padStart(4, '0')}`

function staff(username: string, role: StaffRole, display_name: string, serial: number): DemoStaff {
  return {
    username,
    role,
    display_name,
    email: `${username}@${mailDomain}`,
    phone: phoneNumber(serial),
  }
}

export const demoStaff: readonly DemoStaff[] = [
  staff('owner', 'owner', '沈知秋', 1),
  staff('manager', 'manager', '陆小满', 2),
  staff('clerk1', 'clerk', '何沐阳', 3),
  staff('clerk2', 'clerk', '江一帆', 4),
]

type Row = [
  username: string,
  displayName: string,
  mailName: string,
  address: string,
  pets: Species[],
  visits: number,
]

const accounts: Row[] = [
  ['customer1', '林晓棠', 'customer1', '青禾区杏花里 12 号 3 单元 502', ['cat', 'cat'], 5],
  ['customer2', '周予安', 'customer2', '青禾区望桥路 88 弄 6 号 1101', ['dog'], 4],
  ['customer3', '许星野', 'customer3', '云汀区柳莺巷 7 号 2 楼', ['cat', 'fish'], 3],
  ['customer4', '苏念慈', 'customer4', '云汀区听雨大道 301 号 4 栋 1806', ['dog', 'cat'], 4],
  ['customer5', '顾南枝', 'customer5', '南岸区梧桐湾 19 号 1 单元 203', ['hamster', 'rabbit'], 3],
]

const regulars: Row[] = [
  ['小林爱猫', '林若溪', 'xiaolin', '青禾区杏花里 15 号 1 单元 301', ['cat'], 8],
  ['豆豆妈妈', '陈佳宁', 'doudou', '青禾区石榴街 42 号 701', ['dog'], 8],
  ['橘座的铲屎官', '赵一鸣', 'juzuo', '云汀区柳莺巷 23 号 401', ['cat', 'cat'], 7],
  ['旺财爸', '孙浩然', 'wangcai', '南岸区临江道 5 号 2 栋 902', ['dog'], 6],
  [
    '三只猫一只狗',
    '吴思远',
    'sanmao',
    '云汀区听雨大道 277 号 1203',
    ['cat', 'cat', 'cat', 'dog'],
    8,
  ],
  ['阿柴今天吃什么', '郑可欣', 'achai', '青禾区望桥路 16 号 503', ['dog'], 6],
  ['布偶小姐', '钱雨桐', 'buou', '南岸区梧桐湾 33 号 2 单元 1502', ['cat'], 6],
  ['栗子和年糕', '冯子墨', 'lizi', '青禾区石榴街 8 号 204', ['hamster', 'hamster'], 4],
  ['兔兔不吃肉', '蒋安琪', 'tutu', '云汀区竹影里 61 号 602', ['rabbit'], 4],
  ['一缸斗鱼', '韩立成', 'douyu', '南岸区临江道 77 号 1004', ['fish'], 4],
  ['鹦鹉阿绿', '杨书瑶', 'alv', '云汀区竹影里 12 号 303', ['bird'], 3],
  ['柯基腿不短', '朱明轩', 'keji', '青禾区杏花里 3 号 1201', ['dog'], 6],
  ['奶牛猫警长', '秦子涵', 'jingzhang', '南岸区海棠路 140 号 605', ['cat'], 5],
  ['老许遛狗', '许国栋', 'laoxu', '青禾区望桥路 102 号 301', ['dog'], 5],
  ['喵星驻地球', '何雨彤', 'miaoxing', '云汀区听雨大道 19 号 2204', ['cat', 'cat'], 6],
  ['龟速生活', '吕文博', 'guisu', '南岸区海棠路 66 号 702', ['turtle', 'fish'], 3],
  ['雪球与煤球', '施梦洁', 'xueqiu', '青禾区石榴街 95 号 1702', ['cat', 'cat'], 6],
  ['边牧毕业了', '张启航', 'bianmu', '南岸区临江道 210 号 801', ['dog'], 4],
  ['圆滚滚的英短', '孔诗涵', 'yingduan', '云汀区柳莺巷 50 号 502', ['cat'], 5],
  ['土豆烧牛肉', '曹俊杰', 'tudou', '青禾区杏花里 28 号 604', ['dog', 'cat'], 5],
  ['可乐加冰', '严梓萱', 'kele', '南岸区梧桐湾 7 号 403', ['dog'], 4],
  ['芝麻汤圆', '华静怡', 'zhima', '云汀区竹影里 39 号 1101', ['cat'], 4],
  ['鼠鼠我呀', '金宇轩', 'shushu', '青禾区望桥路 57 号 205', ['hamster'], 3],
  ['半亩鱼塘', '魏长青', 'yutang', '南岸区海棠路 12 号 101', ['fish'], 3],
  ['金毛大暖男', '陶欣妍', 'jinmao', '云汀区听雨大道 155 号 903', ['dog'], 5],
  ['猫毛过敏星人', '姜文静', 'guomin', '青禾区石榴街 71 号 801', ['cat'], 3],
  ['二哈拆迁队', '戚家豪', 'erha', '南岸区临江道 33 号 1601', ['dog'], 5],
  ['桂花酒酿', '谢婉清', 'guihua', '云汀区柳莺巷 88 号 302', ['cat', 'rabbit'], 4],
  ['泰迪小卷', '邹晓彤', 'xiaojuan', '青禾区杏花里 40 号 1003', ['dog'], 4],
  ['三花招财', '喻心怡', 'sanhua', '南岸区海棠路 203 号 504', ['cat'], 4],
  ['周末撸猫', '柏景行', 'zhoumo', '云汀区竹影里 5 号 1404', ['cat'], 2],
  ['玄凤啾啾', '水若兰', 'jiujiu', '南岸区梧桐湾 51 号 601', ['bird'], 2],
]

const nicknameOpenings = [
  '爱晒太阳的',
  '早睡早起的',
  '只吃罐头的',
  '住在顶楼的',
  '走路带风的',
  '从不挑食的',
  '刚满一岁的',
  '特别黏人的',
  '圆脸的',
]
const petNames: [name: string, pets: Species[]][] = [
  ['小橘', ['cat']],
  ['豆包', ['dog']],
  ['奶糖', ['cat']],
  ['元宝', ['dog']],
  ['墨墨', ['cat', 'cat']],
  ['花生', ['hamster']],
  ['年年', ['cat', 'dog']],
]
const surnames = ['程', '叶', '罗', '梁', '宋', '唐', '薛', '白', '田']
const givenNames = ['嘉禾', '知夏', '以宁', '云舒', '清和', '乐言', '初晴']
const streets = ['青禾区石榴街', '云汀区竹影里', '南岸区海棠路', '青禾区望桥路', '南岸区临江道']

/** One customer per opening and pet name; 9 and 7 share no divisor, so no full name repeats. */
const occasional: Row[] = nicknameOpenings.flatMap((opening, first) =>
  petNames.map(([petName, pets], second): Row => {
    const index = first * petNames.length + second
    const name = `${surnames[index % surnames.length]}${givenNames[index % givenNames.length]}`
    const house = `${streets[index % streets.length]} ${110 + index * 3} 号 ${(index % 18) + 2}02`
    return [`${opening}${petName}`, name, `guest${index + 1}`, house, pets, 1 + (index % 3)]
  }),
)

/** `customer1` … `customer5` first, then the regulars and the occasional ones of the history. */
export const demoCustomers: readonly DemoCustomer[] = [
  ...accounts.map((row, index) => customer(row, 11 + index, true)),
  ...[...regulars, ...occasional].map((row, index) => customer(row, 101 + index, false)),
]

function customer(row: Row, serial: number, account: boolean): DemoCustomer {
  const [username, display_name, mailName, address, pets, visits] = row
  return {
    username,
    display_name,
    email: `${mailName}@${mailDomain}`,
    phone: phoneNumber(serial),
    address: `江晚市${address}`,
    pets,
    visits,
    account,
  }
}
