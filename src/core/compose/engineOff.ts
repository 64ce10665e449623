/** Whether Docker's, Podman's or docker-compose's command line says that no engine answers. */
export const isEngineOff = (why: string): boolean =>
  /Cannot connect to the Docker daemon|error during connect:|failed to connect to the docker API|Cannot connect to Podman|Error while fetching server API version/i.test(
    why.slice(0, 2000),
  );
