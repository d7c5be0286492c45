/**
 * What Vietnamese people choose and guess first, commonest first, without marks and spaces: passwords,
 * words of social insurance, places, names, and the syllables that most sentences are made of.
 */
export const commonWords: readonly string[] = `
matkhau matkhaucuatoi matkhaumoi doimatkhau khongcomatkhau quenmatkhau nhomatkhau baohiem baohiemxahoi
baohiemyte baohiemthatnghiep bhxh bhyt bhtn bhxhvn vssid vneid dichvucong dinhdanh cancuoc cancuoccongdan cccd
cmnd sobaohiem masobhxh thebaohiem thebhyt sodienthoai dienthoai taikhoan dangnhap dangky matma bimat xinchao
chaoban toilaai khongbiet khongnho anhyeuem emyeuanh iuem iuanh anhnhoem emnhoanh yeuem yeuanh yeumotnguoi
yeumainguoi mottinhyeu tinhyeu tinhdau tinhban tinhdaukhophai vochong voyeu chongyeu conyeu concung giadinh
giadinhtoi giadinhlaso1 bome bamecon toiyeugiadinh toiyeubome meyeucon contraiyeu congaiyeu toiyeuvietnam
vietnam vietnamvodich vietnamquehuong toiyeutoquoc quehuong hochiminh bachovidai bacho saigon hanoi danang
cantho haiphong nhatrang dalat vungtau binhdinh quynhon gialai pleiku hue quangnam quangngai phuyen khanhhoa
daklak buonmathuot lamdong dongnai binhduong tayninh longan tiengiang bentre travinh vinhlong dongthap angiang
kiengiang camau baclieu soctrang haugiang hagiang caobang backan tuyenquang laocai dienbien laichau sonla
yenbai hoabinh thainguyen langson quangninh bacgiang phutho vinhphuc bacninh haiduong hungyen thaibinh hanam
namdinh ninhbinh thanhhoa nghean hatinh quangbinh quangtri thuathienhue ninhthuan binhthuan kontum daknong
binhphuoc thanhphohochiminh thudohanoi songda songhong songcuulong hoanganhgialai doituyenvietnam bongda
realmadrid manchester nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly nguyenvan
nguyenthi tranvan tranthi levan lethi phamvan phamthi nguyenvana nguyenvanan tranthib phamvanc van thi anh
hung dung tuan minh hoa huong lan mai linh trang thao thu thuy hanh hien hoai ngoc nga nhung oanh phuong quynh
tam thanh thang thinh tien toan trung truong tu tung uyen vinh xuan yen bao binh chau chi cuong dat diem diep
dong duc duy giang ha hai hao hieu hong huy khanh khoa kien lam loan loc long luan my nam nghia nhan nhi nhu
phat phong phuc quan quang quoc son tai tan thien tho thuan tin tri truc vy conmeo concho conheo conga meocon
cuncon hoahong hoasen hoamai hoadao trasua caphe caphesua tradaviahe tradaviahebuoisang comtam phobo bunbo
banhmi mattroi mattrang ngoisao bautroi biencaocatvang namuoinam chucmungnammoi namoimotlan phatloc phattai
tienbac vang maymanmotdoi maymansuotdoi hanhphuc binhan vuive khoemanh songkhoe suckhoe congty cokhi nhamay
truonghoc giaovien hocsinh sinhvien bacsi benhvien congan bodoi nhanuoc vanphong ketoan canbo nhanvien admin
quantri motnamba mothaiba mothaibabonnam motnam haiba babon bonnam namsau khongmothai abcabc abcxyz qwerty
asdfgh zxcvbn qazwsx iloveyou toi ban ong ba cha me con co chu bac cau di noi ngoai nha cua xe nuoc non song
nui bien troi mua nang gio ngay sang trua chieu dem hom nay kia mot bon sau bay chin muoi tram nghin trieu ty
cao thap dai ngan rong hep xanh den tim nau an uong ngu choi hoc ve nghe nhin doc viet yeu thuong nho quen
buon vui cuoi khoc tot xau dep khong duoc la va voi cho rat nhieu it moi cu cung da se roi nua thoi nhe oi gi
nao sao dau day
`
  .trim()
  .split(/\s+/);
