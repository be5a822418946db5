import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname, platform } from 'node:os';
import { errorCode } from '../session/error-code.js';

/** Where a pid means something: one boot of one machine and, on Linux, one pid namespace of it. */
export interface Machine {
  host: string;
  bootId: string;
  pidNamespace: string | null;
}

let machine: Machine | null = null;

/** This machine in this boot, by /proc and machine-id(5) on Linux and by sysctl on macOS. */
export function thisMachine(): Machine {
  machine ??=
    platform() === 'linux'
      ? {
          host: readMachineId() ?? hostname(),
          bootId: readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim(),
          pidNamespace: readlinkSync('/proc/self/ns/pid'),
        }
      : {
          host: hostname(),
          bootId: execFileSync('sysctl', ['-n', 'kern.bootsessionuuid'], { encoding: 'utf8' }).trim(),
          pidNamespace: null,
        };
  return machine;
}

/** Whether something belongs to this boot of this machine, and to this pid namespace. */
export function isThisMachine({ host, bootId, pidNamespace }: Machine): boolean {
  const here = thisMachine();
  return host === here.host && bootId === here.bootId && pidNamespace === here.pidNamespace;
}

function readMachineId(): string | null {
  try {
    return readFileSync('/etc/machine-id', 'utf8').trim() || null;
  } catch (error) {
    // Many containers have none; their hostname then tells them apart.
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}
