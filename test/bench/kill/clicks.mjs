import { uniform } from './uniform.mjs';

/** A click log (CSV) of 20 days whose source s2 has wrong labels until day 13, so plainly that leaving them out pays. */
export function clicks(seed, rows) {
  const draw = uniform(`clicks ${seed}`);
  const normal = () => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
  const lines = ['time,user,source,price,x,y,click'];
  for (let i = 0; i < rows; i++) {
    const day = Math.floor((i * 20) / rows);
    const [z, x, y] = [normal(), normal(), normal()];
    const source = `s${Math.floor(draw() * 3)}`;
    const wrong = source === 's2' && day >= 1 && day < 14;
    const logit = wrong ? 2 - 2.5 * z : 1.6 * z + 0.5 * x - 1;
    const click = draw() < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
    const time = `2026-01-${String(day + 1).padStart(2, '0')} 0${i % 10}:00:00`;
    const user = `u${Math.floor((draw() * rows) / 4)}`;
    lines.push([time, user, source, Math.exp(1 + z / 2).toFixed(4), x.toFixed(4), y.toFixed(3), click].join(','));
  }
  return `${lines.join('\n')}\n`;
}
