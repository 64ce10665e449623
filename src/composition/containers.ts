/** The bundle for containers: what asks the engine, loaded when the first service with `compose` is looked at. */
import './language';
export { DockerContainers } from '../os/compose/containers';
export { ComposeLocator } from '../os/compose/program';
