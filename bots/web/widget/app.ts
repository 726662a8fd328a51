import type { Activity } from '../../../core/activity';
import type { ToFrame, ToHost } from './bridge';
import { card, el, linked } from './cards';
import { makeClient, type Status } from './client';
import { textsOf } from './texts';

const query = new URLSearchParams(location.search);
const lang = query.get('lang') === 'en' ? 'en' : 'vi';
const title = query.get('title') || 'Đom Đóm';
const host = query.get('host') ?? location.origin;
const texts = textsOf(lang);
const framed = window.parent !== window;

const $ = <T extends HTMLElement = HTMLElement>(id: string) => document.getElementById(id) as T;
document.documentElement.lang = lang;
document.title = title;
if (query.get('font') === 'brand') document.head.append(el('link', { rel: 'stylesheet', href: '../assets/fonts.css' }));
$('title').textContent = title;
$('subtitle').textContent = texts.subtitle;
const [log, banner, typing, quick] = [$('log'), $('banner'), $('typing'), $('quick')];
const [form, input, send, close] = [$<HTMLFormElement>('form'), $<HTMLTextAreaElement>('input'), $('send'), $('close')];
log.setAttribute('aria-label', texts.log);
quick.setAttribute('aria-label', texts.choices);
input.placeholder = texts.write;
input.setAttribute('aria-label', texts.write);
send.setAttribute('aria-label', texts.send);
close.setAttribute('aria-label', texts.close);
close.hidden = !framed;
typing.setAttribute('aria-label', `${title} ${texts.typing}`);

const tellHost = (message: ToHost) => framed && window.parent.postMessage(message, host);

// ---- the transcript

