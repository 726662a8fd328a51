import { type Activity, type Choice, offeredChoices, tableOf } from '../../core/activity';
import type { Abilities } from '../../core/channel';
import type { EventName } from '../../core/events';
import { shape, split } from '../shape';
import type { Fields } from './ids';
import { SIZES } from './limits';
import type { Taps } from './taps';

/** One consultation message as it waits in the outbox; how its picture gets there is known when it is sent. */
export interface ConsultationWire {
  kind: 'message';
  text?: string;
  buttons?: { title: string; payload: string }[];
  picture?: { url: string; alt: string };
  /** a form for name, phone and address, which Zalo fills in (request_user_info) */
  form?: { title: string; subtitle: string; imageUrl: string };
}

/** An approved template, paid for, by phone or by user id. */
export interface TemplateWire {
  kind: 'template';
  to: { phone: string } | { user: string };
  template: string;
  data: Record<string, string | number>;
  /** goes to admins of the app and the OA only, without cost */
  trial?: true;
}

export type ZaloWire = ConsultationWire | TemplateWire;

/** Replies as Zalo shows them: at most five buttons under a text, else numbered lines; a picture above its buttons. */
export const rendererOf =
  (abilities: Abilities, taps: Taps) =>
  (activity: Activity): ZaloWire[] => {
    if (activity.type === 'event' && activity.name === ('contact' satisfies EventName)) return formOf(activity);
    if (activity.type !== 'message') return [];
    const { text = '', attachments = [], ...rest } = activity;
    const words = attachments.filter((one) => !isPicture(one) && !tableOf(one)).map(({ name }) => name ?? '');
    const said = { ...rest, text: [text, ...words].filter(Boolean).join('\n').normalize('NFC'), attachments };
    const offered = offeredChoices(activity);
    const buttons = offered.flatMap((choice) => buttonOf(choice, taps) ?? []);
    const tappable = buttons.length === offered.length && said.text.trim() !== '';
    const shown = shape(
      { ...said, attachments: attachments.filter((one) => isPicture(one) || tableOf(one)) },
      tappable ? abilities : { ...abilities, choices: 'numbered' },
    );
    return shown.flatMap((piece) => {
      const pictures = (piece.attachments ?? []).map(({ contentUrl, name }) => ({ url: contentUrl!, alt: name ?? '' }));
      const body = piece.text?.trim() ? { text: piece.text } : {};
      if (piece.suggestedActions) return [...pictures.map(pictureWire), { kind: 'message' as const, ...body, buttons }];
      const [first, ...others] = pictures;
      if (first) return [{ ...pictureWire(first), ...body }, ...others.map(pictureWire)];
      return body.text ? [{ kind: 'message' as const, ...body }] : [];
    });
  };

/** The outgoing event `contact` asks for a phone: the form where there is a picture for it, which Zalo demands, else words. */
const formOf = ({ text = '', value }: Activity): ZaloWire[] => {
  const { title = '', imageUrl } = (value ?? {}) as { title?: string; imageUrl?: string };
  const subtitle = text.normalize('NFC');
  const fits = imageUrl && title && title.length <= SIZES.askTitle && subtitle.length <= SIZES.askSubtitle;
  if (fits) return [{ kind: 'message', form: { title, subtitle, imageUrl } }];
  return split([title, subtitle].filter(Boolean).join('\n'), SIZES.text).map((piece) => ({
    kind: 'message',
    text: piece,
  }));
};

const isPicture = ({ contentType, contentUrl }: { contentType: string; contentUrl?: string | undefined }): boolean =>
  contentType.startsWith('image/') && Boolean(contentUrl);

const pictureWire = (picture: { url: string; alt: string }): ConsultationWire => ({ kind: 'message', picture });

const buttonOf = (choice: Choice, taps: Taps) => {
  const title = choice.title.normalize('NFC');
  const payload = taps.payload({ title, value: choice.value });
  return payload === undefined ? undefined : { title, payload };
};

/** The `message` of the API. A hidden query keeps the payload out of the customer's sight. */
export const messageOf = ({ text, buttons, form }: ConsultationWire, element?: Fields): Fields => {
  if (form)
    return template({
      template_type: 'request_user_info',
      elements: [
        {
          title: form.title,
          subtitle: form.subtitle,
          image_url: form.imageUrl,
        },
      ],
    });
  const body = text === undefined ? {} : { text };
  if (element)
    return { ...body, ...template({ template_type: 'media', elements: [{ media_type: 'image', ...element }] }) };
  if (!buttons?.length) return body;
  const list = buttons.map(({ title, payload }) => ({ title, type: 'oa.query.hide', payload }));
  return { ...body, ...template({ buttons: list }) };
};

const template = (payload: Fields): Fields => ({ attachment: { type: 'template', payload } });

/** Anonymous chats have no buttons: the choices stand below the text where there is room. */
export const plainTextOf = ({ text = '', buttons = [], picture }: ConsultationWire): string => {
  const lines = [text, picture?.alt ?? '', ...buttons.map(({ title }, n) => `${n + 1}. ${title}`)].filter(Boolean);
  const whole = lines.join('\n');
  return whole.length <= SIZES.text || !text ? whole.slice(0, SIZES.text) : text;
};
