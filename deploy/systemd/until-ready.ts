// Ends when the process that systemd has just started can serve, when it has ended, or after half a minute: until then
// `systemctl restart` waits, and whoever restarts several processes goes on only when one is back. Argument: its port.
const port = process.argv[2] || process.env.PETSHOP_PORT || '8080'
const host = addressOf(process.env.PETSHOP_HOST || '127.0.0.1')
const started = Number(process.env.MAINPID)
const deadline = Date.now() + 30_000

while (Date.now() < deadline && runs() && !(await isReady()))
  await new Promise((resolve) => setTimeout(resolve, 100))

function runs() {
  try {
    return process.kill(started, 0)
  } catch {
    return false
  }
}

async function isReady() {
  try {
    return (await fetch(`http://${host}:${port}/readyz`)).ok
  } catch {
    return false
  }
}

/** Where a process answers that listens there: on any address of the machine means on loopback too. */
function addressOf(name: string) {
  if (name === '0.0.0.0') return '127.0.0.1'
  if (name === '::') return '[::1]'
  return name.includes(':') ? `[${name}]` : name
}
