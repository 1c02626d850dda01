import { useState, type ReactElement } from 'react';
import { stillMeasured } from '../../../src/core/recipe-edit.js';
import { absent, change, count, interval, plural, visible } from '../../../reports/format.js';
import { Glyph } from '../../../reports/renderers/html/glyph.js';
import { PaysSection } from '../../../reports/renderers/html/pays-section.js';
import { Panel } from '../../../reports/renderers/html/section.js';
import { charts } from '../../contract/charts.js';
import {
  recipeKept,
  recipeReview,
  type RecipeKept,
  type RecipeReview,
  type ReviewStep,
} from '../../contract/recipe.js';
import { runDetail, type RunDetail } from '../../contract/runs.js';
import { go, Link, pathTo, withQuery } from '../address.js';
import { problemOf, tell } from '../api.js';
import { Crumbs } from '../parts/crumbs.js';
import { Empty, Problem, Ready } from '../parts/states.js';
import { StepChanges } from '../parts/step-changes.js';
import { Whisker } from '../parts/whisker.js';
import { accept, draftOf, editedOf, move, reject, setStrength, type Draft } from '../recipe-draft.js';
import { undrawn } from '../undrawn.js';
import { useAnswer } from '../use-answer.js';
import { useKeys } from '../use-keys.js';

/** The recipe of a run under review: its steps, what each did to which rows, and the proof. */
export function RecipePage({ id, query }: { id: string; query: URLSearchParams }): ReactElement {
  const path = `/runs/${encodeURIComponent(id)}`;
  const detail = useAnswer(path, runDetail);
  const review = useAnswer(`${path}/recipe`, recipeReview);
  return (
    <>
      <Crumbs run={id}>Recipe</Crumbs>
      <Ready page of={detail}>
        {(found) => (
          <Ready of={review}>
            {(recipe) => (recipe.text === null ? <None id={id} /> : <Review {...{ found, recipe, query }} />)}
          </Ready>
        )}
      </Ready>
    </>
  );
}

function None({ id }: { id: string }): ReactElement {
  return (
    <>
      <h1>This run wrote no recipe</h1>
      <Empty>
        It looked and measured nothing for repairs. <Link to={pathTo('runs', id)}>Its report</Link>
      </Empty>
    </>
  );
}

function Review(props: { found: RunDetail; recipe: RecipeReview; query: URLSearchParams }): ReactElement {
  const { found, recipe, query } = props;
  const { id } = found.run;
  const draft = draftOf(query, recipe.steps.length);
  const at = Math.min(Math.max(0, Number(query.get('step') ?? 0) || 0), Math.max(0, recipe.steps.length - 1));
  const open = (by: -1 | 1): void => {
    const next = draft.rows[draft.rows.indexOf(at) + by];
    if (next !== undefined) go(withQuery({ step: String(next), offset: null }), true);
  };
  useKeys({
    j: () => open(1),
    k: () => open(-1),
    a: () => (draft.order.includes(at) ? undefined : accept(draft, at)),
    r: () => (draft.order.includes(at) ? reject(draft, at) : undefined),
    J: () => move(draft, at, 1),
    K: () => move(draft, at, -1),
    z: () => (draft.changed ? history.back() : undefined),
    Escape: () => go(pathTo('runs', id)),
  });
  return (
    <>
      <div className="head">
        <h1>{heading(recipe, draft)}</h1>
        <Keep key={JSON.stringify(editedOf(draft))} id={id} draft={draft} />
      </div>
      <p className="note">
        Each gain is what a step adds to the steps before it, on inner rows. <kbd>j</kbd> <kbd>k</kbd> step,{' '}
        <kbd>a</kbd> accept, <kbd>r</kbd> reject, <kbd>Shift</kbd> with <kbd>j</kbd> <kbd>k</kbd> reorder, <kbd>z</kbd>{' '}
        undo.
      </p>
      {recipe.steps.length === 0 ? (
        <Empty>No repair was accepted, so the recipe changes nothing.</Empty>
      ) : (
        <div className="review">
          <Steps recipe={recipe} draft={draft} at={at} />
          <Step id={id} recipe={recipe} draft={draft} at={at} query={query} />
        </div>
      )}
      <Chain found={found} draft={draft} />
      <details>
        <summary>The recipe as the run wrote it</summary>
        <Panel label="Recipe">
          <pre>{recipe.text}</pre>
        </Panel>
      </details>
    </>
  );
}

