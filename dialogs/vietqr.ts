/** A transfer that a code asks for: to a NAPAS member (six digits), whole đồng, with what the payer's bank passes on. */
export interface Transfer {
  bin: string;
  account: string;
  amount: number;
  /** ASCII letters, digits and spaces, at most 25 */
  reference: string;
  /** what one transfer carries at most */
  most: number;
}

const field = (id: string, value: string): string => `${id}${String(value.length).padStart(2, '0')}${value}`;

/** CRC-16/CCITT-FALSE: polynomial 1021, begun with FFFF. */
const checksum = (text: string): string => {
  let crc = 0xffff;
  for (const letter of text) {
    crc ^= letter.charCodeAt(0) << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff;
  }
  return crc.toString(16).toUpperCase().padStart(4, '0');
};

/**
 * The text of a VietQR code for one transfer (EMV QRCPS merchant-presented mode 1.1; NAPAS, QR format for IBFT, 2021).
 * @throws RangeError for what no bank could carry out
 */
export const vietQr = ({ bin, account, amount, reference, most }: Transfer): string => {
  if (!/^\d{6}$/.test(bin) || !/^[0-9A-Z]{4,19}$/.test(account)) throw new RangeError('no account of a NAPAS member');
  if (!Number.isSafeInteger(amount) || amount < 1 || amount > most) throw new RangeError('no amount of one transfer');
  if (!/^[0-9A-Za-z ]{1,25}$/.test(reference)) throw new RangeError('no reference that every bank passes on');
  const beneficiary = field('00', bin) + field('01', account);
  const whole = [
    field('00', '01'),
    field('01', '12'),
    field('38', field('00', 'A000000727') + field('01', beneficiary) + field('02', 'QRIBFTTA')),
    field('53', '704'),
    field('54', String(amount)),
    field('58', 'VN'),
    field('62', field('08', reference)),
    '6304',
  ].join('');
  return whole + checksum(whole);
};
