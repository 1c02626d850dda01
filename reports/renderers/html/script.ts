/**
 * The only script of a page: theme, filter, copy, print. Everything else works without it. It runs in the head, so the
 * stored theme is set before the first paint.
 */
export const script = `(() => {
  const root = document.documentElement;
  const read = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
  const keep = (name, value) => { try { localStorage.setItem(name, value); } catch { /* private mode: not kept */ } };
  const dark = () => (root.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';
  const stored = read('assay-theme');
  let keys = read('assay-single-keys') !== 'off';
  if (stored === 'light' || stored === 'dark') root.dataset.theme = stored;
  const all = (selector) => [...document.querySelectorAll(selector)];
  const pressed = () => {
    for (const b of all('[data-theme-set]')) b.setAttribute('aria-pressed', String((b.dataset.themeSet === 'dark') === dark()));
  };
  const setTheme = (theme) => { root.dataset.theme = theme; keep('assay-theme', theme); pressed(); };
  const startFilter = (box) => {
    const table = document.getElementById(box.dataset.filter);
    const rows = [...table.tBodies[0].rows];
    const status = document.querySelector('[data-filter-count="' + box.dataset.filter + '"]');
    const input = box.querySelector('input');
    const buttons = [...box.querySelectorAll('[data-look]')];
    let look = false;
    const apply = () => {
      const text = input.value.trim().toLowerCase();
      let shown = 0;
      for (const row of rows) {
        const hit = row.dataset.text.includes(text) && (!look || row.dataset.looks === 'true');
        row.hidden = !hit;
        if (hit) shown++;
      }
      status.textContent = shown === rows.length ? rows.length + ' columns' : shown + ' of ' + rows.length + ' columns';
    };
    input.addEventListener('input', apply);
    for (const b of buttons) b.addEventListener('click', () => {
      look = b.dataset.look === 'true';
      for (const o of buttons) o.setAttribute('aria-pressed', String(o === b));
      apply();
    });
    box.hidden = false;
  };
  const copy = async (button) => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = 'Copied';
    setTimeout(() => { button.textContent = 'Copy'; }, 1500);
  };
  addEventListener('DOMContentLoaded', () => {
    for (const tools of all('.tools')) tools.hidden = false;
    pressed();
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', pressed);
    for (const b of all('[data-theme-set]')) b.addEventListener('click', () => setTheme(b.dataset.themeSet));
    for (const b of all('[data-keys]')) {
      b.setAttribute('aria-pressed', String(keys));
      b.addEventListener('click', () => {
        keys = !keys;
        keep('assay-single-keys', keys ? 'on' : 'off');
        b.setAttribute('aria-pressed', String(keys));
      });
    }
    for (const b of all('[data-print]')) b.addEventListener('click', () => print());
    for (const box of all('[data-filter]')) startFilter(box);
    if (navigator.clipboard) for (const b of all('[data-copy]')) {
      b.hidden = false;
      b.addEventListener('click', () => { copy(b).catch(() => { b.textContent = 'Not copied'; }); });
    }
  });
  addEventListener('keydown', (e) => {
    if (!keys || e.ctrlKey || e.metaKey || e.altKey || e.target.closest('input, textarea, select')) return;
    if (e.key === 't') setTheme(dark() ? 'light' : 'dark');
    const filter = document.querySelector('[data-filter] input');
    if (e.key === '/' && filter) { e.preventDefault(); filter.focus(); }
  });
  let opened = [];
  addEventListener('beforeprint', () => {
    opened = all('details:not([open])');
    for (const d of opened) d.open = true;
  });
  addEventListener('afterprint', () => { for (const d of opened) d.open = false; });
})();`;
