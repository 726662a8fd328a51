import type { Activity } from '../../core/activity';
import type { Bot } from '../../core/channel';
import { ABILITIES, webChannel } from './channel';

export { type DirectLineOptions, directLine } from './direct-line';
export { type DemoCustomer, type PagesOptions, pages } from './pages';

/** The channel as the app renders and sends by it; requests enter through the plugin, which has the keys. */
export const web: Bot<Activity> = { abilities: ABILITIES, settings: {}, connect: () => webChannel() };
