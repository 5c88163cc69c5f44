// The page asks the same API as everybody else and shows who answered.
const SQUARES = 60;
const PAUSE_MS = 500;

const $ = id => document.getElementById(id);
const answers = [];
let timer;

async function ask(path, options = {}) {
  const headers = { ...options.headers };
  if ($('tester').checked) headers['x-user-group'] = 'testers';
  const response = await fetch(path, { ...options, headers, cache: 'no-store' });
  if (response.ok) return response.json();
  const text = await response.text();
  let detail = text;
  try { detail = JSON.parse(text).detail ?? text; } catch { /* not a problem document: show it as it is */ }
  throw Object.assign(new Error(detail || response.statusText), { status: response.status });
}

async function askCatalog(show) {
  const started = performance.now();
  try {
    const page = await ask('/api/catalog');
    note(page.version);
    trouble(null);
    if (show) showCatalog(page, performance.now() - started);
  } catch (error) {
    note('failed');
    trouble(error);
  }
}

function showCatalog(page, took) {
  document.documentElement.dataset.version = page.version;
  $('version').textContent = `catalog ${page.version} answered in ${Math.round(took)} ms`;
  $('goods').replaceChildren(...page.items.map(good));
}

function good(item) {
  const card = $('good').content.cloneNode(true);
  const find = selector => card.querySelector(selector);
  find('use').setAttribute('href', `goods.svg#${item.sku}`);
  find('h3').textContent = item.name;
  find('.description').textContent = item.description;
  find('.price').textContent = money(item.priceCents, item.currency);
  find('.stock').textContent = item.stock > 0 ? `${item.stock} in the hold` : 'sold out';
  say(find('.badge'), item.badge);
  say(find('.story'), item.story);
  if (item.rating) {
    const full = Math.round(item.rating);
    say(find('.stars'), '★'.repeat(full) + '☆'.repeat(5 - full) + ' ');
    const small = document.createElement('small');
    small.textContent = `${item.rating.toFixed(1)} · ${item.reviews} reviews`;
    find('.stars').append(small);
  }
  const button = find('button');
  button.setAttribute('aria-label', `Order one ${item.name}`);
  button.disabled = item.stock < 1;
  button.addEventListener('click', () => order(item, button));
  return card;
}

function say(element, text) {
  element.hidden = !text;
  element.textContent = text ?? '';
}

async function order(item, button) {
  button.disabled = true;
  const said = $('said');
  try {
    const placed = await ask('/api/orders', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ sku: item.sku, quantity: 1 }),
    });
    said.className = 'said';
    said.textContent = `One ${item.name} is yours, order ${placed.id}.`;
    await showOrders();
  } catch (error) {
    said.className = 'said bad';
    said.textContent = `No ${item.name} this time: ${error.message}`;
  } finally {
    button.disabled = false;
  }
}

async function showOrders() {
  let orders;
  try {
    orders = await ask('/api/orders');
  } catch {
    return; // the shelves have told already; the order book stays as it was
  }
  if (orders.length === 0) return;
  $('orders').replaceChildren(...orders.slice(0, 8).map(o => {
    const row = document.createElement('tr');
    const cells = [new Date(o.placedAt).toLocaleTimeString(), o.sku, o.quantity,
      money(o.totalCents, o.currency), o.recorded ? 'written' : 'to be written'];
    row.append(...cells.map(text => Object.assign(document.createElement('td'), { textContent: text })));
    return row;
  }));
}

function note(version) {
  answers.push(version);
  if (answers.length > SQUARES) answers.shift();
  $('strip').replaceChildren(...Array.from({ length: SQUARES }, (_, i) => {
    const square = document.createElement('i');
    if (i < answers.length) square.className = ['v1', 'v2', 'failed'].includes(answers[i]) ? answers[i] : 'other';
    return square;
  }));
  const counts = Map.groupBy ? Map.groupBy(answers, v => v) : group(answers);
  const parts = [...counts].sort(([a], [b]) => a.localeCompare(b))
    .map(([v, list]) => `${v} ${Math.round(100 * list.length / answers.length)} %`);
  const text = `${parts.join(' · ')} of the last ${answers.length} ${answers.length === 1 ? 'answer' : 'answers'}`;
  $('share').textContent = text;
  $('strip').setAttribute('aria-label', text);
}

function group(values) {
  const groups = new Map();
  for (const value of values) groups.set(value, [...(groups.get(value) ?? []), value]);
  return groups;
}

function trouble(error) {
  const box = $('trouble');
  box.hidden = !error;
  box.replaceChildren();
  if (!error) return;
  const status = document.createElement('b');
  status.textContent = error.status ? `${error.status} ` : 'No answer. ';
  box.append(status, error.message);
}

function money(cents, currency) {
  return new Intl.NumberFormat('en-IE', { style: 'currency', currency }).format(cents / 100);
}

function keepAsking() {
  const on = !timer;
  $('keep').setAttribute('aria-pressed', String(on));
  $('keep').textContent = on ? 'Stop asking' : 'Keep asking';
  clearInterval(timer);
  timer = on ? setInterval(() => askCatalog(false), PAUSE_MS) : undefined;
}

$('ask').addEventListener('click', () => askCatalog(true));
$('keep').addEventListener('click', keepAsking);
$('tester').addEventListener('change', () => askCatalog(true));

// Bookmarks: /#watch keeps asking, /#tester asks as a tester, /#watch-tester does both.
$('tester').checked = location.hash.includes('tester');
if (location.hash.includes('watch')) keepAsking();
askCatalog(true);
showOrders();