function heading({ steps }: RecipeReview, draft: Draft): string {
  if (steps.length === 0) return 'An empty recipe: nothing is changed';
  const kept = draft.order.length;
  const all = kept === steps.length ? plural(kept, 'step') : `${kept} of ${plural(steps.length, 'step')}`;
  if (!draft.changed) return `${all}, as the chain accepted ${steps.length === 1 ? 'it' : 'them'}`;
  const stale = draft.order.filter((_, place) => !stillMeasured(draft, place)).length;
  return stale === 0 ? `${all} stay` : `${all} stay; ${count(stale)} to be measured again`;
}

function Keep({ id, draft }: { id: string; draft: Draft }): ReactElement {
  const [kept, setKept] = useState<RecipeKept | null>(null);
  const [problem, setProblem] = useState<ReturnType<typeof problemOf> | null>(null);
  const keep = (): void => {
    tell(pathTo('runs', id, 'recipe'), recipeKept, editedOf(draft)).then(setKept, (thrown: unknown) =>
      setProblem(problemOf(thrown)),
    );
  };
  return (
    <div className="actions" role="status">
      {problem === null ? null : <Problem problem={problem} />}
      {kept === null ? (
        <>
          {draft.changed ? <span className="small">Draft, not saved</span> : null}
          <button type="button" disabled={!draft.changed} onClick={() => history.back()}>
            Undo
          </button>
          <button type="button" className="primary" disabled={!draft.changed} onClick={keep}>
            Save as a recipe of your own
          </button>
        </>
      ) : (
        <p>
          Kept as <code>{kept.file}</code>. Apply it with <code>{kept.command}</code>
        </p>
      )}
    </div>
  );
}

function Steps({ recipe, draft, at }: { recipe: RecipeReview; draft: Draft; at: number }): ReactElement {
  const gains = recipe.steps.flatMap((s) => s.gain ?? []);
  const extent = [Math.min(0, ...gains.map((g) => g.low)), Math.max(0, ...gains.map((g) => g.high))] as const;
  return (
    <Panel label="Steps of the recipe">
      <ol className="review-steps">
        {draft.rows.map((index) => {
          const step = recipe.steps[index]!;
          const place = draft.order.indexOf(index);
          const state = place < 0 ? 'rejected' : stillMeasured(draft, place) ? 'accepted' : 'to be measured again';
          return (
            <li key={index} className={`${index === at ? 'chosen' : ''}${state === 'accepted' ? '' : ' faint'}`}>
              <Link to={withQuery({ step: String(index), offset: null })} current={index === at}>
                <Glyph name={glyphs[state]} word="" /> <strong>{visible(step.title)}</strong>
              </Link>
              <span className={state === 'accepted' ? 'gain-text' : state === 'rejected' ? 'cost-text' : 'warn-text'}>
                {state}
              </span>
              <span className="small">{step.units === null ? '' : `${plural(step.units, 'unit')} changed`}</span>
              <span className="review-gain">
                {step.gain === null || state !== 'accepted' ? null : (
                  <>
                    <Whisker of={step.gain} extent={extent} />
                    <strong>{change(step.gain.value)}</strong> <span className="small">{interval(step.gain)}</span>
                  </>
                )}
              </span>
            </li>
          );
        })}
      </ol>
    </Panel>
  );
}

const glyphs = { accepted: 'pays', rejected: 'hurts', 'to be measured again': 'not-resolved' } as const;

