import { acceptAll, type HooksOptions } from './hooks';

/** Starts the channels that listen to their platform themselves; returns how to stop them all. */
export const startListening = async (
  options: Omit<HooksOptions, 'ready' | 'synchronous'>,
): Promise<() => Promise<void>> => {
  const stops = await Promise.all(
    options.channels.map(async (channel) => {
      try {
        return await channel.listen?.(async (request) => {
          await acceptAll(options, channel, channel.read(request));
        });
      } catch (error) {
        options.log.error({ err: error, channel: channel.name, alarm: true }, 'a channel cannot be listened to');
        return undefined;
      }
    }),
  );
  return async () => {
    await Promise.all(stops.map((stop) => stop?.()));
  };
};
