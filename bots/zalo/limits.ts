import type { Dated } from '../../core/utility';

/** Until how many hours after the person's last interaction a consultation message may be sent, and what it costs. */
export const WINDOWS: Dated<{ is: 'free' | 'paid'; hours: number }>[] = [
  {
    is: 'free',
    hours: 48,
    from: '2026-01-01',
    citation: 'docs.zaloplatforms.com/docs/OA, tin tư vấn: free within 48 hours and uncapped since 2026-01-01',
    confidence: 'V',
  },
  {
    is: 'paid',
    hours: 168,
    citation: 'docs.zaloplatforms.com/docs/OA, tin tư vấn: 7 days from the last interaction, errors -230 and -232',
    confidence: 'V',
  },
];

/** What may be sent now to a person who was last active then. Beyond the windows only an approved template is possible. */
export const standingOf = (lastInteraction: Date | undefined, now: Date): 'free' | 'paid' | 'template-only' => {
  if (!lastInteraction) return 'template-only';
  const hours = (now.getTime() - lastInteraction.getTime()) / 3_600_000;
  return WINDOWS.find((window) => hours <= window.hours)?.is ?? 'template-only';
};

/** Sizes of the message API, in characters or bytes (developers.zalo.me, tin tư vấn; the official PHP SDK's builders). */
export const SIZES = {
  text: 2000,
  buttons: 5,
  askTitle: 100,
  askSubtitle: 500,
  pictureBytes: 1024 * 1024,
  trackingId: 48,
};

/** Uploaded files live seven days (error -100 after it); six and a half are used. */
export const UPLOAD_LIFE_MS = 6.5 * 24 * 3_600_000;
