import { createRandom } from '../core/random.js';
import { cumulated, keysTo, normals, pick, uniforms } from './draws.js';

export const userCount = 12_000;
export const itemCount = 1_500;
export const categoryCount = 12;
export const dayCount = 28;

/** The users, items and days that every log of the demo shares, whatever its seed. */
export interface World {
  readonly users: {
    /** Liking for clicks, added to the logit; sd .6. */
    readonly appetite: Float64Array;
    readonly country: Int32Array;
    readonly segment: Int32Array;
    readonly device: Int32Array;
    /** Days as a customer at the start of the log. */
    readonly tenure: Int32Array;
    /** Day from which the app is at version 1, at version 2. */
    readonly versionOneFrom: Float64Array;
    readonly versionTwoFrom: Float64Array;
    /** Uniform draw that decides who gets a new device. */
    readonly changesDevice: Float64Array;
  };
  readonly items: {
    /** Appeal, added to the logit; sd .45. */
    readonly appeal: Float64Array;
    readonly category: Int32Array;
    /** Logarithm of the list price. */
    readonly logPrice: Float64Array;
  };
  /** Mood of each day, nearly standard normal. */
  readonly mood: Float64Array;
}

/** Makes the world; all draws are keyed by user, item or day under one fixed seed. */
export function createWorld(): World {
  const random = createRandom(1).fork('demo-world');
  return { users: createUsers(), items: createItems(), mood: normals(random, 'mood', keysTo(dayCount)) };
}

function createUsers(): World['users'] {
  const random = createRandom(1).fork('demo-world').fork('user');
  const keys = keysTo(userCount);
  const draw = (stream: string): Float64Array => uniforms(random, stream, keys);
  const countryEnds = cumulated([0.35, 0.2, 0.18, 0.15, 0.12]);
  const deviceEnds = cumulated([0.5, 0.3, 0.2]);
  return {
    appetite: normals(random, 'appetite', keys).map((z) => 0.6 * z),
    country: Int32Array.from(draw('country'), (u) => pick(countryEnds, u)),
    segment: Int32Array.from(draw('segment'), (u) => Math.floor(4 * u)),
    device: Int32Array.from(draw('device'), (u) => pick(deviceEnds, u)),
    tenure: Int32Array.from(draw('tenure'), (u) => Math.floor(900 * u * u)),
    versionOneFrom: draw('version-one').map((u) => 3 + 12 * u),
    versionTwoFrom: draw('version-two').map((u) => 14 + 24 * u),
    changesDevice: draw('changes-device'),
  };
}

function createItems(): World['items'] {
  const random = createRandom(1).fork('demo-world').fork('item');
  const keys = keysTo(itemCount);
  const category = Int32Array.from(uniforms(random, 'category', keys), (u) => Math.floor(categoryCount * u));
  return {
    appeal: normals(random, 'appeal', keys).map((z) => 0.45 * z),
    category,
    logPrice: normals(random, 'price', keys).map((z, item) => 1.5 + 0.3 * category[item]! + 0.5 * z),
  };
}
