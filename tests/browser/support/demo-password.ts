// Owns the password of all accounts of the demo shop in the browser's tests.
export const DEMO_PASSWORD = 'demo password for tests'
