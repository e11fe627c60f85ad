-- Shared by the scripts: arguments name=value after "--", customers with their tokens, and the report at the end.
-- Requests are built as text: what wrk.format does for every one would be load of its own on a small machine.
local common = {}

function common.arguments(args)
  local values = {}
  for _, arg in ipairs(args) do
    local name, value = arg:match("^([%w_]+)=(.*)$")
    if name then values[name] = tonumber(value) or value end
  end
  math.randomseed(values.seed or 1)
  return values
end

-- Lines "token TAB what belongs to it", as { head, what }; the head has all headers that never change.
function common.rows(file)
  local rows = {}
  for line in io.lines(file) do
    local token, rest = line:match("^([^\t]+)\t(.+)$")
    local head = "Host: " .. wrk.host .. ":" .. wrk.port .. "\r\nAuthorization: Bearer " .. token .. "\r\n"
    rows[#rows + 1] = { head, rest }
  end
  return rows
end

function common.get(path, head)
  return "GET " .. path .. " HTTP/1.1\r\n" .. head .. "\r\n"
end

function common.post(path, head, body)
  return "POST " .. path .. " HTTP/1.1\r\n" .. head
    .. "Content-Type: application/json\r\nContent-Length: " .. #body .. "\r\n\r\n" .. body
end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format(
    'WRK {"requests":%d,"seconds":%.4f,"p50_ms":%.3f,"p95_ms":%.3f,"p99_ms":%.3f,"max_ms":%.3f,"non2xx":%d,"broken":%d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(95) / 1e3,
    latency:percentile(99) / 1e3, latency.max / 1e3, e.status, e.connect + e.read + e.write + e.timeout))
end

return common
