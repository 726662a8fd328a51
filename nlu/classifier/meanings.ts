import { type Lexicon, lexicon, lookAt } from '../entities/reading';
import type { Token } from '../text/tokens';

/**
 * Words that mean the same to this trade, whatever the region. The classifier counts the meanings of a message and their
 * pairs beside its words, so that "trụ gãy đè lên dây" is near "cột đổ vướng cáp" though no word is shared.
 */
const MEANINGS: Lexicon<string> = lexicon([
  ['fire', 'cháy|bốc cháy|phát hỏa|khói|bốc khói|lửa|tia lửa|tóe lửa|xẹt lửa|xẹt|đánh lửa|khét|mùi khét|nổ|phát nổ|nổ lớn|chập|chập điện|chập cháy|nẹt lửa|nẹt|đỏ rực|nóng đỏ|nóng chảy|chảy nhựa|nổ đùng|phóng điện|phóng hồ quang|hỏa hoạn|bén lửa|sáng lòa'],
  ['shock', 'giật|điện giật|bị giật|dựt|rò điện|rò rỉ|rò|nhiễm điện|hở điện|tê tay|tê tê|tê người|hút|dính điện|dính vào|bất tỉnh|co giật|ngất|chết người|nguy hiểm|tính mạng|nguy kịch|truyền điện|có điện vào nước'],
  ['grid', 'dây|dây điện|đường dây|trụ|trụ điện|cột|cột điện|cáp|dây cáp|trạm|trạm biến áp|trạm biến thế|biến áp|biến thế|tủ điện|hộp điện|cầu dao|cầu chì|aptomat|atomat|cb|ổ cắm|sứ|xà|dây trần|trung thế|cao thế|hạ thế|cao áp|lưới điện|bình điện'],
  ['fall', 'đứt|rớt|rơi|đổ|ngã|nghiêng|gãy|võng|sà|sà xuống|chạm|vướng|mắc|thòng|lòng thòng|bung|bong|hở|tróc|sắp đổ|sắp ngã|xiêu|vẹo|đè|tuột|sập|lủng lẳng|toác|hỏng|nứt'],
  ['water', 'ngập|ngập nước|nước ngập|nước vào|mưa|lũ|lụt|ướt|vũng nước'],
  ['life', 'thở|máy thở|thở máy|thở oxy|oxy|ô xy|máy tạo oxy|cấp cứu|lồng ấp|mổ|phẫu thuật|đang mổ|ca mổ|lọc máu|chạy thận|thẩm phân|hồi sức|icu|sản phụ|sinh con|đẻ|hút đàm|nằm liệt|tim|bệnh nhân|bệnh viện|trạm y tế|phòng mổ|sơ sinh|nằm viện tại nhà|truyền dịch|monitor|khí dung'],
  ['child', 'con nít|trẻ con|trẻ em|em bé|đứa nhỏ|học sinh|mấy đứa nhỏ|tụi nhỏ|thằng bé|con bé|đứa bé|cháu bé'],
  ['out', 'mất điện|cúp điện|cắt điện|ngắt điện|mất đèn|không có điện|chưa có điện|hết điện|tắt điện|tối thui|tối om|tối đen|tối hù|tắt ngúm|tắt hết|mất pha|cúp|sập nguồn|ngưng cấp điện|ngừng cấp điện|tắt phụt|tắt cái phụt|tắt luôn|tắt rụp'],
  ['back', 'có điện lại|có lại|có điện|đóng điện|mở điện|mở lại|cấp lại|đóng lại|cấp điện lại|đấu lại|nối lại|mở điện lại'],
  ['planned', 'lịch|lịch cúp|lịch cắt|lịch mất|kế hoạch|dự kiến|lịch ngừng'],
  ['when', 'khi nào|bao giờ|chừng nào|lúc nào|hồi nào|mấy giờ|bao lâu|mấy tiếng|ngày nào|ngày mấy|hôm nào|bữa nào|đến khi nào|tới khi nào|khi mô|bao lâu nữa|mấy ngày|lúc mô'],
  ['much', 'bao nhiêu|nhiêu|mấy tiền|mấy đồng|bao tiền|nhiêu tiền|mấy|hết mấy|bi nhiêu|bấy nhiêu'],
  ['why', 'vì sao|tại sao|sao|lý do|nguyên nhân|tại răng|do đâu|lí do|sao lại|răng'],
  ['how', 'làm sao|làm thế nào|như thế nào|cách|hướng dẫn|thủ tục|làm gì|cần gì|thế nào|chỉ cách|ra sao|kiểu gì'],
  ['where', 'ở đâu|chỗ nào|nơi nào|đâu|chỗ mô|địa chỉ'],
  ['pay', 'đóng|trả|nộp|thanh toán|chuyển khoản|đóng tiền|trả tiền|nộp tiền|quét mã|qr|momo|vnpay|zalopay|ví điện tử'],
  ['paid', 'đóng rồi|trả rồi|nộp rồi|thanh toán rồi|chuyển rồi|chuyển khoản rồi|đã đóng|đã trả|đã nộp|đã thanh toán|đã chuyển|đã chuyển khoản|đóng tiền rồi|trả tiền rồi|nộp tiền rồi|mới đóng|mới chuyển|vừa đóng|vừa thanh toán|vừa chuyển|trừ tiền rồi|bị trừ tiền'],
  ['owe', 'nợ|còn nợ|thiếu|nợ cước|tồn đọng|quá hạn|trễ hạn|nợ tiền|công nợ|chậm nộp|chậm trả|trễ'],
  ['high', 'cao|tăng|tăng vọt|cao quá|mắc|đắt|nhiều quá|gấp đôi|gấp ba|nhảy vọt|vọt lên|đội lên|tăng cao|chênh lệch'],
  ['meter', 'công tơ|đồng hồ|đồng hồ điện|điện kế'],
  ['index', 'chỉ số|số trên công tơ|số cũ|số mới|số đầu|số cuối|chỉ số cũ|chỉ số mới'],
  ['read', 'ghi số|ghi điện|ghi chỉ số|chốt số|chốt chỉ số|đọc số|đọc công tơ|ghi công tơ|xem công tơ'],
  ['usage', 'sản lượng|tiêu thụ|xài|dùng|sử dụng|số điện|kwh|ký điện|số ký'],
  ['money', 'tiền điện|tiền|hóa đơn|bill'],
  ['notice', 'tin nhắn|thông báo|nhắn tin|sms|zalo|báo qua|gửi qua|nhắc'],
  ['stop', 'đừng|ngưng|thôi|hủy|bỏ|tắt|xóa|khỏi|không nhận|gỡ|dừng|chấm dứt'],
  ['start', 'đăng ký|muốn nhận|bật|mở|thêm|kích hoạt|đăng kí'],
  ['prize', 'giải|quà|thưởng|trúng|trúng thưởng|giải thưởng|giải nhất|giải đặc biệt|quà tặng|phần thưởng'],
  ['claim', 'nhận giải|nhận quà|nhận thưởng|lĩnh thưởng|lãnh thưởng|lãnh giải|lãnh quà|lĩnh giải|trao|đến nhận|nhận ở đâu|giao quà'],
  ['campaign', 'chương trình|khuyến mãi|bốc thăm|quay số|tri ân|khách hàng may mắn|thể lệ|sự kiện'],
  ['fake', 'lừa đảo|giả mạo|giả danh|lừa|mạo danh|link lạ|số lạ|có thật không|thiệt không|chính chủ|có phải của|phải bên'],
  ['person', 'nhân viên|người thật|tổng đài viên|gặp người|gặp ai|tư vấn viên|điện thoại viên|người hỗ trợ'],
  ['progress', 'tới đâu|đến đâu|tiến độ|xong chưa|xử lý chưa|giải quyết chưa|duyệt chưa|tới bước nào|chưa thấy|đã tiếp nhận|hồ sơ'],
  ['steal', 'câu trộm|ăn cắp|trộm điện|câu điện|móc điện|ăn cắp điện|trộm cắp|câu móc|gian lận|ăn trộm'],
  ['solar', 'mặt trời|năng lượng mặt trời|áp mái|tấm pin|pin mặt trời|điện mặt trời|mái nhà'],
  ['rent', 'chủ trọ|phòng trọ|nhà trọ|thuê|ở trọ|người thuê|chủ nhà|trọ|khu trọ'],
  ['price', 'giá điện|biểu giá|bậc|bậc thang|đơn giá|giờ cao điểm|thấp điểm|bình thường|thuế|vat|giá'],
  ['person_dear', 'má|mẹ|ba|bố|ông|bà|nội|ngoại|vợ|chồng|người già|người thân'],
]); // biome-ignore format: a table
const MOST = 8;

/** The meanings in a message, in order of first mention. */
export const meaningsOf = (tokens: readonly Token[]): string[] => {
  const found: string[] = [];
  for (let i = 0; i < tokens.length && found.length < MOST; i++) {
    if (tokens[i]!.kind !== 'word') continue;
    const meaning = lookAt(tokens, i, MEANINGS);
    if (!meaning) continue;
    if (!found.includes(meaning.value)) found.push(meaning.value);
    i += meaning.length - 1;
  }
  return found;
};
