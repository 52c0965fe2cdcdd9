import { TestEnvironment } from 'jest-environment-node';

/**
 * Jest's own environment for tests that run in the process's own global scope: what Jest puts into a
 * suite's scope, such as the console and fake timers, it puts there.
 */
export default class extends TestEnvironment {
  #before = { console: globalThis.console, exit: process.exit };

  constructor(settings, context) {
    super(settings, context);
    this.global = globalThis;
    this.moduleMocker = new this.moduleMocker.constructor(globalThis);
    this.fakeTimersModern = new this.fakeTimersModern.constructor({
      config: settings.projectConfig,
      global: globalThis,
    });
  }

  async teardown() {
    await super.teardown();
    globalThis.console = this.#before.console;
    process.exit = this.#before.exit;
  }
}
