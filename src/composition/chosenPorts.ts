/** The bundle for ports that are not fixed, loaded when a file has one, or refers to the address of a service. */
import './language';
export { ChosenPorts } from '../app/chosenPorts/chosenPorts';
export { FilePortClaims } from '../os/storage/portClaims';
