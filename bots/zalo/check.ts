import type { Finding, Ports } from '../../core/channel';
import { showInstant } from '../../core/time';
import type { ZaloApi } from './api';
import { errorOf } from './errors';
import { idOf, textOf } from './ids';
import type { ZaloSettings } from './settings';

const EVENTS = 'user_send_*, user_received_message, user_seen_message, user_submit_info, follow, unfollow';

/** What works, what does not, and what only a person can do in the console. Zalo lets nothing be registered by API. */
export const findingsOf = async (
  api: ZaloApi,
  { ZALO_OA_ID: oaId }: ZaloSettings,
  { publicUrl }: Pick<Ports, 'publicUrl'>,
): Promise<Finding[]> => [...(await credentialFindings(api, oaId)), ...consoleFindings(publicUrl('/hooks/zalo'))];

const credentialFindings = async (api: ZaloApi, oaId: string | undefined): Promise<Finding[]> => {
  const granted = await api.credentials.current();
  if (granted.is !== 'token') return [{ is: 'wrong', what: `There is no access token: ${granted.why}.` }];
  const token: Finding = {
    is: 'ok',
    what: `The access token is valid until ${showInstant(granted.expiresAt)}; it is renewed by itself.`,
  };
  const answer = await api.call({ host: 'oa', path: '/v2.0/oa/getoa' });
  if (answer.is !== 'ok') {
    const why = answer.is === 'error' ? `${errorOf('oa', answer.code).means} (${answer.code})` : answer.is;
    return [token, { is: 'wrong', what: `The OA cannot be asked: ${why}.` }];
  }
  const { oa_id, name, is_verified, package_name } = answer.data;
  const id = idOf(oa_id) ?? '?';
  const called = `${textOf(name, 100) ?? '?'} (${id}), package ${textOf(package_name, 60) ?? 'not told'}`;
  const findings: Finding[] = [token, { is: 'ok', what: `The OA is ${called}.` }];
  if (is_verified === false)
    findings.push({
      is: 'todo',
      what: 'Have the OA verified (oa.zalo.me, Xác thực): without it templates and some APIs stay closed.',
    });
  if (oaId === undefined)
    findings.push({ is: 'todo', what: `Set ZALO_OA_ID=${id}: it settles which side of a receipt is the customer.` });
  else if (oaId !== id) findings.push({ is: 'wrong', what: `ZALO_OA_ID is ${oaId}, but the token belongs to ${id}.` });
  const quota = await api.call({ host: 'zbs', path: '/message/quota' });
  const left = quota.is === 'ok' ? idOf(quota.data.remainingQuota) : undefined;
  if (left !== undefined) findings.push({ is: 'ok', what: `Templates (ZBS): ${left} may still be sent today.` });
  else
    findings.push({
      is: 'todo',
      what: 'For notices by template, link a funded Zalo Cloud account (ZBS); replies work without it.',
    });
  return findings;
};

const consoleFindings = (hook: string | undefined): Finding[] => {
  if (!hook?.startsWith('https://'))
    return [{ is: 'wrong', what: 'Set PUBLIC_URL to the https address of this server: Zalo calls no other.' }];
  return [
    {
      is: 'todo',
      what: `In developers.zalo.me, your app, Webhook: enter ${hook}; saving it sends an empty test, which must be answered 200.`,
    },
    {
      is: 'todo',
      what: `In the same place switch on the events ${EVENTS}, and leave "Lọc cú pháp" (syntax filter) off.`,
    },
    {
      is: 'todo',
      what: 'Compare "OA Secret Key" on that page with ZALO_OA_SECRET; it is another value than the app secret.',
    },
    {
      is: 'todo',
      what: 'In oa.zalo.me write the greeting and the menu; buttons of the menu that send a text work as typed questions.',
    },
  ];
};
