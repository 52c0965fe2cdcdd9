/** The report's style sheet: light and dark, phone to wide screen, paper. */
export const reportStyle = `
:root { color-scheme: light dark; --ground: #fff; --text: #1c1c1e; --quiet: #5b5b60; --line: #d6d6da;
  --link: #0b5cad; --good: #e4f4e6; --good-edge: #2d7a3a; --bad: #fdecdc; --bad-edge: #b85c00; }
@media (prefers-color-scheme: dark) { :root { --ground: #17171a; --text: #ececf0; --quiet: #a9a9b2;
  --line: #3c3c43; --link: #7db8f5; --good: #16301b; --good-edge: #5fbf70; --bad: #3a2410;
  --bad-edge: #f0a050; } }
body { margin: 0 auto; max-width: 64rem; padding: 1.5rem 1rem 4rem; background: var(--ground);
  color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; margin: 0; }
h2 { font-size: 1.2rem; margin: 2.5rem 0 .5rem; }
p { margin: .5rem 0; }
a { color: var(--link); }
.quiet { color: var(--quiet); overflow-wrap: anywhere; }
.verdict { margin: 1.25rem 0; padding: .9rem 1.1rem; border-left: .4rem solid; font-size: 1.15rem; }
.rescued { background: var(--good); border-color: var(--good-edge); }
.not-yet { background: var(--bad); border-color: var(--bad-edge); }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: .75rem 1.5rem; margin: 0; }
dt { color: var(--quiet); }
dd { margin: 0; font-size: 1.25rem; font-variant-numeric: tabular-nums; }
dd small { color: var(--quiet); font-size: .9rem; display: block; }
.table { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--quiet); }
th, td { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid var(--line); }
th { font-weight: 600; }
td.short { white-space: nowrap; }
td.any { overflow-wrap: anywhere; min-width: 12rem; }
details { border-bottom: 1px solid var(--line); padding: .35rem 0; }
summary { cursor: pointer; }
summary .warning { font-weight: 600; }
@media print { body { max-width: none; padding: 0; font-size: 10pt; } .table { overflow: visible; }
  a { color: inherit; text-decoration: none; } tr, dl > div { break-inside: avoid; } }
`;
