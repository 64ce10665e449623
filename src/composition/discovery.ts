/** The discovery bundle. It is separate because of its YAML and TOML parsers, and is loaded when services are searched. */
import './language';

export { compare } from '../discovery/compare';
export { discover, search } from '../discovery/discover';
export { writeServices } from '../discovery/write';
