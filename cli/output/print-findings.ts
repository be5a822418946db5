import type { Finding } from '../../index.js';
import { isClosedPipe, print } from './print.js';
import { printJsonLines } from './print-json-lines.js';
import { renderFinding } from '../text/render-finding.js';

/** Prints findings: wrapped on a terminal, a line each elsewhere, or as lines of JSON. */
export async function printFindings(
  findings: readonly Finding[],
  { json }: { json: boolean },
): Promise<void> {
  const columns = process.stdout.isTTY ? process.stdout.columns : Number.POSITIVE_INFINITY;
  try {
    if (json) await printJsonLines(findings);
    else await print(findings.map((finding) => renderFinding(finding, columns)).join(''));
  } catch (error) {
    if (!isClosedPipe(error)) throw error;
  }
}
