import { tokenize } from '../../nlu/text/tokens';

const words = (text: string) =>
  tokenize(text)
    .map((t) => t.word)
    .join(' ');

test.each([
  ['Tiền Điện', 'tiền điện'],
  ['Tiền điện'.normalize('NFD'), 'tiền điện'],
  ['ｔｉền điện', 'tiền điện'],
  ['hoá đơn thuỷ điện quý', 'hóa đơn thủy điện quý'],
  ['ko dc bn', 'không được bao nhiêu'],
  ['hđ mkh nhiu v', 'hóa đơn mã khách hàng nhiêu vậy'],
  ['mã kh', 'mã khách hàng'],
  ['kh có điện', 'không có điện'],
  ['nhiềuuuuu quáaaa', 'nhiều quá'],
  ['alooooo', 'a lô'],
  ['tieenf ddieenj thangs nayf', 'tiền điện tháng này'],
  ['dieenj', 'điện'],
  ['cups ddieenj', 'cúp điện'],
  ['dduwowcj', 'được'],
  ['khoong', 'không'],
  ['tie62n d9ie65n', 'tiền điện'],
  ['ho1a d9o7n', 'hóa đơn'],
  ['d9u7o7c5', 'được'],
  ['ky1 t10 thang9', 'ky 1 t 10 thang 9'],
  ['1tr2 742k', '1 tr 2 742 không'],
  ['app zalo sms', 'app zalo sms'],
  ['răng rứa mô', 'răng rứa đâu'],
  ['tiềnđiện tienđien codien', 'tiền điện tien đien co dien'],
  ['mấtđiện hoadon', 'mất điện hoa don'],
  ['ko bt, bt thôi', 'không biết , bình thường thôi'],
  ['đkí nhận tn qua zl hn', 'đăng ký nhận tin nhắn qua zalo hôm nay'],
  ['110kv kv em', '110 kv khu vực em'],
  ['wá nhìu nx', 'quá nhiều nữa'],
])('%s → %s', (typed, wanted) => expect(words(typed)).toBe(wanted));

test('every token keeps the characters that it was read from', () => {
  const text = '  ＰＰ05 “hđ” e\u0302\u0301 t10 😡😡 mkh';
  const spans = tokenize(text).map((t) => [t.word, text.slice(t.start, t.end)]);
  expect(spans).toEqual([
    ['pp', 'ＰＰ'],
    ['05', '05'],
    ['"', '“'],
    ['hóa', 'hđ'],
    ['đơn', 'hđ'],
    ['"', '”'],
    ['ế', 'e\u0302\u0301'],
    ['t', 't'],
    ['10', '10'],
    ['😡', '😡😡'],
    ['mã', 'mkh'],
    ['khách', 'mkh'],
    ['hàng', 'mkh'],
  ]);
});
