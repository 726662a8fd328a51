import type { ToFrame, ToHost } from './bridge';

/**
 * <script async src="https://…/widget/loader.js" data-lang="vi" data-title="Đom Đóm" data-side="right"></script>
 * data-token-url="/…": where the page's own server gives a token, as {"token": "…"}, when the frame needs one.
 * One global, `DomDom`: open(), close(), ask(text). Calls made before the frame is ready wait for it.
 */
interface Api {
  open(): void;
  close(): void;
  ask(text: string): void;
}

const start = (script: HTMLScriptElement) => {
  const { lang = 'vi', title = 'Đom Đóm', side = 'right', font = '', tokenUrl } = script.dataset;
  const vi = lang !== 'en';
  const base = new URL('.', script.src);
  const phone = matchMedia('(max-width:480px)');
  const safe = (edge: string, px: number) => `calc(${px}px + env(safe-area-inset-${edge},0px))`;
  let frame: HTMLIFrameElement | undefined;
  let ready = false;
  let shown = false;
  let unread = 0;
  const waiting: ToFrame[] = [];

  const launcher = document.createElement('button');
  launcher.type = 'button';
  launcher.id = 'domdom-launcher';
  launcher.setAttribute('aria-haspopup', 'dialog');
  launcher.setAttribute('aria-controls', 'domdom-panel');
  launcher.innerHTML =
    '<svg width="34" height="34" viewBox="0 0 34 34" aria-hidden="true"><circle cx="17" cy="23" r="10.5" fill="#ffc94d" opacity=".32"/><path d="M17 14c4 0 5 4 5 8s-2 8-5 8-5-4-5-8 1-8 5-8z" fill="#ffd24d"/><path d="M16.3 10.5C9 11.5 4 17 4.5 25c7-1.5 12-7 11.8-14.5zM17.7 10.5C25 11.5 30 17 29.5 25c-7-1.5-12-7-11.8-14.5z" fill="#fff6e6"/><circle cx="17" cy="8.8" r="3.4" fill="#ff9e5e"/><path d="M15.5 6C15 3.8 13.6 2.8 12 3M18.5 6c.5-2.2 1.9-3.2 3.5-3" fill="none" stroke="#ff9e5e" stroke-width="1.3" stroke-linecap="round"/></svg><span hidden></span>';
  const badge = launcher.lastChild as HTMLElement;
  const panel = document.createElement('div');
  panel.id = 'domdom-panel';
  panel.setAttribute('role', 'dialog');
  panel.setAttribute('aria-label', title);

  const place = () => {
    const edge = side === 'left' ? 'left' : 'right';
    launcher.style.cssText = `all:revert;position:fixed;z-index:2147483000;${edge}:${safe(edge, 20)};bottom:${safe('bottom', 20)};width:64px;height:64px;padding:0;border:0;border-radius:50%;cursor:pointer;background:linear-gradient(160deg,#10163a,#4a3470);box-shadow:0 6px 24px #0b102659;display:${shown && phone.matches ? 'none' : 'grid'};place-items:center`;
    badge.style.cssText =
      'position:absolute;top:-2px;right:-2px;min-width:22px;height:22px;border-radius:11px;background:#c0391b;color:#fff;font:600 13px/22px system-ui,sans-serif';
    badge.hidden = !unread;
    badge.style.display = unread ? 'block' : 'none';
    badge.textContent = String(unread);
    panel.style.cssText = `all:revert;position:fixed;z-index:2147483001;display:${shown ? 'block' : 'none'};overflow:hidden;${
      phone.matches
        ? 'inset:0;height:100dvh'
        : `${edge}:${safe(edge, 20)};bottom:${safe('bottom', 96)};width:400px;height:min(640px,calc(100dvh - 116px));border-radius:20px;outline:1px solid #8a84b059;box-shadow:0 16px 56px #0b102666`
    }`;
    launcher.setAttribute('aria-expanded', String(shown));
    launcher.setAttribute(
      'aria-label',
      (vi ? (shown ? 'Đóng' : 'Mở') + ' trò chuyện: ' : (shown ? 'Close' : 'Open') + ' chat: ') +
        title +
        (unread ? (vi ? `, ${unread} tin chưa đọc` : `, ${unread} unread`) : ''),
    );
  };
  const tell = (message: ToFrame) =>
    ready ? frame!.contentWindow!.postMessage(message, base.origin) : waiting.push(message);
  const show = (open: boolean) => {
    const changed = shown !== open;
    shown = open;
    if (open && !frame) {
      frame = document.createElement('iframe');
      frame.title = title;
      frame.setAttribute(
        'sandbox',
        'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox',
      );
      frame.style.cssText = 'all:revert;display:block;border:0;width:100%;height:100%;color-scheme:normal';
      frame.src = `${base}?${new URLSearchParams({ host: location.origin, lang, title, font })}`;
      panel.append(frame);
    }
    if (open) unread = 0;
    place();
    if (open) {
      frame!.focus();
      tell({ domdom: 'open' });
    } else if (changed) launcher.focus();
  };

  addEventListener('message', ({ source, origin, data }: MessageEvent<ToHost>) => {
    if (!frame || source !== frame.contentWindow || origin !== base.origin || !data) return;
    if (data.domdom === 'ready') {
      ready = true;
      for (const message of waiting.splice(0)) tell(message);
    } else if (data.domdom === 'close') show(false);
    else if (data.domdom === 'token')
      Promise.resolve(tokenUrl && fetch(tokenUrl, { cache: 'no-store' }).then((answer) => answer.json()))
        .catch(() => {})
        .then((given) => tell({ domdom: 'token', token: given?.token }));
    else if (data.domdom === 'unread' && !shown) {
      unread += data.count;
      place();
    }
  });
  launcher.addEventListener('click', () => show(!shown));
  phone.addEventListener('change', place);
  place();
  document.body.append(launcher, panel);
  return {
    open: () => show(true),
    close: () => show(false),
    ask(text: string) {
      show(true);
      tell({ domdom: 'ask', text });
    },
  };
};

const page = window as unknown as { DomDom?: Api };
const script = document.currentScript as HTMLScriptElement | null;
if (!page.DomDom && script) {
  // The body may not be there yet; calls before it are kept.
  const early: (() => void)[] = [];
  const later = (call: () => void) => {
    early.push(call);
  };
  page.DomDom = {
    open: () => later(() => page.DomDom!.open()),
    close: () => later(() => page.DomDom!.close()),
    ask: (text) => later(() => page.DomDom!.ask(text)),
  };
  const begin = () => {
    page.DomDom = start(script);
    for (const call of early) call();
  };
  if (document.body) begin();
  else addEventListener('DOMContentLoaded', begin);
}
