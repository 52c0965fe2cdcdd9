/**
 * The rooms of the house, from the roof down. A room may import what stands below it, never what
 * stands above it or beside it on the same line.
 */
const floors = [
  ['cli'],
  ['fleet'],
  ['rescue'],
  ['crawl', 'learn'],
  ['visit'],
  ['exports', 'report', 'walk', 'session', 'originals', 'cookies'],
  ['http'],
  ['profile', 'survey'],
  ['page'],
  ['album'],
  ['storage'],
  ['files', 'picture', 'settings'],
  ['text'],
];

const anyOf = (names) => `^src/(?:${names.join('|')})/`;

const floorRules = floors.map((rooms, index) => ({
  name: `nothing-above-${rooms.join('-')}`,
  severity: 'error',
  from: { path: `^src/(${rooms.join('|')})/` },
  to: {
    path: anyOf(floors.slice(0, index + 1).flat()).concat('|^src/(?:main|program)\\.ts$'),
    pathNot: '^src/$1/',
  },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...floorRules,
    {
      name: 'replica-is-an-independent-witness',
      severity: 'error',
      from: { path: '^src/replica/' },
      to: { path: '^src/', pathNot: '^src/replica/' },
    },
    { name: 'no-circle', severity: 'error', from: {}, to: { circular: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    parser: 'swc',
  },
};
