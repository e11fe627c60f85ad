// Owns the passwords that everybody tries first: the most used of public leaks, folded, of eight characters or more.

const LISTED = `
00000000 0123456789 01234567 012345678 0987654321 10101010 11111111 111111111 1111111111 11112222
11223344 1122334455 112233445566 12121212 12131415 123123123 123123123123 12312312 12341234 123454321
12344321 1234554321 123456123 123456123456 1234567a 12345678 123456789 1234567890 12345678910
123456789a 1234567890a 123456789q 12345678a 123456aa 123456ab 123456abc 123456as 123456qq 123456qwe
123456zx 1234abcd 1234qwer 12qwaszx 13131313 135792468 1357924680 13145200 1314520520
1314521314 14141414 147258369 1472583690 147852369 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx 1qaz2wsx3edc
1qazxsw2 19491001 20082008 20202020 21212121 22222222 222222222 22334455 23456789 31415926 31415927
33333333 369258147 43214321 44444444 52013140 5201314520 520520520 521521521 55555555 555555555
5845201314 66666666 666666666 66668888 741852963 76543210 77777777 777777777 7894561230 789456123
87654321 88888888 888888888 8888888888 88889999 963852741 987654321 9876543210 99999999 999999999
1111aaaa 111222333 123qweasd 123qwe123 123qwe456 159357159 1a2b3c4d 1qaz1qaz 2wsx3edc
a1234567 a12345678 a123456789 a1b2c3d4 aa123456 aa12345678 aaa111111 aaaa1111 aaaaaaaa abc12345
abc123456 abc123456789 abcd1234 abcd12345 abcde12345 abcdefgh abcdefg1 access14 admin123 admin1234
admin123456 admin888 administrator adminadmin alexander as123456 asd12345 asd123456 asdasdasd asdf1234
asdfasdf asdfghjk asdfghjkl asdfghjkl1 baseball basketball bigdaddy butterfly caonima123 changeme
changeme1 charlie1 chocolate computer corvette danielle dearbook dragon123 elizabeth football
football1 freedom1 gfhjkm123 handsome hello123 hello1234 helloworld iloveyou iloveyou1 iloveyou2
internet jennifer jessica1 jordan23 justdoit kobe2424 letmein1 letmein123 liverpool liverpool1 lovelove
magic123 marlboro master123 maverick mercedes metallica michael1 michelle microsoft midnight
monkey123 mustang1 nicholas ninja123 p@ssw0rd p@ssword p@$$w0rd pa$$w0rd pass1234 pass12345 passw0rd
passw0rd1 password password! password0 password1 password12 password123 password1234 password2
petshop1 petshop123 pokemon1 princess princess1 q1w2e3r4 q1w2e3r4t5 q1w2e3r4t5y6 qazwsx123 qazwsxedc
qq123456 qq123456789 qq5201314 qqqq1111 qqqqqqqq qwe12345 qwe123456 qweasdzxc qweqweqwe qwer1234
qwerasdf qwertyui qwertyuiop qwerty12 qwerty123 qwerty1234 qwerty12345 qwerty123456 rockyou1 samantha
secret123 shadow123 starwars summer123 sunshine sunshine1 superman superman1 test1234 test12345
testtest trustno1 victoria wang1234 wangyut2 welcome1 welcome123 whatever woaini123 woaini1314
woaini520 woaini521 woaiwojia woshishui w5201314 xiaoming xiazhili xxxxxxxx zaq12wsx zaq1zaq1 zhang123
zhangwei zxc12345 zxc123456 zxcvbnm1 zxcvbnm123 zz123456 zzzzzzzz
`

export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(LISTED.trim().split(/\s+/))
