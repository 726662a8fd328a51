import { segmentsOf } from '../../bots/sms/segments';
import type { Bubble, Button, KeepPicture, Phone, PhoneName } from './phone';
import type { Platforms } from './platforms';

const ALT = 'Hình minh họa Đom Đóm gửi';

/** One phone for each platform, its owner's conversation fresh. `smsPrice`: đồng that the customer pays for a message. */
export const phonesOn = (platforms: Platforms, keep: KeepPicture, smsPrice: number): Record<PhoneName, Phone> => ({
  zalo: zaloPhone(platforms, keep),
  messenger: messengerPhone(platforms, keep),
  telegram: telegramPhone(platforms, keep),
  sms: smsPhone(platforms, smsPrice),
});

/** What has come is taken in once, in its order between what was typed. */
const screenOf = <Come>(all: () => readonly Come[], bubblesOf: (one: Come) => Bubble[]) => {
  const bubbles: Bubble[] = [];
  let taken = 0;
  return {
    bubbles,
    catchUp(): Bubble[] {
      const come = all();
      for (; taken < come.length; taken += 1) bubbles.push(...bubblesOf(come[taken]!));
      return [...bubbles];
    },
    add(bubble: Bubble): void {
      this.catchUp();
      bubbles.push(bubble);
    },
  };
};

const tapped = (title: string): Bubble => ({ from: 'note', text: `Đã chạm “${title}”` });

const zaloPhone = ({ zalo }: Platforms, keep: KeepPicture): Phone => {
  const me = zalo.person('246845883529197922');
  const screen = screenOf(me.heard, ({ message: { text, attachment } }): Bubble[] => {
    const payload = attachment?.payload;
    const shown =
      payload && 'elements' in payload && payload.template_type === 'media' ? payload.elements[0] : undefined;
    const upload = shown?.attachment_id === undefined ? undefined : zalo.oa.uploads.get(shown.attachment_id);
    const url = upload ? keep(upload.file) : shown?.url;
    const buttons = payload && 'buttons' in payload ? payload.buttons : [];
    return [
      {
        from: 'them',
        ...(text && { text }),
        ...(url && { picture: { url, alt: ALT } }),
        ...(buttons.length > 0 && { buttons: buttons.map(({ title }) => [{ title, tap: title }]) }),
      },
    ];
  });
  return {
    name: 'zalo',
    async type(text) {
      screen.add({ from: 'me', text });
      await me.says(text);
    },
    // the query of a button is hidden: on the customer's screen nothing is said
    async tap(title) {
      screen.add(tapped(title));
      await me.taps(title);
    },
    look: () => ({ bubbles: screen.catchUp(), quick: [] }),
  };
};

const messengerPhone = ({ graph }: Platforms, keep: KeepPicture): Phone => {
  const me = graph.person('7340226412345678');
  const screen = screenOf(
    () => me.shown,
    ({ text, attachment, file, buttons }): Bubble[] => {
      const payload = (attachment?.payload ?? {}) as { url?: string };
      const url = file ? keep(file.blob) : payload.url;
      return [
        {
          from: 'them',
          ...(text && { text }),
          ...(attachment?.type === 'image' && url && { picture: { url, alt: ALT } }),
          ...(buttons.length > 0 && { buttons: buttons.map(({ title }) => [{ title, tap: title }]) }),
        },
      ];
    },
  );
  const quick = (): Button[] =>
    screen.bubbles.at(-1)?.from === 'them'
      ? (me.shown.at(-1)?.quickReplies ?? []).map(({ title }) => ({ title, tap: title }))
      : [];
  return {
    name: 'messenger',
    async type(text) {
      screen.add({ from: 'me', text });
      me.says(text);
    },
    async tap(title) {
      if (quick().some((one) => one.title === title)) {
        me.taps(title);
        screen.add({ from: 'me', text: title });
      } else {
        me.presses(title);
        screen.add({ from: 'me', text: title });
      }
    },
    look: () => ({ bubbles: screen.catchUp(), quick: quick() }),
  };
};

interface TelegramCall {
  text?: string;
  caption?: string;
  photo?: unknown;
  reply_markup?: { inline_keyboard?: { text: string; callback_data: string }[][] };
}

const telegramPhone = ({ telegram }: Platforms, keep: KeepPicture): Phone => {
  const chat = 700_001;
  const sent = () => telegram.sent(chat) as TelegramCall[];
  const screen = screenOf(sent, ({ text, caption, photo, reply_markup }): Bubble[] => {
    const url = photo instanceof Blob ? keep(photo) : typeof photo === 'string' ? photo : undefined;
    const said = text ?? caption;
    const rows = reply_markup?.inline_keyboard ?? [];
    return [
      {
        from: 'them',
        ...(said && { text: said }),
        ...(url && { picture: { url, alt: ALT } }),
        ...(rows.length > 0 && {
          buttons: rows.map((row) => row.map(({ text: title, callback_data: tap }) => ({ title, tap }))),
        }),
      },
    ];
  });
  return {
    name: 'telegram',
    async type(text) {
      screen.add({ from: 'me', text });
      await telegram.deliver(telegram.message(chat, { text }));
    },
    async tap(data) {
      const markup = sent()
        .map(({ reply_markup }) => reply_markup)
        .findLast((one) => one?.inline_keyboard?.flat().some(({ callback_data }) => callback_data === data));
      const title = markup?.inline_keyboard?.flat().find(({ callback_data }) => callback_data === data)?.text;
      if (!markup || title === undefined) throw new Error('no such button');
      screen.add(tapped(title));
      await telegram.deliver(telegram.tap(chat, data, { ...markup }));
    },
    look: () => ({ bubbles: screen.catchUp(), quick: [] }),
  };
};

const dong = (amount: number): string => `${amount.toLocaleString('vi-VN')} đ`;

const smsPhone = ({ esms }: Platforms, price: number): Phone => {
  const phone = '84912345678';
  let sent = 0;
  const answers = () => esms.shown(phone);
  const screen = screenOf(answers, (text): Bubble[] => {
    const { encoding, segments } = segmentsOf(text);
    return [{ from: 'them', text, meter: `${segments} đoạn ${encoding}, ${[...text].length} ký tự` }];
  });
  return {
    name: 'sms',
    async type(text) {
      sent += 1;
      screen.add({ from: 'me', text, meter: dong(price) });
      const answer = await esms.mo({ sender: phone, content: text, smsid: `lab-${sent}`, tries: 3 });
      if (typeof answer === 'number') screen.add({ from: 'note', text: `Không gửi được (${answer})` });
    },
    async tap() {},
    look() {
      const bubbles = screen.catchUp();
      const segments = answers().reduce((sum, text) => sum + segmentsOf(text).segments, 0);
      return {
        bubbles,
        quick: [],
        total: `Khách trả ${dong(sent * price)} cho ${sent} tin gửi; trả lời ${answers().length} tin, ${segments} đoạn`,
      };
    },
  };
};
