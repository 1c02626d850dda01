import type { ChosenTrainer } from '../ablation/external/chosen-trainer.js';
import type { TrainerConfig } from './config.js';
import { AssayError } from '../core/errors.js';
import { checkedCommand, nameOf, splitCommand } from '../models/external/command.js';
import { namedTrainers } from '../models/named-trainers.js';
import { seconds, type TrainerOptions } from './options.js';

const defaultSeconds = 600;
const defaultMemory = '8GB';

/**
 * The second model of a command line and a config file, of which the command line rules; null where none is named.
 * @throws AssayError `option-invalid`
 */
export function chosenTrainer(options: TrainerOptions, config: TrainerConfig | undefined): ChosenTrainer | null {
  const said = options.trainer ?? config?.command;
  if (said === undefined) return null;
  const known = typeof said === 'string' ? namedTrainers.get(said.trim()) : undefined;
  if (known !== undefined)
    return { name: options.trainerName ?? config?.name ?? known.title ?? String(said), trainer: known };
  const argv = typeof said === 'string' ? splitCommand(said) : checkedCommand(said);
  const name = options.trainerName ?? config?.name ?? nameOf(argv);
  const limit = options.trainerTime ?? (config?.time === undefined ? defaultSeconds : timeOf(config.time));
  const memory = bytesOf(options.trainerMemory ?? config?.memory ?? defaultMemory);
  return { name, command: { name, argv, seconds: limit, memory } };
}

function timeOf(text: string): number {
  try {
    return seconds(text);
  } catch (cause) {
    throw new AssayError(
      'option-invalid',
      { option: 'trainer.time', value: text, expected: '90s, 2m or 1h' },
      { cause },
    );
  }
}

function bytesOf(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s?(M|G)(i?)B$/i.exec(text);
  if (match === null) {
    throw new AssayError('option-invalid', { option: 'trainer.memory', value: text, expected: '800MB or 4GB' });
  }
  const power = match[2]!.toUpperCase() === 'M' ? 2 : 3;
  return Number(match[1]) * (match[3] === '' ? 1000 : 1024) ** power;
}
