import type { Utility } from '../../core/utility';
import { LIMITS } from './limits';

const GREETING = (name: string) =>
  `${name} xin chào anh/chị! Em giúp xem tiền điện, chỉ số, lịch cắt điện và báo mất điện.`;
const SAMPLE = 'Dữ liệu mẫu, không phải thật. ';

/** What the menu, the ice breakers and "get started" say, and the want that each stands for. */
const OFFERS = [
  { title: 'Xem tiền điện', question: 'Tháng này nhà tôi hết bao nhiêu tiền điện?', value: 'bill.lookup' },
  { title: 'Lịch cắt điện', question: 'Khu tôi có lịch cắt điện không?', value: 'outage.planned' },
  { title: 'Báo mất điện', question: 'Nhà tôi mất điện', value: 'outage.report' },
  { title: 'Xem chỉ số điện', question: 'Kỳ này tôi dùng bao nhiêu số điện?', value: 'reading.lookup' },
  { title: 'Gặp nhân viên', question: undefined, value: 'agent.request' },
  { title: 'Em giúp được gì', question: undefined, value: 'help.menu' },
] as const;

export const GET_STARTED = 'chat.greet';

/** The page's Messenger profile as we set it. (reference/messenger-profile-api: a menu needs "get started" and a default locale) */
export const profileOf = ({ name, sample }: Pick<Utility, 'name' | 'sample'>) => ({
  get_started: { payload: GET_STARTED },
  greeting: [{ locale: 'default', text: `${sample ? SAMPLE : ''}${GREETING(name)}`.slice(0, LIMITS.greeting.is) }],
  ice_breakers: [
    {
      locale: 'default',
      call_to_actions: OFFERS.flatMap(({ question, value }) => (question ? [{ question, payload: value }] : [])).slice(
        0,
        LIMITS.iceBreakers.is,
      ),
    },
  ],
  persistent_menu: [
    {
      locale: 'default',
      composer_input_disabled: false,
      call_to_actions: OFFERS.map(({ title, value }) => ({ type: 'postback', title, payload: value })),
    },
  ],
});
