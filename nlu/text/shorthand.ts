import { strip } from './characters';

/** Teencode, abbreviations and dialect as the words they stand for. Keys are lower case as typed; values may be several words. */
const table = (rows: string): Map<string, string> =>
  new Map(
    rows
      .trim()
      .split('\n')
      .flatMap((row) => {
        const [long, short] = row.split(':') as [string, string];
        return short
          .trim()
          .split(/\s+/)
          .map((s) => [s, long.trim()] as [string, string]);
      }),
  );

export const SHORTHAND = table(`
không: ko k kg hok hông hổng hk khum hum kô kô khg khong0 hõng kông khôg
được: dc đc đuoc đươc dược đx dx đượk
bao nhiêu: bn bnh bnhiu bnhieu bnhiêu bnh bnhiu baonhieu baonhiu
nhiêu: nhiu nhiêo nhju
hóa đơn: hđ hdon hđơn
tiền điện: tđ tiendien
mất điện: matdien
cúp điện: cupdien
hợp đồng: hđồng hdong
mã khách hàng: mkh makh mãkh maxkh mãkhách
khách hàng: khang
số điện thoại: sdt sđt
điện thoại: đthoại dthoai
thanh toán: ttoan ttoán
chuyển khoản: ck ckhoan
nhân viên: nv nvien nviên
như thế nào: ntn nthn
rồi: r rùi ròi roài roi
với: vs vớii zới
vậy: z zậy dzậy zay v
gì: j gìz gj rì
sao: saoz
người: ng ngừi
người ta: ngta
làm: lm mần
biết: bít pít bik bjt
trước: trc trk trươc trướk
giờ: h gio
bây giờ: bgio bjo bayh
bao giờ: baoh bgiờ
hôm nay: hnay hqay homnay
hôm qua: hqua
ngày mai: nmai
nhưng mà: nma nhma
công ty: cty cti
điện lực: đlực dluc
đang: đg dg đag dag
thôi: thui thoy
vô: dzô dô zô
ừ: uh ừm uhm um ừa uk ukm ừh ờ
ok: oke okie okela oki okay okee okii okê oce ô-kê
cảm ơn: tks thanks thank thks camon cámơn cảmơn tksss thx
cảm: cám
xin lỗi: xl xloi
em: e
anh: a
chị: c
mọi người: mn mng
vui lòng: vlong
giúp: dùm giùm zùm
giật: dựt dật giựt giut zựt zật
này: nì nài nầy
đâu: mô đou
tao: tau
tháng: thg thag tháq
chỉ số: chisố csố
công tơ: ctơ cto
đồng hồ: đhồ đh
xin chào: hello helo hi hey
a lô: alo alô aloo
mình: mik mk mìn
bạn: bợn
của: củaa cuả
đăng ký: đki đkí đky đký dki dky đkýý
hóa đơn: hđon hdơn
nhiều: nhìu nhìuu nhju nhiềuu
quá: wá qá
muốn: mún mun muốnn
luôn: lun luônn
hoài: quài
vậy: zị zẩy
nữa: nx
cũng: cx cũg
chưa: chx chưz
thông báo: tbáo tbao
zalo: zl
tin nhắn: tn tnhắn
nhắn tin: nt
tài khoản: tk tkhoan
số tài khoản: stk
phòng giao dịch: pgd
hồ sơ: hsơ
hôm nay: hn hnayy
giờ: giờg
thu tiền: thutien
`);

/** Pairs of words that are often typed without the space between them; the letters stay as they were typed. */
const PAIRS =
  'tiền điện|mất điện|cúp điện|cắt điện|có điện|hóa đơn|bao nhiêu|khách hàng|thanh toán|điện lực|công tơ|chỉ số|tháng này|tháng trước|hôm nay|hôm qua|ngày mai|khi nào|bao giờ|bao lâu|thế nào|làm sao|tại sao|nhân viên|tổng đài|đăng ký|hợp đồng|điện thoại|cảm ơn|xin chào|số điện|giá điện|lịch cúp|lịch cắt|đóng tiền|trả tiền|nộp tiền|còn nợ|tra cứu|kiểm tra|đồng hồ|trụ điện|cột điện|dây điện|không có|khiếu nại|sự cố';

/** What is written together, without marks, with the length of its first word. */
export const GLUED = new Map(
  PAIRS.split('|').map((pair) => {
    const [first, second] = pair.split(' ').map((word) => strip(word)) as [string, string];
    return [first + second, first.length];
  }),
);

/** Words that look like Telex keystrokes or noise but are words of their own here. */
export const KNOWN = new Set(
  `app sms web zalo email mail internet wifi online offline ok evn evnnpc evnhcmc evncpc evnspc evnhanoi momo vnpay viettel qr pdf xml otp
  facebook messenger telegram chat bot admin shop link file website hotline call center error test bank vcb agribank bidv vietcombank
  fire wire wires line lines pole fallen broken sparking sparks smoke burning electrocuted shocked road street house someone people near danger emergency urgent down explosion transformer fell
  the this is are was has have how for from and but not you your what when where why who which there here his her as us so or if of off
  or do does did can cant will would should my me we they them our power bill pay paid meter electric electricity price cost please help
  cos sin max min pro plus box fax tax taxi bus gas car cars sos vs led tivi tv kwh kw kva hdmi usb vip sim card atm post cs lgd td ntd lcd tc spc
  smart iphone android samsung apple google youtube tiktok mall sale free book store grab`.split(/\s+/),
);
