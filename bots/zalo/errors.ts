import { addDays, dayOf, instant, partsOf } from '../../core/time';
import type { Dated } from '../../core/utility';

export type ZaloHost = 'oa' | 'zbs';

/** What follows from an error: `token` and `attachment` are mended and tried once more before they are told to anyone. */
export type Consequence = 'refused' | 'later' | 'unsure' | 'token' | 'attachment';

export interface ZaloError {
  host: ZaloHost;
  code: number;
  means: string;
  then: Consequence;
  /** ms, or the end of the night block, or the next day */
  wait?: number | 'morning' | 'tomorrow';
  /** staff have to do something */
  alarm?: true;
  /** an SMS may take the message's place */
  sms?: true;
}

type Row = Omit<ZaloError, 'host' | 'code' | 'means'>;
const table = (host: ZaloHost, citation: string, rows: [codes: number | number[], means: string, row: Row][]) =>
  rows.flatMap(([codes, means, row]) =>
    [codes].flat().map((code): Dated<ZaloError> => ({ host, code, means, ...row, citation, confidence: 'V' })),
  );

const REFUSED: Row = { then: 'refused' };
const STAFF: Row = { then: 'refused', alarm: true };
const INSTEAD: Row = { then: 'refused', sms: true };
const TOMORROW: Row = { then: 'later', wait: 'tomorrow' };

/** Errors come under HTTP 200; each host has its own meanings for the same numbers. */
export const ERRORS: readonly Dated<ZaloError>[] = [
  ...table('oa', 'docs.zaloplatforms.com/docs/OA, error codes, read 2026-08-20 and 2026-09-22 (reference §1.7)', [
    [-32, 'rate limit of the app or of the OA', { then: 'later', wait: 60_000 }],
    [-100, 'the attachment has expired', { then: 'attachment' }],
    [-200, 'sending failed', { then: 'later', wait: 5_000 }],
    [-201, 'a field is invalid', REFUSED],
    [[-204, -205], 'the OA is disabled or does not exist', STAFF],
    [-209, 'the app is not activated', STAFF],
    [-210, 'a parameter is above its limit', REFUSED],
    [-211, 'the quota is used up', { ...TOMORROW, alarm: true }],
    [-212, 'the app has no permission for this API', STAFF],
    [-213, 'the person does not follow the OA', REFUSED],
    [-214, 'an article is still being processed', { then: 'later', wait: 30_000 }],
    [[-216, -220], 'the access token is invalid, expired or removed', { then: 'token' }],
    [-217, 'the person has blocked invitations', REFUSED],
    [-218, 'the person can receive no more for now', TOMORROW],
    [-219, 'the app was removed or disabled', STAFF],
    [[-221, -224, -235], 'the OA is unverified, its package too low or its type unsupported', STAFF],
    [-223, 'the OA has not allowed this API, or its article quota is used up', STAFF],
    [-227, 'the account is banned or was offline for over 45 days', REFUSED],
    [[-230, -232, -305], 'outside seven days from the last interaction', REFUSED],
    [-233, 'the type of message is invalid', REFUSED],
    [-234, 'not allowed at night', { then: 'later', wait: 'morning' }],
    [[-237, -238, -241, -403], 'a problem of the group or its file', REFUSED],
    [-240, 'the v2 message API is shut down', STAFF],
    [-242, 'appsecret_proof is wrong', STAFF],
    [-244, 'the person has restricted this type of message', REFUSED],
    [-248, 'against the content policy', STAFF],
    [-249, 'the template cannot be sent by user id', REFUSED],
    [-311, 'the reply quota is used up', TOMORROW],
    [[-320, -321], 'the cloud account is not linked or has no money', STAFF],
  ]),
  ...table(
    'zbs',
    'docs.zaloplatforms.com, ZBS template message, error codes; zalo.cloud/zns/guidelines/handle-error-code',
    [
      [-32, 'rate limit of the app or of the OA', { then: 'later', wait: 60_000 }],
      [-100, 'unknown error', { then: 'unsure' }],
      [[-101, -102, -103, -104, -105], 'app, secret or their link is wrong', STAFF],
      [[-106, -107], 'the method or message id is wrong', REFUSED],
      [-108, 'the phone is invalid', REFUSED],
      [-109, 'the template id is invalid', STAFF],
      [-110, 'Zalo on the phone is too old', REFUSED],
      [[-111, -112, -1121, -1122, -1123, -1124, -116, -132], 'the data does not fit the template', STAFF],
      [[-113, -1131], 'a button is invalid', STAFF],
      [-114, 'the person cannot receive: inactive, refused or an old app', INSTEAD],
      [-115, 'out of balance', { ...INSTEAD, alarm: true }],
      [-117, 'no access to the template', STAFF],
      [-118, 'there is no such account', INSTEAD],
      [-119, 'the account cannot receive', INSTEAD],
      [[-120, -125], 'the OA has no permission', STAFF],
      [[-121, -122, -123, -130], 'the body is wrong or too large', STAFF],
      [-124, 'the access token is invalid', { then: 'token' }],
      [-1241, 'appsecret_proof is wrong', STAFF],
      [-126, 'the development wallet is empty', STAFF],
      [-127, 'a test template goes to admins only', REFUSED],
      [-131, 'the template is not approved', STAFF],
      [-133, 'not allowed at night', { then: 'later', wait: 'morning' }],
      [[-135, -1351], 'the OA may not send or is blocked', STAFF],
      [-136, 'the cloud account is missing', STAFF],
      [-137, 'the cloud account could not be charged', { ...INSTEAD, alarm: true }],
      [[-138, -1381], 'the app or extension has no permission', STAFF],
      [[-139, -141], 'the person has refused this type of message, or the OA', INSTEAD],
      [-140, 'the person is not eligible for this type of message', REFUSED],
      [[-142, -143], 'the RSA key is missing or exists already', STAFF],
      [-144, 'the daily quota is used up', { ...INSTEAD, alarm: true }],
      [-1441, 'the monthly quota for promotion is used up', STAFF],
      [-145, 'the type of message is not allowed', STAFF],
      [-146, 'the template is disabled for its quality', STAFF],
      [-147, 'the daily quota of the template is used up', { ...INSTEAD, alarm: true }],
      [[-1471, -1472], 'the person can receive no more of this for now', REFUSED],
      [[-148, -149, -150], 'a token of the journey is wrong', STAFF],
      [[-151, -152, -153], 'encryption or specification is wrong', STAFF],
      [[-158, -159, -160, -161, -162], 'the upload or the sending mode is wrong', STAFF],
    ],
  ),
];

const found = new Map(ERRORS.map((row) => [`${row.host}${row.code}`, row]));

export const errorOf = (host: ZaloHost, code: number): ZaloError =>
  found.get(`${host}${code}`) ?? { host, code, means: 'an error that no table names', then: 'refused', alarm: true };

const HOUR = 3_600_000;

/** How long from now until the wait of an error is over; the night block ends at 6:00 in Vietnam. */
export const waitOf = ({ wait = 60_000 }: ZaloError, now: Date): number => {
  if (typeof wait === 'number') return wait;
  const today = dayOf(now);
  const until =
    wait === 'tomorrow'
      ? instant(addDays(today, 1), '00:05')
      : instant(partsOf(now).hour < 6 ? today : addDays(today, 1), '06:00');
  return Math.min(Math.max(Date.parse(until) - now.getTime(), 1_000), 25 * HOUR);
};
