import type { Relation } from '../../../core/relation.js';
import type { Roles } from '../../../core/study.js';
import type { TypeName } from '../../../core/plan.js';
import type { Refuse } from './refuse.js';
import { canonicalType } from './type-names.js';

/** A column while a plan is compiled; its name and type change, its id does not. */
export interface LiveColumn {
  readonly id: string;
  name: string;
  type: TypeName;
  /** True once a step may have changed a value. */
  touched: boolean;
  readonly source: boolean;
}

/** Name of the weight column that the first weight step adds where the study has none. */
export const addedWeight = 'assay_weight';

/** The columns that live at a point of a plan, in output order. */
export class LiveColumns {
  readonly all: LiveColumn[];
  /** Id of the label, or null. */
  readonly label: string | null;
  #weight: string | null;
  #next: number;

  constructor(relation: Relation, roles: Roles) {
    this.all = relation.columns.map((c) => ({
      id: c.id,
      name: c.name,
      type: canonicalType(c.type),
      touched: false,
      source: true,
    }));
    this.label = roles.label?.column.id ?? null;
    this.#weight = roles.weight?.id ?? null;
    this.#next = 1 + Math.max(-1, ...relation.columns.map((c) => Number(c.id.slice(1))));
  }

  /** The weight column, where one lives. */
  get weight(): LiveColumn | undefined {
    return this.all.find((c) => c.id === this.#weight);
  }

  /** The live column of a user name. */
  named(name: string, refuse: Refuse): LiveColumn {
    const column = this.all.find((c) => c.name === name);
    return column ?? refuse(`there is no column ${JSON.stringify(name)} at this step`);
  }

  /** A new column at the end, under a new id. */
  add(name: string, type: TypeName, refuse: Refuse): LiveColumn {
    this.#free(name, undefined, refuse);
    const column = { id: `c${this.#next++}`, name, type: canonicalType(type), touched: true, source: false };
    this.all.push(column);
    return column;
  }

  /** The added weight column, under a name nobody has. */
  addWeight(refuse: Refuse): LiveColumn {
    let name = addedWeight;
    while (this.all.some((c) => sameName(c.name, name))) name += '_';
    const column = this.add(name, 'DOUBLE', refuse);
    this.#weight = column.id;
    return column;
  }

  rename(column: LiveColumn, to: string, refuse: Refuse): void {
    this.#free(to, column, refuse);
    column.name = to;
  }

  remove(column: LiveColumn): void {
    this.all.splice(this.all.indexOf(column), 1);
  }

  #free(name: string, except: LiveColumn | undefined, refuse: Refuse): void {
    const holder = this.all.find((c) => c !== except && sameName(c.name, name));
    if (holder !== undefined)
      refuse(`the name ${JSON.stringify(name)} is taken by the column ${JSON.stringify(holder.name)}`);
    if (name === '') refuse('a column needs a name');
  }
}

/** Files cannot hold two columns whose names differ in case only. */
function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
