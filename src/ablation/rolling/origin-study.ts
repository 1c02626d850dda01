import type { Frame } from '../../models/frame/frame.js';
import type { Origin } from './origins.js';
import type { Run } from '../../core/run.js';
import type { Study } from '../../core/study.js';
import { Part } from '../../core/relation.js';
import { partsByTime } from '../../dataset/sql/split-parts.js';
import { secondsOfDay } from './origins.js';

/**
 * A study and its frame as they stood on the morning of a day: earlier training rows train, those of the day are
 * scored, all other rows are left out. Bins, levels and row keys stay as they are, so trainers of the frame go on.
 */
export async function originStudy(
  study: Study,
  frame: Frame,
  { day }: Origin,
  run: Run,
): Promise<{ readonly study: Study; readonly frame: Frame }> {
  const [from, to] = [day * secondsOfDay, (day + 1) * secondsOfDay];
  const name = `${study.whole.name}_before_${day < 0 ? `minus_${-day}` : day}`;
  const query = partsByTime(study.whole, study.roles, [from, to], run.engine.dialect);
  await run.engine.write(query, { kind: 'view', name }, run);
  const part = frame.part.map((now, row) => {
    const seconds = frame.time![row]!;
    if (now !== Part.train && now !== Part.tuning) return Part.leftOut;
    if (seconds < from) return now;
    return seconds < to ? Part.outer : Part.leftOut;
  });
  return {
    // A test file takes no part, so that its rows are not read.
    study: { ...study, whole: { ...study.whole, name }, split: { ...study.split!, by: 'time' } },
    frame: { ...frame, part },
  };
}
