// Writes what is made from the profile's schema: npm run reference.
import { readFileSync, writeFileSync } from 'node:fs';
import { profileJsonSchema } from '../dist/profile/json-schema.js';
import { profileReference } from '../dist/profile/reference.js';

const schemaFile = new URL('../profiles/profile.schema.json', import.meta.url);
writeFileSync(schemaFile, `${JSON.stringify(profileJsonSchema(), null, 2)}\n`);

const documentFile = new URL('profiles.md', import.meta.url);
const [before] = readFileSync(documentFile, 'utf8').split('<!-- reference -->');
writeFileSync(documentFile, `${before}<!-- reference -->\n\n${profileReference()}\n`);
