/** The words of the chrome; what the assistant says comes from the server. */
const vi = {
  subtitle: 'Trợ lý điện lực',
  close: 'Đóng trò chuyện',
  log: 'Tin nhắn',
  write: 'Nhập tin nhắn',
  send: 'Gửi',
  choices: 'Lựa chọn trả lời nhanh',
  me: 'Anh/chị',
  typing: 'đang trả lời',
  sending: 'Đang gửi…',
  unsent: 'Chờ có mạng để gửi',
  failed: 'Không gửi được',
  connecting: 'Đang kết nối…',
  offline: 'Mất kết nối. Tin nhắn được giữ lại và sẽ tự gửi khi có mạng.',
  starting: 'Hệ thống đang khởi động, anh/chị chờ em một chút.',
  refused: 'Trang này chưa được phép mở trò chuyện.',
  renewed: 'Cuộc trò chuyện mới',
  file: 'Tệp đính kèm',
  welcome:
    'Dạ em chào anh/chị! Em là Đom Đóm. Anh/chị cần xem tiền điện, chỉ số, lịch cúp điện hay báo mất điện, cứ nhắn em như nhắn người quen ạ.',
  starters: ['Xem tiền điện', 'Lịch cúp điện', 'Báo mất điện', 'Em giúp được gì?'],
};
const en: typeof vi = {
  subtitle: 'Electricity assistant',
  close: 'Close chat',
  log: 'Messages',
  write: 'Type a message',
  send: 'Send',
  choices: 'Quick replies',
  me: 'You',
  typing: 'is answering',
  sending: 'Sending…',
  unsent: 'Waiting for the network',
  failed: 'Not sent',
  connecting: 'Connecting…',
  offline: 'You are offline. Messages are kept and sent when the network is back.',
  starting: 'The service is starting, one moment please.',
  refused: 'This page may not open a chat.',
  renewed: 'New conversation',
  file: 'Attachment',
  welcome:
    'Hello! I am Đom Đóm, the assistant of your electricity company. I answer in Vietnamese: bills, meter readings, planned interruptions, reporting a loss of supply.',
  starters: ['Xem tiền điện', 'Lịch cúp điện', 'Báo mất điện', 'Em giúp được gì?'],
};
export type Texts = typeof vi;
export const textsOf = (lang: string): Texts => (lang === 'en' ? en : vi);
