/** The demo page: three sample bills to try, and buttons that put a question to the assistant. */
const money = new Intl.NumberFormat('vi-VN');
const bills = document.getElementById('bills');
const late = document.getElementById('bills-late');

const make = (name, className, text) => {
  const node = document.createElement(name);
  if (className) node.className = className;
  if (text) node.textContent = text;
  return node;
};

/** A click before the loader has come waits for it. */
const ask = (text) => {
  const go = () => (text ? window.DomDom.ask(text) : window.DomDom.open());
  if (window.DomDom) go();
  else document.querySelector('script[data-title]').addEventListener('load', go, { once: true });
};

/** `month` is "MM/YYYY" or {year, month}; `amount` is in đồng. */
const showBill = ({ code, note, amount, month }) => {
  const when = typeof month === 'string' ? month : `${String(month.month).padStart(2, '0')}/${month.year}`;
  const item = make('li', 'bill');
  const head = make('div', 'head');
  head.append(make('span', '', 'Hóa đơn tiền điện'), make('span', '', `Tháng ${when}`));
  const code_ = make('p', 'code', code);
  const due = make('p', 'due', money.format(amount));
  due.append(make('span', '', ' đ'));
  const button = make('button', 'talk', 'Hỏi về mã này');
  button.type = 'button';
  button.setAttribute('aria-label', `Hỏi về mã này: ${code}`);
  button.onclick = () => ask(`Tiền điện tháng ${when} của mã ${code} là bao nhiêu?`);
  item.append(
    head,
    make('p', 'label', 'Mã khách hàng'),
    code_,
    make('p', 'label', 'Số tiền'),
    due,
    make('p', 'note', note),
    button,
  );
  return item;
};

/** The sample may still be loading on a first start: asked again until it is there. */
const load = async () => {
  try {
    const response = await fetch('demo/customers.json');
    if (!response.ok) throw new Error(String(response.status));
    const customers = await response.json();
    document.getElementById('codes').hidden = customers.length === 0;
    bills.replaceChildren(...customers.map(showBill));
    bills.removeAttribute('aria-busy');
    late.hidden = true;
  } catch {
    late.hidden = false;
    setTimeout(load, 1500);
  }
};

for (const button of document.querySelectorAll('[data-ask]'))
  button.addEventListener('click', () => ask(button.dataset.ask));
load();