const mine = new Map<string, HTMLElement>();
const clock = { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Ho_Chi_Minh' } as const;
const timeOf = new Intl.DateTimeFormat(lang, clock);
const dayOf = new Intl.DateTimeFormat(lang, { ...clock, day: '2-digit', month: '2-digit' });

const atEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < 120;
/** To the newest, but never past what was asked last: a long answer is read from its beginning. */
const toEnd = () => {
  const asked = [...log.querySelectorAll<HTMLElement>('.me')].pop();
  log.scrollTop = asked ? Math.min(log.scrollHeight, asked.offsetTop - 16) : log.scrollHeight;
};
/** Where focus waits: on a telephone the input would raise the keyboard over the answer. */
const settleFocus = () => (matchMedia('(pointer:coarse)').matches ? log : input).focus({ preventScroll: true });

/** What is not sent yet stays below everything that is. */
const insert = (node: HTMLElement) => {
  const follow = atEnd();
  log.insertBefore(node, log.querySelector('.pending'));
  if (follow) toEnd();
};

const bubble = (who: 'bot' | 'me', text: string) => {
  const said = el(
    'div',
    { class: `message ${who}` },
    el('span', { class: 'sr' }, `${who === 'me' ? texts.me : title}: `),
  );
  if (text) said.append(el('p', {}, ...linked(text)));
  return said;
};

/** The time is told once for messages that belong together. */
let stamped = 0;
const stamp = (at = '') => {
  const time = Date.parse(at);
  if (!(Math.abs(time - stamped) > 600_000)) return;
  const day = new Date(time).toDateString() === new Date().toDateString() ? timeOf : dayOf;
  insert(el('p', { class: 'divider' }, el('time', { datetime: at }, day.format(time))));
  stamped = time;
};

const offer = (offered: { title: string; value?: string }[]) => {
  const follow = atEnd();
  quick.replaceChildren(
    ...offered.map(({ title: label, value }) => {
      const button = el('button', { type: 'button', class: 'choice' }, label);
      button.onclick = () => {
        say(label, value);
        settleFocus();
      };
      return el('li', {}, button);
    }),
  );
  quick.hidden = offered.length === 0;
  if (follow) toEnd();
};

let typingUntil = 0;
let typingTimer: ReturnType<typeof setTimeout> | undefined;
const answerable = new Set<string>();
const showTyping = () => {
  clearTimeout(typingTimer);
  const due = answerable.size > 0 || typingUntil > Date.now();
  const follow = atEnd();
  typing.hidden = !due || status !== 'online';
  if (follow) toEnd();
  if (typingUntil > Date.now()) typingTimer = setTimeout(showTyping, typingUntil - Date.now());
};

/** A message of ours, as soon as it is written; the log's echo settles it. */
const pending = (clientId: string, text: string) => {
  const node = bubble('me', text);
  node.classList.add('pending');
  node.append(el('span', { class: 'state' }, status === 'online' ? texts.sending : texts.unsent));
  mine.set(clientId, node);
  log.append(node);
  toEnd();
};

const settle = (node: HTMLElement) => {
  const first = log.querySelector('.pending');
  node.classList.remove('pending', 'failed');
  node.querySelector('.state')?.remove();
  // Moved only when it must be: a moved node is read aloud again.
  if (first && first !== node) log.insertBefore(node, first);
};

const show = (activity: Activity) => {
  if (activity.type === 'typing') {
    typingUntil = Date.now() + 5000;
    return showTyping();
  }
  if (activity.type !== 'message') return;
  $('welcome')?.classList.add('past');
  const { text = '', attachments = [], timestamp } = activity;
  if (activity.from?.role === 'user') {
    const clientId = activity.channelData?.clientActivityID as string | undefined;
    const known = clientId && mine.get(clientId);
    if (clientId) {
      mine.delete(clientId);
      answerable.delete(clientId);
    }
    stamp(timestamp);
    if (known) settle(known);
    else insert(bubble('me', text || attachments.map(({ name }) => name).join(', ') || '…'));
    offer([]);
  } else {
    typingUntil = 0;
    stamp(timestamp);
    const node = bubble('bot', text);
    for (const attachment of attachments) {
      const follow = atEnd();
      node.append(card(attachment, texts, say, () => follow && toEnd()));
    }
    insert(node);
    offer(
      (activity.suggestedActions?.actions ?? []).map((action) => ({
        title: action.title ?? '',
        value: String(action.value ?? action.title),
      })),
    );
    if (live) tellHost({ domdom: 'unread', count: 1 });
  }
  showTyping();
};

// ---- the connection

let status: Status = 'connecting';
/** what comes while history is replayed is not read aloud */
let live = false;

const PATIENCE_MS = 10_000;
let tokenGiven = (_token?: string) => {};

const client = makeClient(new URL('../v3/directline', location.href).href, {
  activity: show,
  status(now) {
    status = now;
    banner.textContent = now === 'online' ? '' : texts[now];
    banner.hidden = now === 'online';
    banner.className = now;
    for (const node of mine.values()) {
      const state = node.querySelector('.state');
      if (state) state.textContent = now === 'online' ? texts.sending : texts.unsent;
    }
    if (now === 'online' && !live)
      setTimeout(() => {
        live = true;
        log.setAttribute('aria-live', 'polite');
      }, 1000);
    showTyping();
  },
  posted(clientId, refusal) {
    const node = mine.get(clientId);
    if (!node) return;
    if (refusal === undefined) {
      answerable.add(clientId);
      node.querySelector('.state')?.remove();
    } else {
      mine.delete(clientId);
      node.classList.replace('pending', 'failed');
      node.querySelector('.state')!.textContent = `${texts.failed}. ${refusal}`;
    }
    showTyping();
  },
  askToken: () =>
    new Promise((given) => {
      tokenGiven = given;
      if (framed) tellHost({ domdom: 'token' });
      setTimeout(given, framed ? PATIENCE_MS : 0);
    }),
  renewed() {
    if (log.querySelector('.message:not(.pending):not(#welcome)')) insert(el('p', { class: 'divider' }, texts.renewed));
  },
});

const say = (text: string, value?: string) => {
  const trimmed = text.trim();
  if (!trimmed) return;
  offer([]);
  $('welcome')?.classList.add('past');
  pending(client.send(trimmed, value), trimmed);
};

const welcome = bubble('bot', texts.welcome);
welcome.id = 'welcome';
log.append(welcome);
offer(texts.starters.map((starter) => ({ title: starter })));
for (const { clientId, text } of client.waiting) pending(clientId, text);

// ---- writing

const grow = () => {
  input.style.height = 'auto';
  input.style.height = `${Math.min(input.scrollHeight, 140)}px`;
};
input.oninput = grow;
input.onkeydown = (event) => {
  // Telex and VNI compose: an Enter that ends a composition is not the Enter that sends (229: Safari tells it only so).
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.keyCode !== 229) {
    event.preventDefault();
    form.requestSubmit();
  }
};
form.onsubmit = (event) => {
  event.preventDefault();
  say(input.value);
  input.value = '';
  grow();
  input.focus();
};
// disabled in the page until now: what is sent before this script runs would be lost
for (const control of [input, send]) control.removeAttribute('disabled');

const leave = () => tellHost({ domdom: 'close' });
close.onclick = leave;
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !event.isComposing) leave();
});
addEventListener('message', ({ source, origin, data }: MessageEvent<ToFrame>) => {
  if (source !== window.parent || origin !== host || !data) return;
  if (data.domdom === 'open') {
    settleFocus();
    toEnd();
  } else if (data.domdom === 'ask' && typeof data.text === 'string') say(data.text.slice(0, 500));
  else if (data.domdom === 'token') tokenGiven(typeof data.token === 'string' ? data.token : undefined);
});

void client.connect();
tellHost({ domdom: 'ready' });
