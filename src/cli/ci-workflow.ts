import { stringify } from 'yaml';

/** Servers that a workflow can be written for, with the file each reads. */
export const ciFiles = { github: '.github/workflows/assay.yml', gitlab: '.gitlab-ci.yml' } as const;
export type CiServer = keyof typeof ciFiles;

/** A workflow that works as it is: gates the training set, and keeps the report. Paths reach the shell as variables. */
export function ciWorkflow(server: CiServer, train: string, policy: string, version: string): string {
  const command = `npx --yes --package assay-toolkit@${version} assay gate "$TRAIN" --policy "$POLICY"`;
  const env = { TRAIN: train, POLICY: policy };
  return workflows[server](command, env);
}

type Workflow = (command: string, env: Readonly<Record<string, string>>) => string;

const workflows: Readonly<Record<CiServer, Workflow>> = {
  github: (command, env) =>
    text('Fails a pull request whose training set breaks the policy; the job summary shows the report.', {
      name: 'training set',
      on: ['pull_request', 'workflow_dispatch'],
      permissions: { contents: 'read' },
      jobs: {
        gate: {
          'runs-on': 'ubuntu-latest',
          'timeout-minutes': 30,
          env,
          steps: [
            { uses: 'actions/checkout@v4' },
            { uses: 'actions/setup-node@v4', with: { 'node-version': 20 } },
            { name: 'Gate', run: `${command} --format github` },
            {
              name: 'Keep the report',
              if: 'always()',
              uses: 'actions/upload-artifact@v4',
              with: { name: 'assay', path: '.assay/runs', 'include-hidden-files': true },
            },
          ],
        },
      },
    }),
  gitlab: (command, env) =>
    text('Fails a merge request whose training set breaks the policy; its widget lists the rules.', {
      'training-set': {
        image: 'node:20',
        variables: env,
        script: [`${command} --format junit > assay-gate.xml`],
        artifacts: { when: 'always', paths: ['.assay/runs'], reports: { junit: 'assay-gate.xml' } },
        allow_failure: { exit_codes: [2] },
      },
    }),
};

function text(says: string, workflow: object): string {
  return `# ${says}\n${stringify(workflow, { lineWidth: 0 })}`;
}
