/** Options of `schema`; see the README for what each changes. */
export type SchemaOptions = {
  /** The schema file that data is checked against; none where empty. `--schema` sets it. */
  readonly file: string;
  /** Which of the schema's environments the data is of. `--environment` sets it. */
  readonly environment: string;
};

export const defaults: SchemaOptions = { file: '', environment: 'training' };
