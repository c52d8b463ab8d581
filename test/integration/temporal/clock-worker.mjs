import { NativeConnection, Worker } from '@temporalio/worker';

/** A worker that keeps its runs to itself for a while, for a test that kills this process. */
const [address, namespace, taskQueue, codePath] = process.argv.slice(2);
const worker = await Worker.create({
  connection: await NativeConnection.connect({ address }),
  namespace,
  taskQueue,
  workflowBundle: { codePath },
  stickyQueueScheduleToStartTimeout: '8s',
});
await worker.run();
