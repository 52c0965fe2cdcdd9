// Writes what is made from the profile's schema: npm run reference.
import { readFileSync, writeFileSync } from 'node:fs';
import { profileJsonSchema } from '../src/profile/json-schema.js';
import { profileReference } from '../src/profile/reference.js';

const schemaFile = 'profiles/profile.schema.json';
writeFileSync(schemaFile, `${JSON.stringify(profileJsonSchema(), null, 2)}\n`);

const documentFile = 'docs/profiles.md';
const [before] = readFileSync(documentFile, 'utf8').split('<!-- reference -->');
writeFileSync(documentFile, `${before}<!-- reference -->\n\n${profileReference()}\n`);
