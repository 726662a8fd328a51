const PHONES = [
  { name: 'zalo', title: 'Điện lực mẫu', under: 'Official Account', write: 'Tin nhắn' },
  { name: 'messenger', title: 'Điện lực Đom Đóm', under: 'Thường trả lời ngay', write: 'Aa' },
  { name: 'telegram', title: 'Đom Đóm', under: 'bot', write: 'Tin nhắn' },
  { name: 'sms', title: '8088', under: 'Tin nhắn SMS', write: 'Tin nhắn văn bản' },
];
const TRIES = [
  'TD PP05000974006 1 10 2016',
  'tien dien thang nay cua toi bao nhieu',
  'mã khách hàng xem ở đâu',
  'em giúp được gì',
  'nhà tôi bị cúp điện',
];

const el = (name, fields = {}, ...inside) => {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(fields)) node.setAttribute(key, value);
  node.append(...inside);
  return node;
};
const post = (path, body) =>
  fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

// ---- the web widget draws itself
const frame = document.querySelector('iframe');
const { house } = frame.dataset;
const asking = [];
let ready = false;
const ask = (text) => (ready ? frame.contentWindow.postMessage({ domdom: 'ask', text }, house) : asking.push(text));
addEventListener('message', ({ origin, source, data }) => {
  if (origin !== house || source !== frame.contentWindow || data?.domdom !== 'ready') return;
  ready = true;
  for (const text of asking.splice(0)) ask(text);
});
frame.src = `${house}/widget/?${new URLSearchParams({ host: location.origin, lang: 'vi', title: 'Đom Đóm', font: 'brand' })}`;

// ---- the other four
const drawn = new Map();
const button = (phone, { title, tap }) => {
  const node = el('button', { type: 'button' }, title);
  node.onclick = () => post('/tap', { phone, tap });
  return node;
};

const bubble = (phone, { from, text, picture, buttons = [], meter }) => {
  const node = el('div', { class: `bubble ${from}` });
  const card = el('div', { class: 'card' });
  if (from !== 'note') card.append(el('span', { class: 'sr' }, from === 'me' ? 'Anh/chị: ' : 'Đom Đóm: '));
  if (picture) card.append(el('img', { src: picture.url, alt: picture.alt }));
  if (text) card.append(el('p', {}, text));
  node.append(card);
  if (buttons.length > 0)
    node.append(
      el('div', { class: 'buttons' }, ...buttons.map((row) => el('div', {}, ...row.map((one) => button(phone, one))))),
    );
  if (meter) node.append(el('p', { class: 'meter' }, meter));
  return node;
};

const draw = ({ name, title, under, write }) => {
  const log = el('div', { class: 'log', role: 'log', tabindex: '0', 'aria-label': `Tin nhắn ${title}` });
  const waiting = el('div', { class: 'waiting', hidden: '' }, el('i'), el('i'), el('i'));
  const quick = el('ul', { class: 'quick', 'aria-label': 'Trả lời nhanh', hidden: '' });
  const total = el('p', { class: 'total', hidden: '' });
  const input = el('input', {
    'aria-label': `Nhắn riêng: ${name}`,
    placeholder: write,
    maxlength: '500',
    autocomplete: 'off',
  });
  const form = el(
    'form',
    { class: 'own' },
    input,
    el('button', { type: 'submit', 'aria-label': `Gửi riêng: ${name}` }),
  );
  form.lastChild.innerHTML =
    '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M3 20l19-8L3 4v6l12 2-12 2z"/></svg>';
  form.onsubmit = (event) => {
    event.preventDefault();
    if (input.value.trim()) post('/say', { phone: name, text: input.value });
    input.value = '';
  };
  const head = el(
    'header',
    {},
    el('span', { class: 'back', 'aria-hidden': 'true' }, '‹'),
    el('span', { class: 'face', 'aria-hidden': 'true' }, title.slice(0, 1)),
    el('div', {}, el('h2', {}, title), el('p', {}, under)),
  );
  const section = el(
    'section',
    { class: `phone ${name}`, id: name, 'aria-label': name, tabindex: '-1' },
    head,
    log,
    quick,
    total,
    form,
  );
  document.querySelector('main').append(section);
  log.append(waiting);
  drawn.set(name, { log, waiting, quick, total, count: 0 });
};
for (const phone of PHONES) draw(phone);

const show = ({ phone, bubbles, quick, total }) => {
  const at = drawn.get(phone);
  // another server than before: its conversation is another
  if (bubbles.length < at.count) {
    at.log.replaceChildren(at.waiting);
    at.count = 0;
  }
  for (const one of bubbles.slice(at.count)) at.waiting.before(bubble(phone, one));
  at.count = bubbles.length;
  at.waiting.hidden = bubbles.length === 0 || bubbles.at(-1).from === 'them';
  at.quick.replaceChildren(...quick.map((one) => el('li', {}, button(phone, one))));
  at.quick.hidden = quick.length === 0;
  at.total.textContent = total ?? '';
  at.total.hidden = !total;
  toEnd(at);
};
/** To the newest, but never past what was asked last: a long answer is read from its beginning. */
const toEnd = ({ log }) => {
  const asked = [...log.querySelectorAll('.me, .note')].pop();
  log.scrollTop = asked ? Math.min(log.scrollHeight, asked.offsetTop - 12) : log.scrollHeight;
};
for (const at of drawn.values()) at.log.addEventListener('load', () => toEnd(at), true);
new EventSource('/events').onmessage = ({ data }) => show(JSON.parse(data));

// ---- all at once
const all = document.getElementById('all');
const say = document.getElementById('say');
const sayToAll = (text) => {
  if (!text.trim()) return;
  ask(text.trim());
  post('/say', { text });
};
all.onsubmit = (event) => {
  event.preventDefault();
  sayToAll(say.value);
  say.value = '';
  say.focus();
};
say.onkeydown = (event) => {
  // an Enter that ends a composition (Telex, VNI) is not the Enter that sends
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.keyCode !== 229) {
    event.preventDefault();
    all.requestSubmit();
  }
};
for (const text of TRIES) {
  const node = el('button', { type: 'button' }, text);
  node.onclick = () => sayToAll(text);
  document.getElementById('tries').append(el('li', {}, node));
}