function Step(props: {
  id: string;
  recipe: RecipeReview;
  draft: Draft;
  at: number;
  query: URLSearchParams;
}): ReactElement {
  const { id, recipe, draft, at, query } = props;
  const step = recipe.steps[at]!;
  const place = draft.order.indexOf(at);
  const stands = place >= 0;
  return (
    <Panel label="The chosen step">
      <div className="head">
        <div>
          <span className="small">
            Step {at + 1} of {recipe.steps.length}: {visible(step.defect)},{' '}
            {step.verbs.map((v) => v.replace('-', ' ')).join(', ')}
          </span>
          <h2>{visible(step.title)}</h2>
        </div>
        <div className="actions">
          <button type="button" disabled={place <= 0} onClick={() => move(draft, at, -1)}>
            Earlier
          </button>
          <button
            type="button"
            disabled={!stands || place === draft.order.length - 1}
            onClick={() => move(draft, at, 1)}
          >
            Later
          </button>
          {stands ? (
            <button type="button" onClick={() => reject(draft, at)}>
              Reject
            </button>
          ) : (
            <button type="button" className="primary" onClick={() => accept(draft, at)}>
              Accept
            </button>
          )}
        </div>
      </div>
      <Facts step={step} place={place} measured={stands && stillMeasured(draft, place)} />
      {step.strength === null ? null : (
        <p className="actions">
          <label htmlFor="strength">Strength: weight of the rows it hits</label>
          <input
            id="strength"
            type="number"
            min="0"
            max="1"
            step="0.05"
            value={draft.strength[at] ?? step.strength}
            onChange={(e) => setStrength(draft, at, Number(e.target.value))}
          />
          <span className="small">0 leaves them out, 1 leaves them as they are; measured at {step.strength}.</span>
        </p>
      )}
      {recipe.changes ? (
        <StepChanges key={at} id={id} step={at} query={query} draft={draft} />
      ) : (
        <Empty>
          Before and after cannot be shown: the log of changes does not lie with this run (it was cleaned to another
          folder).
        </Empty>
      )}
    </Panel>
  );
}

/** What the step was measured to bring where it stands, and how much it touches. */
function Facts(props: { step: ReviewStep; place: number; measured: boolean }): ReactElement {
  const { step, place, measured } = props;
  const on = place === 0 ? 'as the first step' : `on top of ${place === 1 ? 'the first' : `the first ${place}`}`;
  return (
    <dl className="step-facts">
      <div>
        <dt>Gain in AUC{measured ? `, ${on}` : ''}</dt>
        {step.gain !== null && measured ? (
          <dd>
            <strong className="gain-text">{change(step.gain.value)}</strong>
            <span className="small">
              {interval(step.gain)}
              {step.seeds === null ? '' : `, ${plural(step.seeds, 'paired run')}`}
            </span>
          </dd>
        ) : (
          <dd>
            <strong>{absent}</strong>
            <span className="small">{step.gain === null ? 'not measured' : 'not as your draft has it'}</span>
          </dd>
        )}
      </div>
      <div>
        <dt>Changes</dt>
        <dd>
          <strong>{step.units === null ? absent : plural(step.units, 'unit')}</strong>
          <span className="small">{step.verbs.map((v) => v.replace('-', ' ')).join(', ')}</span>
        </dd>
      </div>
      <div>
        <dt>Accepted by</dt>
        <dd>
          <strong>{step.acceptedBy === 'chain' ? 'the chain' : 'a person'}</strong>
          <span className="small">
            {step.acceptedBy === 'chain' ? 'by its gain on inner rows' : 'not by measurement'}
          </span>
        </dd>
      </div>
    </dl>
  );
}

/** The chain as it was measured, with what it tried and did not take, and the one proof of what it took. */
function Chain({ found: { run, report }, draft }: { found: RunDetail; draft: Draft }): ReactElement | null {
  const drawn = useAnswer(`${pathTo('runs', run.id)}/charts`, charts);
  if (report.cleaning === undefined) return null;
  return (
    <>
      <PaysSection report={report} charts={drawn.state === 'ready' ? drawn.value : undrawn} />
      {draft.changed && report.cleaning.proof !== null ? (
        <p className="strip warn-strip">
          That proof is of the recipe as the chain chose it, not of your draft. Its rows are used: a second proof of a
          changed recipe is marked as such for ever.
        </p>
      ) : null}
    </>
  );
}
