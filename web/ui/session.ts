/** The token of the session: taken from the address the server printed, then kept for this tab only. */
const key = 'assay-session';

/** Takes the token out of the address, so that it is neither bookmarked nor seen over a shoulder. */
export function takeToken(): void {
  const token = /^#token=([\w-]+)$/.exec(location.hash)?.[1];
  if (token === undefined) return;
  sessionStorage.setItem(key, token);
  history.replaceState(null, '', location.pathname + location.search);
}

/** What every call of the API carries. */
export function authorization(): string {
  return `Bearer ${sessionStorage.getItem(key) ?? ''}`;
}
