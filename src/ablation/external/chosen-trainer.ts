import type { ExternalCommand } from '../../models/external/command.js';
import type { NamedTrainer } from '../../models/named-trainers.js';

/** The model a user asked for beside the built-in one: a command, or one that Assay knows by name. */
export type ChosenTrainer =
  | { readonly name: string; readonly command: ExternalCommand }
  | { readonly name: string; readonly trainer: NamedTrainer };
