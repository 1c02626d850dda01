import { styles } from '../../reports/renderers/html/styles.js';

const key = 'assay-theme';

/** Puts the style sheet of the report on the page and the stored theme in force. */
export function setUpLook(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles.replaceAll(/@page \{.*\}\n/g, ''));
  // The report's sheet comes first, so that the dashboard's own rules may refine it.
  document.adoptedStyleSheets = [sheet];
  const stored = localStorage.getItem(key);
  if (stored === 'light' || stored === 'dark') document.documentElement.dataset['theme'] = stored;
}

export function isDark(): boolean {
  const { theme } = document.documentElement.dataset;
  return theme === undefined ? matchMedia('(prefers-color-scheme: dark)').matches : theme === 'dark';
}

export function setTheme(theme: 'light' | 'dark'): void {
  document.documentElement.dataset['theme'] = theme;
  localStorage.setItem(key, theme);
}
