import * as z from 'zod';
import { profileSchema } from './schema.js';

/** The part of JSON Schema (draft 2020-12) that the profile's schema uses. */
export interface JsonSchema {
  $ref?: string;
  $defs?: Record<string, JsonSchema>;
  type?: string;
  description?: string;
  default?: unknown;
  const?: unknown;
  enum?: unknown[];
  properties?: Record<string, JsonSchema>;
  /** What all other keys hold; false where there are none. */
  additionalProperties?: JsonSchema | boolean;
  required?: string[];
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
}

/** The profile's schema as JSON Schema, with which editors complete and check a profile file. */
export function profileJsonSchema(): JsonSchema {
  return z.toJSONSchema(profileSchema, { io: 'input' }) as JsonSchema;
}
