import { createHash } from 'node:crypto';
import type { ReactElement, ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { script } from './script.js';
import { styles } from './styles.js';

/**
 * A whole HTML document that loads nothing: one style sheet and one script, both named by hash in its content policy,
 * so nothing else can run, be styled or be requested.
 */
export function renderDocument(title: string, body: ReactNode): string {
  return `<!doctype html>\n${renderToStaticMarkup(<Document title={title} body={body} />)}\n`;
}

/** Hashes of the style sheet and the script, as the policy names them. */
export const contentHashes: readonly string[] = [digest(styles), digest(script)];

/** The policy of {@link renderDocument}, for a server to send as a header as well. */
export const contentPolicy: string = [
  "default-src 'none'",
  `style-src '${contentHashes.at(0)}'`,
  `script-src '${contentHashes.at(1)}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

function Document({ title, body }: { title: string; body: ReactNode }): ReactElement {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta httpEquiv="Content-Security-Policy" content={contentPolicy} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>{title}</title>
        <link rel="icon" href="data:," />
        <style dangerouslySetInnerHTML={{ __html: styles }} />
        <script dangerouslySetInnerHTML={{ __html: script }} />
      </head>
      <body>
        <a className="skip" href="#main">
          Skip to the content
        </a>
        {body}
      </body>
    </html>
  );
}

function digest(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
