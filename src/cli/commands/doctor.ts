import type { Command } from 'commander';
import { ExitCode } from '../exit-codes.js';
import { addExamples, addJson, type CommonOptions } from '../options.js';
import { run } from '../run.js';

/** `sitewright doctor`: is everything there that operations need? */
export function registerDoctor(program: Command): void {
  const command = program
    .command('doctor')
    .description(
      'check Temporal, workers, accounts, ledger and gateway, and say what to do (exit code 0 or 1)',
    );
  addExamples(addJson(command), ['doctor', 'doctor --json']).action((options: CommonOptions) =>
    run(options, async (out) => {
      const [{ findInstallation }, { examine }, { renderFindings }] = await Promise.all([
        import('../session.js'),
        import('../doctor/examine.js'),
        import('../render/doctor.js'),
      ]);
      const findings = await examine(await findInstallation());
      const ok = findings.every(({ result }) => result !== 'bad');
      out.document({ ok, findings });
      out.lines(renderFindings(findings, out.view()));
      return ok ? ExitCode.ok : ExitCode.findings;
    }),
  );
}
