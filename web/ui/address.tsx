import { useSyncExternalStore, type MouseEvent, type ReactElement, type ReactNode } from 'react';

/** All that is chosen stands in the address, so that a copied link and the back button show the same view. */
const changed = 'assay-address';

export interface Address {
  /** Parts of the path, decoded. */
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
}

export function useAddress(): Address {
  const href = useSyncExternalStore(listen, () => location.pathname + location.search);
  const url = new URL(href, location.origin);
  return { parts: url.pathname.split('/').filter(Boolean).map(decoded), query: url.searchParams };
}

/** Goes to another view; `replace` where going back should skip the present one. */
export function go(to: string, replace = false): void {
  if (replace) history.replaceState(null, '', to);
  else history.pushState(null, '', to);
  dispatchEvent(new Event(changed));
}

/** The present address with some of its query set; null takes a name out, a list sets it several times. */
export function withQuery(values: Readonly<Record<string, string | readonly string[] | null>>): string {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(values)) {
    query.delete(name);
    for (const one of value === null ? [] : typeof value === 'string' ? [value] : value) query.append(name, one);
  }
  const text = query.toString();
  return location.pathname + (text === '' ? '' : `?${text}`);
}

/** A path of encoded parts: `pathTo('runs', id)`. */
export function pathTo(...parts: readonly string[]): string {
  return `/${parts.map(encodeURIComponent).join('/')}`;
}

export function Link(props: { to: string; className?: string; current?: boolean; children: ReactNode }): ReactElement {
  const { to, className, current, children } = props;
  const follow = (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    go(to);
    scrollTo(0, 0);
  };
  return (
    <a href={to} className={className} aria-current={current === true ? 'page' : undefined} onClick={follow}>
      {children}
    </a>
  );
}

function listen(listener: () => void): () => void {
  addEventListener('popstate', listener);
  addEventListener(changed, listener);
  return () => {
    removeEventListener('popstate', listener);
    removeEventListener(changed, listener);
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
