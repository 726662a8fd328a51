import type { Dated } from '../../core/utility';

/**
 * What the platform takes, by name: characters (UTF-16 units, the stricter reading), pieces, or ms. Rows of confidence `O` or `?` are kept
 * because a request within them passes under every reading that was found.
 */
export const LIMITS = {
  text: { is: 2000, citation: 'Messenger Platform, send-messages, Limits', confidence: 'S' },
  quickReplies: { is: 13, citation: 'Messenger Platform, send-messages/quick-replies', confidence: 'V' },
  quickReplyTitle: { is: 20, citation: 'Messenger Platform, send-messages/quick-replies', confidence: 'V' },
  payload: { is: 1000, citation: 'own knowledge, quick replies and postbacks', confidence: '?' },
  metadata: { is: 1000, citation: 'own knowledge, message.metadata', confidence: 'O' },
  buttons: { is: 3, citation: 'Messenger Platform, send-messages/template/button', confidence: 'V' },
  buttonTitle: { is: 20, citation: 'own knowledge, button titles', confidence: 'O' },
  buttonText: { is: 640, citation: 'Messenger Platform, send-messages/template/button', confidence: 'V' },
  iceBreakers: {
    is: 4,
    citation: 'Messenger Platform, reference/messenger-profile-api/ice-breakers',
    confidence: 'V',
  },
  menuItems: { is: 20, citation: 'Messenger Platform, send-messages/persistent-menu', confidence: 'S' },
  menuTitle: { is: 30, citation: 'Messenger Platform, send-messages/persistent-menu', confidence: '?' },
  greeting: { is: 160, citation: 'own knowledge, profile greeting', confidence: 'O' },
  pictureBytes: { is: 8_000_000, citation: 'own knowledge, images sent by upload', confidence: '?' },
  callsPerSecond: {
    is: 300,
    from: '2026-03-23',
    citation: 'Messenger Platform, overview/rate-limiting, of 2026-03-23',
    confidence: 'V',
  },
  /** after this time without a word the platform lets go of a thread that another app owned, and tells nobody */
  threadIdleMs: { is: 24 * 3_600_000, citation: 'Messenger Platform, conversation-routing', confidence: 'S' },
  /** an echo that was not taken comes again after some seconds, then ever later: most are here by then */
  echoMs: { is: 30_000, citation: 'own knowledge, redelivery of webhooks', confidence: '?' },
} as const satisfies Record<string, Dated<{ is: number }>>;

/** The Graph API version that this channel was written against: v26.0, released 2026-07-29 (graph-api/changelog/version26.0). */
export const GRAPH_VERSION = 'v26.0';

/** The Page Inbox (Meta Business Suite) as an owner of threads (Messenger Platform, conversation-routing). */
export const PAGE_INBOX_APP = '263902037430900';
