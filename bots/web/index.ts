import { webChannel } from './channel';

export { type DirectLineOptions, directLine } from './direct-line';

/** The channel as the app renders and sends by it; requests enter through the plugin, which has the keys. */
export const web = webChannel();
