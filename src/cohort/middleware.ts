/** Version of the middleware that ships with the toolkit, equal to middleware/package.json. */
export const middlewareVersion = '0.4.0';
