/** What host page and iframe say to each other, always to an exact origin; nothing personal crosses. */
export type ToFrame = { domdom: 'open' } | { domdom: 'ask'; text: string };
export type ToHost = { domdom: 'ready' } | { domdom: 'close' } | { domdom: 'unread'; count: number };
