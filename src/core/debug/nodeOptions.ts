/** Opens the inspector of every Node process of a launch, each on a port that the system chooses. */

const option = '--inspect=127.0.0.1:0';

/** `inherited`: the environment of the window, which the one of the launch overrides. */
export function withInspector(
  env: Readonly<Record<string, string>>,
  inherited: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const before = env['NODE_OPTIONS'] ?? inherited['NODE_OPTIONS'] ?? '';
  return { ...env, NODE_OPTIONS: [before, option].filter((part) => part !== '').join(' ') };
}
