import { createHash } from 'node:crypto';
import type { Ports } from '../../core/channel';
import type { ZaloAnswer, ZaloApi } from './api';
import { idOf } from './ids';
import { SIZES, UPLOAD_LIFE_MS } from './limits';

const REMEMBERED = 500;
const UPLOADED = new Map([
  ['image/png', 'png'],
  ['image/jpeg', 'jpg'],
]);

/** The one element of a media message; `none`: no way to show it, its words have to do. */
export type Shown = { is: 'shown'; element: Record<string, string>; forget?: () => void } | { is: 'none' } | ZaloAnswer;

/**
 * How a picture gets there: uploaded once for its content and used while the upload lives, else by its address if the
 * platform can fetch it. Uploads are limited (5,000 a month), so what is remembered is not uploaded again.
 */
export const picturesThrough = (api: ZaloApi, ports: Pick<Ports, 'clock' | 'picture' | 'publicUrl'>) => {
  const uploads = new Map<string, { id: string; until: number }>();
  return async (url: string): Promise<Shown> => {
    const ours = await ports.picture(url);
    const ending = ours && UPLOADED.get(ours.contentType);
    if (!ours || !ending || ours.bytes.length > SIZES.pictureBytes) return byAddress(url, ports);
    const key = createHash('sha256').update(ours.bytes).digest('base64url');
    const now = ports.clock().getTime();
    const known = uploads.get(key);
    const forget = () => void uploads.delete(key);
    if (known && known.until > now) return { is: 'shown', element: { attachment_id: known.id }, forget };
    const file = { bytes: ours.bytes, contentType: ours.contentType, name: `picture.${ending}` };
    const answer = await api.call({ host: 'oa', path: '/v2.0/oa/upload/image', file });
    // a second upload of the same picture does no harm
    if (answer.is === 'silent') return { is: 'waiting', afterMs: 2_000, why: `uploading: ${answer.why}` };
    if (answer.is === 'error') return byAddress(url, ports);
    const id = answer.is === 'ok' ? idOf(answer.data.attachment_id) : undefined;
    if (answer.is !== 'ok') return answer;
    if (!id) return byAddress(url, ports);
    uploads.delete(key);
    uploads.set(key, { id, until: now + UPLOAD_LIFE_MS });
    for (const oldest of uploads.keys()) {
      if (uploads.size <= REMEMBERED) break;
      uploads.delete(oldest);
    }
    return { is: 'shown', element: { attachment_id: id }, forget };
  };
};

const byAddress = (url: string, { publicUrl }: Pick<Ports, 'publicUrl'>): Shown => {
  const address = /^https?:\/\//i.test(url) ? url : publicUrl(url);
  return address ? { is: 'shown', element: { url: address } } : { is: 'none' };
};
