// A relay in a process of its own: relay-process.js LINE (JSON). It sends its port as a message, and
// takes the port to forward to as one.
import { startRelay } from './relay.js';

const relay = await startRelay(JSON.parse(process.argv[2] ?? '{}'));
process.on('message', (port: number) => {
  relay.forwardTo(port);
  process.send?.(port);
});
process.once('disconnect', () => process.exit());
process.send?.(relay.port);
