import { createRoot } from 'react-dom/client';
// oxlint-disable-next-line import/no-unassigned-import -- the bundler turns it into a link
import './dashboard.css';
import { App } from './app.js';
import { takeToken } from './session.js';
import { setUpLook } from './theme.js';

takeToken();
setUpLook();
addEventListener('hashchange', () => {
  takeToken();
  location.reload();
});
const root = document.getElementById('root');
if (root !== null) createRoot(root).render(<App />);
