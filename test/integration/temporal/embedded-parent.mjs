/** Starts the embedded server like the stack does, for a test that kills this process. */
const [embeddedServerModule, dataDir] = process.argv.slice(2);
const { startEmbeddedTemporal } = await import(embeddedServerModule);
const { address, pid } = await startEmbeddedTemporal({ dataDir, ui: false, durability: 'off' });
process.send({ address, pid });
