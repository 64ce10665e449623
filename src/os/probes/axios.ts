/** The bundle with axios, which is loaded when the first request is near: it takes longer to load than all else in activation. */
export { default } from 'axios';
