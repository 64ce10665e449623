/** Processor time of all threads of this process, in ms: unlike the time that passes, it does not grow with the load of the machine. */
export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
