// Owns what the page can tell about a name or password before the server is asked. Pure.

const shortestPassword = 8

export function usernameWrong(username: string): boolean {
  return username.trim() === '' || username.length > 60
}

export function emailWrong(email: string): boolean {
  return !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim()) || email.length > 254
}

export function passwordWrong(password: string): boolean {
  return password.length < shortestPassword || password.length > 128
}
