import type { Command } from 'commander';
import { readSettings } from '../settings';

export const serveCommand = (program: Command): void => {
  program
    .command('serve')
    .description('listen for the channels, answer their customers')
    .addHelpText(
      'after',
      `
Examples:
  domdom serve
  PORT=8080 HOST=0.0.0.0 ALLOWED_ORIGINS=https://www.example.vn domdom serve
  MONGODB_URI=mongodb://db/domdom?replicaSet=rs0 domdom serve`,
    )
    .action(async () => {
      const { serve } = await import('../serve.js');
      await serve(readSettings(process.env));
    });
};
