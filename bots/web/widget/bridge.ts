/** What host page and iframe say to each other, always to an exact origin; nothing personal crosses but a token that the page was asked for. */
export type ToFrame = { domdom: 'open' } | { domdom: 'ask'; text: string } | { domdom: 'token'; token?: string };
export type ToHost =
  | { domdom: 'ready' }
  | { domdom: 'token' }
  | { domdom: 'close' }
  | { domdom: 'unread'; count: number };
