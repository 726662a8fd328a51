/**
 * Every refusal and error that a customer, an operator or a client program can meet: stable code, HTTP status where there
 * is one, the sentence for the customer (Vietnamese), the hint for staff. Codes are never reused. docs/errors.md is held to this by a test.
 */
export const ERRORS = {
  TURN_FAILED: {
    status: 500,
    cause: 'Understanding or deciding threw; the turn was kept with an apology.',
    sentence:
      'Dạ em xin lỗi, em đang gặp trục trặc nên chưa trả lời được câu này. Anh/chị thử lại giúp em, hoặc để em chuyển cho nhân viên hỗ trợ ạ.',
    hint: 'The log line with this code and the turn id has the stack. The message itself is in the inbox and the turn.',
  },
  BAD_JSON: {
    status: 400,
    cause: 'The body or line is not JSON, or not an Activity.',
    sentence: 'Dạ tin nhắn gửi lên không đúng định dạng nên em chưa đọc được ạ.',
    hint: 'Send a Bot Framework Activity as JSON (docs/path-of-a-message.md).',
  },
  TOO_LARGE: {
    status: 413,
    cause: 'The body or line is larger than its limit.',
    sentence: 'Dạ nội dung gửi lên dài quá nên em chưa nhận được, anh/chị gửi ngắn lại giúp em ạ.',
    hint: 'Messages are limited to 64 kB, and to 100 pieces in a line of `chat --json`; texts are read up to 10,000 characters.',
  },
  UNAUTHORIZED: {
    status: 401,
    cause: 'No token or secret, or one that does not verify.',
    sentence: 'Dạ phiên trò chuyện chưa được xác nhận, anh/chị tải lại trang giúp em ạ.',
    hint: 'With DIRECTLINE_SECRET set, POST /v3/directline/tokens/generate and /conversations need it as Bearer; the widget is given a token by data-token-url (bots/web/README.md).',
  },
  TOKEN_EXPIRED: {
    status: 403,
    cause: 'The token was ours and has expired, or belongs to another conversation.',
    sentence: 'Dạ phiên trò chuyện đã hết hạn, anh/chị tải lại trang giúp em ạ.',
    hint: 'Clients refresh at half life by POST /v3/directline/tokens/refresh.',
  },
  NOT_FOUND: {
    status: 404,
    cause: 'No such address or conversation.',
    sentence: 'Dạ em không tìm thấy trang hoặc cuộc trò chuyện này ạ.',
    hint: 'See docs/path-of-a-message.md for the addresses served.',
  },
  RATE_LIMITED: {
    status: 429,
    cause: 'Too many requests from one network address or conversation.',
    sentence: 'Dạ anh/chị gửi hơi nhanh, em xin phép trả lời sau ít phút ạ.',
    hint: 'Retry-After says when. Limits are settings (.env.example).',
  },
  NOT_READY: {
    status: 503,
    cause: 'The store is still being opened or filled.',
    sentence: 'Dạ hệ thống đang khởi động, anh/chị chờ em một chút ạ.',
    hint: '/readyz turns 200 when the sample utility is loaded or the store is open.',
  },
  WINDOW_CLOSED: {
    cause: 'The platform takes no reply so long after the customer’s last message.',
    sentence: '',
    hint: 'Nothing was sent. The customer writes again, or is reached on another channel.',
  },
  INTERNAL: {
    status: 500,
    cause: 'An error that no other code names.',
    sentence: 'Dạ em xin lỗi, hệ thống đang trục trặc, anh/chị thử lại sau ít phút giúp em ạ.',
    hint: 'The log line with this code has the stack.',
  },
  BAD_SETTING: {
    cause: 'A setting of the environment, or a file under data/ that the house is made with, is missing or wrong.',
    sentence: '',
    hint: '.env.example lists every setting, its form and its default; a file under data/ has the form of those beside it.',
  },
  BAD_ARGUMENT: {
    cause: 'An argument or option of a command names nothing that is there.',
    sentence: '',
    hint: '`domdom <command> --help` says what it takes, with examples.',
  },
  STORE_BUSY: {
    cause: 'Another server already runs on this embedded store.',
    sentence: '',
    hint: 'One `domdom serve` per DATA_DIR; use MongoDB for several servers.',
  },
  STORE_UNREACHABLE: {
    status: 503,
    cause: 'The store cannot be opened, reached, read or written.',
    sentence: 'Dạ hệ thống tạm thời chưa ghi nhận được tin nhắn, anh/chị gửi lại sau ít phút giúp em ạ.',
    hint: 'Check DATA_DIR (writable, room on the disk, file whole?) or MONGODB_URI (server up, replica set, credentials). /readyz turns 200 when it keeps again.',
  },
  MODEL_BROKEN: {
    cause: 'The model file is cut short, of another version, or gone; a running server keeps the model it has.',
    sentence: '',
    hint: 'Check NLU_MODEL, or run `domdom nlu train` again; the server takes the new file by itself.',
  },
  BAD_FILE: {
    cause: 'An import file cannot be read as the format it claims to be.',
    sentence: '',
    hint: 'docs/import.md has each format with a sample.',
  },
  BAD_PATH: {
    cause:
      'A file or folder that a command or a setting names cannot be opened or written, or may not be written over.',
    sentence: '',
    hint: 'Name another path, or see that its folder is there, has room and is open to this user.',
  },
  BAD_STEP: {
    cause: 'A campaign is not at the step that this needs, or it is too early for it.',
    sentence: '',
    hint: 'docs/campaigns.md has the steps in order; `domdom campaign list` shows where each campaign stands.',
  },
} as const satisfies Record<string, { status?: number; cause: string; sentence: string; hint: string }>;

export type ErrorCode = keyof typeof ERRORS;

export class DomdomError extends Error {
  constructor(
    readonly code: ErrorCode,
    /** one plain sentence for staff; never holds secrets or personal data */
    detail: string,
    options?: ErrorOptions,
  ) {
    super(detail, options);
    this.name = 'DomdomError';
  }
}
