import { type JsonSchema, profileJsonSchema } from './json-schema.js';

/** A key of a profile. */
interface Entry {
  /** Its path within its section of the reference. */
  path: string;
  schema: JsonSchema;
  isRequired: boolean;
}

const words: Record<string, string> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  object: 'keys with values',
};

const choicesOf = (schema: JsonSchema) => schema.oneOf ?? schema.anyOf ?? [];

function takes(schema: JsonSchema): string {
  if (schema.$ref !== undefined) return named(schema.$ref);
  if (schema.const !== undefined) return schema.const === '' ? 'nothing' : `\`${schema.const}\``;
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${value}\``).join(', ');
  const choices = choicesOf(schema);
  if (choices.length > 0) return [...new Set(choices.map(takes))].join(' or ');
  if (schema.items !== undefined) return `a list: ${takes(schema.items)}`;
  return words[schema.type ?? ''] ?? 'any value';
}

function named(reference: string): string {
  const name = reference.split('/').at(-1) ?? '';
  if (name === 'albums' || name === 'level') return 'keys with values';
  return name.startsWith('_') ? 'any JSON' : `a ${name}`;
}

/** All keys inside a value, through choices and lists. */
function inside(schema: JsonSchema, path: string): Entry[] {
  const choices = choicesOf(schema);
  if (choices.length > 0) return choices.flatMap((choice) => inside(choice, path));
  if (schema.items !== undefined) return inside(schema.items, `${path}[]`);
  const { additionalProperties: others } = schema;
  if (typeof others === 'object') return inside(others, `${path}.NAME`);
  return Object.entries(schema.properties ?? {}).flatMap(([key, value]) => {
    const at = path === '' ? key : `${path}.${key}`;
    const isRequired = schema.required?.includes(key) === true;
    return [{ path: at, schema: value, isRequired }, ...inside(value, at)];
  });
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

function row({ path, schema, isRequired }: Entry): string {
  const fallback =
    schema.default === undefined ||
    Array.isArray(schema.default) ||
    typeof schema.default === 'object'
      ? ''
      : ` (${schema.default} by default)`;
  const name = isRequired ? `**${path}**` : path;
  const meaning =
    schema.description ?? choicesOf(schema).find((one) => one.description)?.description;
  return `| ${name} | ${cell(takes(schema))} | ${cell((meaning ?? '') + fallback)} |`;
}

function table(entries: readonly Entry[]): string {
  return ['| key | takes | meaning |', '| --- | --- | --- |', ...entries.map(row)].join('\n');
}

/** A section for each kind of a value; the key `by` names the kind. */
function kinds(name: string, schema: JsonSchema): string[] {
  return choicesOf(schema).map((kind) => {
    const by = kind.properties?.by;
    const others = inside(kind, '').filter(({ path }) => path !== 'by');
    const keys = others.length === 0 ? '' : `\n\n${table(others)}`;
    return `#### ${name}: by \`${by?.const}\`\n\n${by?.description ?? ''}${keys}`;
  });
}

function filterTable({ anyOf = [] }: JsonSchema): string {
  const entries = anyOf.flatMap((choice) =>
    choice.const === undefined
      ? inside(choice, '')
      : [{ path: `${choice.const}`, schema: choice, isRequired: false }],
  );
  const rows = entries.map((entry) =>
    entry.schema.const === undefined
      ? row({ ...entry, isRequired: false })
      : `| ${entry.path} | nothing | ${cell(entry.schema.description ?? '')} |`,
  );
  return ['| filter | takes | meaning |', '| --- | --- | --- |', ...rows].join('\n');
}

/**
 * The reference of all profile keys in Markdown, made from the schema. Required keys are bold.
 */
export function profileReference(): string {
  const schema = profileJsonSchema();
  const { signIn = {}, listing = {}, item = {}, limits = {}, ...top } = schema.properties ?? {};
  const { next = {}, ...pages } = listing.properties ?? {};
  const definitions = schema.$defs ?? {};
  const whole = { ...schema, properties: top };
  return [
    `### The site\n\n${table(inside(whole, ''))}`,
    `### signIn\n\n${signIn.description}`,
    ...kinds('signIn', signIn),
    `### listing\n\n${table(inside({ ...listing, properties: pages }, ''))}`,
    ...kinds('listing.next', next),
    `### listing.albums\n\n${table(inside(definitions.albums ?? {}, ''))}`,
    `### item\n\n${item.description}\n\n${table(inside(definitions.item ?? {}, ''))}`,
    `### A field\n\n${table(inside(definitions.field ?? {}, ''))}`,
    `### A filter\n\n${filterTable(definitions.filter ?? {})}`,
    `### limits\n\n${limits.description}\n\n${table(inside(limits, ''))}`,
  ].join('\n\n');
}
