import { by, once } from './recording.js';

/** Approves as one person, where policy asks one. */
export const approved = () =>
  once('waiting_approval', (client, { workflowId }) => void client.approve(workflowId, by));

/** Approves as two people, who type the name of the site. */
export const approvedByTwo = () =>
  once('waiting_approval', (client, { workflowId, site: typedName }) => {
    void client
      .approve(workflowId, { ...by, typedName })
      .then(() => client.approve(workflowId, { ...by, by: 'kim', typedName }));
  });
